using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.PostBack;
using Relance.Reminders;
using Relance.Shops;

namespace Relance.Billing;

/// <summary>What a payment, a refusal or an end does to a contract: cycle, term, confirmation, journal and post-back, in one transaction.</summary>
public static class Renewals
{
    /// <summary>The next term is paid: the cycle closes at once and the next one opens.</summary>
    /// <param name="nextEnd">Last day of the new term where the shop says so (subscriptions).</param>
    /// <param name="order">The order that paid; null when the shop only shows the result.</param>
    public static Task<StoredContract> PaidAsync(BillingContext context, StoredContract contract, DateOnly? nextEnd, ShopOrder? order) =>
        PaidAsync(context, contract, nextEnd, order, order is not null && context.Shop.SpeaksOf(SpokenThing.PaidOrder, order.BelongsToSubscription) == Speaker.Relance);

    /// <summary>The next term is paid, as a person at the agency says.</summary>
    public static Task<StoredContract> PaidByWordAsync(BillingContext context, StoredContract contract) =>
        PaidAsync(context, contract, null, null, contract.State.RenewalOrderId is null || context.Shop.SpeaksOf(SpokenThing.PaidOrder, contract.State.SubscriptionId is not null) == Speaker.Relance);

    // Where the shop itself thanks for the order, "renewed" would be a second thank-you; where no payment was seen, a thank-you for nothing.
    private static async Task<StoredContract> PaidAsync(BillingContext context, StoredContract contract, DateOnly? nextEnd, ShopOrder? order, bool thanks)
    {
        var state = contract.State;
        if (state.UnpaidTerm is not null)
            return await SettledAsync(context, contract, order);
        var before = state.ToContract().StandingAt(context.Today);
        var closed = await CycleStore.CloseAsync(context, contract.Id, CycleState.Paid, SkipReason.Paid);
        var term = nextEnd is { } end && end > state.TermEnd ? new Term(state.TermEnd.AddDays(1), end) : state.NextTerm;
        var renewed = state.Settled(order?.Id) with { TermNo = state.TermNo + 1, TermStart = term.Start, TermEnd = term.End, SuspendedOn = null, NoticeShown = null };
        renewed = await OpenTermAsync(context, contract, renewed);
        await TidyAsync(context, contract, order);
        var saved = await SaveAsync(context, contract with { State = renewed });
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "paid", contract.Id, JournalEntry.Of(("order", order?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("term", renewed.TermNo), ("from", before.Code())));
        if (closed is not null && IsNews(context, order))
            await ConfirmAsync(context, saved, closed, before, thanks);
        return saved;
    }

    /// <summary>Opens the cycle of a contract's term; one that was over long before the link is closed without a word.</summary>
    internal static async Task<ContractState> OpenTermAsync(BillingContext context, StoredContract contract, ContractState state)
    {
        var end = state.TermEnd.AddDays(context.Settings.Maintenance.EndAfterDays);
        var key = $"tacit-historic:{contract.Id}";
        if (end < context.BaselineOf(state))
        {
            if (state.Kind == RenewalKind.Tacit)
                await TaskStore.OpenAsync(context, "tacit-historic", contract.Id, $"Its last paid term ended on {state.TermEnd:yyyy-MM-dd}: does this tacit contract still run?", key);
            return state with { EndedOn = end, Historic = true, NoticeDueOn = null };
        }

        if (state.Kind == RenewalKind.Tacit)
            await TaskStore.CloseAsync(context, key);
        return state with { EndedOn = null, Historic = false, NoticeDueOn = await CycleStore.OpenAsync(context, contract.Id, state, contract.ClientKind) };
    }

    /// <summary>The running term of a tacit contract, which renewed before it was paid, is paid: it runs on as it does.</summary>
    internal static async Task<StoredContract> SettledAsync(BillingContext context, StoredContract contract, ShopOrder? order)
    {
        var state = contract.State;
        if (state.RenewalOrderId is { } waited)
            await TaskStore.CloseAsync(context, CheckBankKey(contract.Id, waited));
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "paid", contract.Id, JournalEntry.Of(("order", order?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("term", state.TermNo), ("from", "renewed")));
        return await SaveAsync(context, contract with { State = state.Settled(order?.Id) with { UnpaidTerm = null } });
    }

    /// <summary>The key of the task to look for an announced payment.</summary>
    internal static string CheckBankKey(string contractId, long orderId) => $"check-bank:{contractId}:{orderId}";

