using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Applies a subscription, as the shop shows it now, to its contract.</summary>
public static class SubscriptionBilling
{
    // Shops count months from other days than we do: the last day of a month may come out up to three days apart.
    private const int MonthEndDrift = 4;

    /// <summary>Opens the contract of a subscription seen for the first time; nothing when it is known or of no interest.</summary>
    public static async Task OpenAsync(BillingContext context, ShopSubscription subscription, ProductRule? rule)
    {
        if (await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, Key(subscription.Id)) is not null)
            return;
        var contract = subscription is { Status: "active" or "on-hold", Months: { } months } && LastDay(context, subscription) is { } end
            ? await NewAsync(context, subscription, rule, months, end)
            : null;
        // Also while it is pending, and for periods that we do not follow: that sale is told, whatever product rules say.
        if (subscription.ParentOrderId > 0)
            await InvoiceStore.InsertParentAsync(context, subscription, contract);
        if (contract is not null)
            await OrderBilling.OpenedAsync(context, contract);
    }

    /// <summary>Brings a known contract in line with its subscription.</summary>
    public static async Task ApplyAsync(BillingContext context, ShopSubscription subscription, ProductRule? rule)
    {
        if (await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, Key(subscription.Id)) is not { } contract
            || subscription.ModifiedAt < contract.SourceAt)
            return;
        var before = contract.State.SubscriptionStatus;
        contract = await DescribedAsync(context, contract, subscription, rule);
        switch (subscription.Status)
        {
            case "pending-cancel":
                await EndAsync(context, contract, CycleState.Declined, SkipReason.Declined);
                break;
            // The end of a term that ran out after the client had said no.
            case "cancelled" when subscription.CancelledAt < subscription.EndAt:
                await EndAsync(context, contract, CycleState.Declined, SkipReason.Declined);
                break;
            case "cancelled" or "expired" or "trash" or "switched":
                await EndAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
                break;
            default:
                await FollowAsync(context, contract, subscription, before);
                break;
        }
    }

    /// <summary>Those of these subscriptions that say something new, or whose contract is not in line with them.</summary>
    internal static async Task<IReadOnlyList<ShopSubscription>> NewsAsync(BillingContext context, IReadOnlyCollection<ShopSubscription> subscriptions, Func<ShopSubscription, ProductRule?> ruleOf)
    {
        var known = (await ContractStore.FindAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, subscriptions.Select(s => Key(s.Id))))
            .ToDictionary(contract => contract.ExternalKey, StringComparer.Ordinal);
        return [.. subscriptions.Where(s => known.GetValueOrDefault(Key(s.Id)) is not { } contract || !IsInLine(context, contract, s, ruleOf(s)))];
    }

    // Applied as it is, it would change nothing: the most usual answer to the check before sending.
    private static bool IsInLine(BillingContext context, StoredContract contract, ShopSubscription subscription, ProductRule? rule) =>
        subscription.ModifiedAt == contract.SourceAt && subscription.Status == "active"
        && contract.State is { Hold: null, HeldBy: null, DeclinedOn: null, EndedOn: null, ClosedBy: null }
        && LastDay(context, subscription) == contract.State.TermEnd && Describe(contract.State, subscription, rule) == contract.State;

    /// <summary>The shop no longer lists the subscription: it was trashed or deleted.</summary>
    public static async Task GoneAsync(BillingContext context, long subscriptionId)
    {
        if (await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, Key(subscriptionId)) is not { } contract)
            return;
        contract = await Renewals.SaveAsync(context, contract with { State = contract.State with { SubscriptionStatus = "trash" } });
        await EndAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
    }

    private static async Task<StoredContract> NewAsync(BillingContext context, ShopSubscription subscription, ProductRule? rule, int months, DateOnly end)
    {
        var client = await ClientStore.UpsertAsync(context, subscription.CustomerId, subscription.Billing, subscription.ModifiedAt);
        (var clientId, subscription) = (client.Id, subscription with { Billing = client.Allowed(subscription.Billing) });
        var start = end.AddDays(1).AddMonths(-months);
        var state = Describe(new ContractState { Months = months, FirstStart = start, TermNo = 1, TermStart = start, TermEnd = end, LatestOrderId = subscription.ParentOrderId }, subscription, rule);
        var contract = new StoredContract(Values.NewId(), context.Shop.Id, ContractStore.Subscriptions, Key(subscription.Id), clientId, state, "", subscription.ModifiedAt);
        await ContractStore.InsertAsync(context.Session, contract);
        return contract;
    }

    private static async Task<StoredContract> DescribedAsync(BillingContext context, StoredContract contract, ShopSubscription subscription, ProductRule? rule)
    {
        var client = await ClientStore.UpsertAsync(context, subscription.CustomerId, subscription.Billing, subscription.ModifiedAt);
        (var clientId, subscription) = (client.Id, subscription with { Billing = client.Allowed(subscription.Billing) });
        var state = Describe(contract.State, subscription, rule);
        // A card saved or removed changes the sequence, and with it the day of the notice.
        if (state.Kind != contract.State.Kind)
            state = state with { NoticeDueOn = context.SequenceOf(state, contract.ClientKind).NoticeDueOn(state.TermEnd, context.Calendar) };
        if (state.Kind != contract.State.Kind || clientId != contract.ClientId)
            await CycleStore.ReplanAsync(context, contract.Id, "subscription-changed");
        await TaskStore.CloseAsync(context, OrderBilling.TaskKey(context, new(ShopKind.Subscription, subscription.Id)));
        return await Renewals.SaveAsync(context, contract with { ClientId = clientId, SourceAt = subscription.ModifiedAt, State = state.Released(OrderBilling.UnreadableKey(new(ShopKind.Subscription, subscription.Id))) });
    }

    private static async Task EndAsync(BillingContext context, StoredContract contract, CycleState how, SkipReason why)
    {
        if (contract.State is { EndedOn: null, DeclinedOn: null })
            await Renewals.CloseAsync(context, contract, how, why);
    }

    private static async Task FollowAsync(BillingContext context, StoredContract contract, ShopSubscription subscription, string? before)
    {
        contract = await ResumeAsync(context, contract, subscription, before);
        if (contract.State.UnpaidTerm is not null && subscription.Status == "active" && LastDay(context, subscription) >= contract.State.TermStart)
            contract = await Renewals.SettledAsync(context, contract, null);
        var state = contract.State;
        if (!state.CanRenew || LastDay(context, subscription) is not { } end || end == state.TermEnd)
            return;
        if (subscription.Status == "active" && IsNextTerm(context, state, end))
            await Renewals.PaidAsync(context, contract, end, null);
        else if (context.Today <= state.TermEnd && end >= state.TermStart)
            await Renewals.MoveAsync(context, contract, end);
    }

    // Before J only a whole term ahead is a renewal, anything else a moved date. From J on the anchor is frozen until the shop shows a later term as paid.
    private static bool IsNextTerm(BillingContext context, ContractState state, DateOnly end) => context.Today > state.TermEnd
        ? end > state.TermEnd && end >= context.Today
        : Math.Abs(end.DayNumber - state.NextTerm.End.DayNumber) <= MonthEndDrift;

    // On hold before its last day: somebody at the agency did that, and reminders would contradict it until it is active again.
    private static async Task<StoredContract> ResumeAsync(BillingContext context, StoredContract contract, ShopSubscription subscription, string? before)
    {
        var (state, key) = (contract.State, $"subscription-on-hold:{contract.Id}");
        if (!state.CanRenew && (state.DeclinedOn is null || subscription.Status != "active"))
            return contract;
        // A person's refusal stands while the shop has not followed it: only an end that the shop had, and lost, is taken back.
        if (state.ClosedBy is not null && before != "pending-cancel")
            return contract;
        // A renewed term that is not paid yet is on hold in the shop by itself.
        var held = subscription.Status == "on-hold" && state is { RenewalOrderId: null, UnpaidTerm: null } && (context.Today <= state.TermEnd || state.HeldBy == key);
        var next = (held ? state.Held(key) : state.Released(key)) with { DeclinedOn = null, ClosedBy = null };
        if (next == state)
            return contract;
        if (held)
            await TaskStore.OpenAsync(context, "subscription-on-hold", contract.Id, "The subscription is on hold in the shop before its last day: reminders wait.", key);
        else
            await TaskStore.CloseAsync(context, key);
        if (state.DeclinedOn is not null)
        {
            await CycleStore.ReopenAsync(context, contract.Id, state.TermNo);
            await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "reopened", contract.Id, JournalEntry.Of(("term", state.TermNo)));
        }

        await CycleStore.WakeAsync(context, contract.Id);
        return await Renewals.SaveAsync(context, contract with { State = next });
    }

    /// <summary>J: the day before the next payment, in the shop's time zone.</summary>
    internal static DateOnly? LastDay(BillingContext context, ShopSubscription subscription) =>
        subscription.NextPaymentAt is { } next ? context.Calendar.LocalDate(next).AddDays(-1) : null;

    /// <summary>Half a term in days.</summary>
    internal static int HalfTerm(ContractState state) => state.Months * 15;

    /// <summary>What a subscription's contract is known by.</summary>
    internal static string Key(long subscriptionId) => subscriptionId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ContractState Describe(ContractState state, ShopSubscription subscription, ProductRule? rule) => (state with
    {
        Kind = rule is { Tacit: true } ? RenewalKind.Tacit : subscription.RequiresManualRenewal ? RenewalKind.Explicit : RenewalKind.Automatic,
        PlanName = subscription.Lines.Count > 0 ? subscription.Lines[0].Name : subscription.Number,
        Amount = subscription.Total.Minor,
        Currency = subscription.Total.Currency,
        CustomerId = subscription.CustomerId,
        Billing = subscription.Billing,
        SubscriptionId = subscription.Id,
        ViewUrl = subscription.ViewUrl,
        SubscriptionStatus = subscription.Status,
        // What a person said about the contract outweighs the rule of its product.
        RenewalMonths = state.RenewalMonths ?? rule?.RenewalMonths,
        ConcludedOnline = state.ConcludedOnline ?? rule?.Online,
    }).WithNotice(state.Notice ?? rule?.Notice);
}
