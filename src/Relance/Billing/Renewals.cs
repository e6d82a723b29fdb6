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
    public static async Task<StoredContract> PaidAsync(BillingContext context, StoredContract contract, DateOnly? nextEnd, ShopOrder? order)
    {
        var state = contract.State;
        var before = state.ToContract().StandingAt(context.Today);
        var closed = await CycleStore.CloseAsync(context, contract.Id, CycleState.Paid, SkipReason.Paid);
        var term = nextEnd is { } end && end > state.TermEnd ? new Term(state.TermEnd.AddDays(1), end) : state.NextTerm;
        var renewed = state with
        {
            TermNo = state.TermNo + 1,
            TermStart = term.Start,
            TermEnd = term.End,
            SuspendedOn = null,
            AnnouncedOn = null,
            Hold = null,
            RenewalOrderId = null,
            RenewalOrderNumber = null,
            PayUrl = null,
            LatestOrderId = order?.Id ?? state.LatestOrderId,
        };
        renewed = renewed with { NoticeDueOn = await CycleStore.OpenAsync(context, contract.Id, renewed) };
        var saved = await SaveAsync(context, contract with { State = renewed });
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "paid", contract.Id, JournalEntry.Of(("order", order?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("term", renewed.TermNo), ("from", before.Code())));
        if (closed is not null && IsNews(context, order))
            await ConfirmAsync(context, saved, closed, before, order);
        return saved;
    }

    /// <summary>The contract is over, by whoever: nothing more is sent about it.</summary>
    public static async Task<StoredContract> CloseAsync(BillingContext context, StoredContract contract, CycleState how, SkipReason why)
    {
        await CycleStore.CloseAsync(context, contract.Id, how, why);
        var state = how == CycleState.Declined
            ? contract.State with { DeclinedOn = contract.State.DeclinedOn ?? context.Today }
            : contract.State with { EndedOn = contract.State.EndedOn ?? context.Today };
        if (state.RenewalOrderId is { } order && state.SubscriptionId is null)
            await PostBackQueue.CancelOrderAsync(context, contract.Id, order);
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "closed", contract.Id, JournalEntry.Of(("how", how.ToString().ToLowerInvariant()), ("why", why.Code())));
        return await SaveAsync(context, contract with { State = state with { Hold = null } });
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

    private static async Task ConfirmAsync(BillingContext context, StoredContract contract, string cycleId, Standing before, ShopOrder? order)
    {
        if (Confirmations.OnPayment(before) is not { } step)
            return;
        if (before == Standing.Suspended && contract.State.SubscriptionId is not null)
            await PostBackQueue.SubscriptionStatusAsync(context, contract, "active");
        // Where the shop itself thanks for the order, "renewed" would be a second thank-you.
        if (step == MaintenanceSequence.Renewed && order is not null && context.Shop.MailsPaidOrders == 1)
            return;
        await ConfirmationPlanner.PlanAsync(context, contract, cycleId, step);
    }

    // Payments from before the link are history that an import tells in order; nobody is thanked for them.
    private static bool IsNews(BillingContext context, ShopOrder? order) =>
        order is null || context.Calendar.LocalDate(order.PaidAt ?? order.ModifiedAt) >= context.BaselineOn;
}