    /// <summary>The contract is over, by whoever: nothing more is sent about it.</summary>
    /// <param name="confirmation">The step that confirms it to the client; null: the usual one, if there is one.</param>
    public static async Task<StoredContract> CloseAsync(BillingContext context, StoredContract contract, CycleState how, SkipReason why, string? confirmation = null)
    {
        var closed = await CycleStore.CloseAsync(context, contract.Id, how, why);
        await CycleStore.WithdrawConfirmationsAsync(context, contract.Id, why);
        var state = how == CycleState.Declined
            ? contract.State with { DeclinedOn = contract.State.DeclinedOn ?? context.Today }
            : contract.State with { EndedOn = contract.State.EndedOn ?? context.Today };
        // A refusal ends no term that runs already: what is owed for it stays owed.
        var owed = how == CycleState.Declined && state.UnpaidTerm is not null;
        if (state.RenewalOrderId is { } order && state.SubscriptionId is null && !owed)
            await PostBackQueue.CancelOrderAsync(context, contract.Id, order);
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "closed", contract.Id, JournalEntry.Of(("how", how.ToString().ToLowerInvariant()), ("why", why.Code())));
        // A refusal may be taken back, and its order paid; after an end nothing is left to pay.
        if (how != CycleState.Declined)
            state = state.WithoutOrder();
        var saved = await SaveAsync(context, contract with { State = state with { Hold = null, HeldBy = null, Historic = false } });
        if (closed is not null && (confirmation ?? (how == CycleState.Declined && state.Kind == RenewalKind.Tacit ? TacitSequence.Declined : null)) is { } step)
            await ConfirmationPlanner.PlanAsync(context, saved, closed, step);
        return saved;
    }

    /// <summary>Writes a contract back with its standing of today, and tells the shop when that changed.</summary>
    public static async Task<StoredContract> SaveAsync(BillingContext context, StoredContract contract)
    {
        var standing = contract.State.ToContract().StandingAt(context.Today);
        var saved = contract with { Standing = standing.Code() };
        await ContractStore.UpdateAsync(context.Session, saved);
        if (saved.Standing != contract.Standing)
            await PostBackQueue.ProjectionAsync(context, saved, standing, null, null);
        return saved;
    }

    /// <summary>The last day of the paid term was moved: done steps stay done.</summary>
    internal static async Task MoveAsync(BillingContext context, StoredContract contract, DateOnly end)
    {
        await CycleStore.MoveAnchorAsync(context, contract.Id, end);
        var notice = context.SequenceOf(contract).NoticeDueOn(end, context.Calendar);
        var start = contract.State.TermStart < end ? contract.State.TermStart : end;
        await SaveAsync(context, contract with { State = contract.State with { TermStart = start, TermEnd = end, NoticeDueOn = notice } });
    }

    private static async Task ConfirmAsync(BillingContext context, StoredContract contract, string cycleId, Standing before, bool thanks)
    {
        if (Confirmations.OnPayment(before) is not { } step)
            return;
        if (before == Standing.Suspended && contract.State.SubscriptionId is not null)
            await PostBackQueue.SubscriptionStatusAsync(context, contract, "active");
        if (step == MaintenanceSequence.Renewed && !thanks)
            return;
        await ConfirmationPlanner.PlanAsync(context, contract, cycleId, step);
    }

    // Payments from before the link are history that an import tells in order; nobody is thanked for them.
    private static bool IsNews(BillingContext context, ShopOrder? order) => context.Shop.CursorAt is not null
        && (order is null || context.Calendar.LocalDate(order.PaidAt ?? order.ModifiedAt) >= context.BaselineOn);

    // What waited for this payment is done. An order of ours that another one made needless stays as it is: only a person changes its status.
    private static async Task TidyAsync(BillingContext context, StoredContract contract, ShopOrder? order)
    {
        if (contract.State.RenewalOrderId is { } waited)
            await TaskStore.CloseAsync(context, CheckBankKey(contract.Id, waited));
        var needless = order is null ? null : await context.Session.ValueAsync<string>(
            "SELECT number FROM invoice WHERE contract_id = @Id AND term_no = @TermNo AND created_via LIKE 'relance:%' AND status IN ('pending', 'failed', 'on-hold') AND external_id <> @Paid",
            new { contract.Id, TermNo = contract.State.TermNo + 1, Paid = order.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        if (needless is not null)
            await TaskStore.OpenAsync(context, "needless-order", contract.Id, $"Order {order!.Number} paid the term; order {needless} for the same term is still open: cancel it.", $"needless-order:{contract.Id}:{contract.State.TermNo + 1}");
    }
}
