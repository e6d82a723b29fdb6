using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Applies a subscription, as the shop shows it now, to its contract.</summary>
public static class SubscriptionBilling
{
    /// <summary>Opens the contract of a subscription seen for the first time; nothing when it is known or of no interest.</summary>
    public static async Task OpenAsync(BillingContext context, ShopSubscription subscription, ProductRule? rule)
    {
        if (subscription is not { Status: "active" or "on-hold", Months: { } months } || LastDay(context, subscription) is not { } end
            || await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, Key(subscription)) is not null)
            return;
        var clientId = await ClientStore.UpsertAsync(context, subscription.CustomerId, subscription.Billing, subscription.ModifiedAt);
        var start = end.AddDays(1).AddMonths(-months);
        var state = Describe(new ContractState { Months = months, FirstStart = start, TermNo = 1, TermStart = start, TermEnd = end, LatestOrderId = subscription.ParentOrderId }, subscription, rule);
        var contract = new StoredContract(Values.NewId(), context.Shop.Id, ContractStore.Subscriptions, Key(subscription), clientId, state, "", subscription.ModifiedAt);
        await ContractStore.InsertAsync(context.Session, contract);
        if (subscription.ParentOrderId > 0)
            await InvoiceStore.InsertParentAsync(context, subscription, contract);
        await OrderBilling.OpenedAsync(context, contract);
    }

    /// <summary>Brings a known contract in line with its subscription.</summary>
    public static async Task ApplyAsync(BillingContext context, ShopSubscription subscription, ProductRule? rule)
    {
        if (await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, Key(subscription)) is not { } contract
            || subscription.ModifiedAt < contract.SourceAt)
            return;
        var clientId = await ClientStore.UpsertAsync(context, subscription.CustomerId, subscription.Billing, subscription.ModifiedAt);
        contract = contract with { ClientId = clientId, SourceAt = subscription.ModifiedAt, State = Describe(contract.State, subscription, rule) };
        await Renewals.SaveAsync(context, contract);
        switch (subscription.Status)
        {
            case "pending-cancel":
                await EndAsync(context, contract, CycleState.Declined, SkipReason.Declined);
                break;
            case "cancelled" or "expired" or "trash" or "switched":
                await EndAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
                break;
            default:
                await FollowAsync(context, contract, subscription);
                break;
        }
    }

    /// <summary>The shop no longer lists the subscription: it was trashed or deleted.</summary>
    public static async Task GoneAsync(BillingContext context, long subscriptionId)
    {
        var key = subscriptionId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, key) is { } contract)
            await EndAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
    }

    private static async Task EndAsync(BillingContext context, StoredContract contract, CycleState how, SkipReason why)
    {
        if (contract.State is { EndedOn: null, DeclinedOn: null })
            await Renewals.CloseAsync(context, contract, how, why);
    }

    private static async Task FollowAsync(BillingContext context, StoredContract contract, ShopSubscription subscription)
    {
        contract = await ResumeAsync(context, contract, subscription);
        var state = contract.State;
        if (LastDay(context, subscription) is { } end && end != state.TermEnd)
        {
            var moved = end.DayNumber - state.TermEnd.DayNumber;
            // More than half a term ahead is no moved date: the shop has renewed it.
            if (moved > HalfTerm(state))
            {
                if (subscription.Status == "active")
                    await Renewals.PaidAsync(context, contract, end, null);
                return;
            }

            // From J on the anchor is frozen until the renewal order is paid.
            if (Math.Abs(moved) <= HalfTerm(state) && context.Today <= state.TermEnd && state.RenewalOrderId is null)
                await MoveAsync(context, contract, end);
        }
    }

    private static async Task MoveAsync(BillingContext context, StoredContract contract, DateOnly end)
    {
        await CycleStore.MoveAnchorAsync(context, contract.Id, end);
        var notice = context.SequenceOf(contract.State).NoticeDueOn(end, context.Calendar);
        var start = contract.State.TermStart < end ? contract.State.TermStart : end;
        await Renewals.SaveAsync(context, contract with { State = contract.State with { TermStart = start, TermEnd = end, NoticeDueOn = notice } });
    }

    // On hold before its last day: somebody at the agency did that, and reminders would contradict it.
    private static async Task<StoredContract> ResumeAsync(BillingContext context, StoredContract contract, ShopSubscription subscription)
    {
        var state = contract.State;
        var held = subscription.Status == "on-hold" && context.Today <= state.TermEnd && state.RenewalOrderId is null;
        if (held == (state.Hold is not null) && (subscription.Status != "active" || state.DeclinedOn is null))
            return contract;
        if (held)
            await TaskStore.OpenAsync(context, "subscription-on-hold", contract.Id, "The subscription is on hold in the shop before its last day: reminders wait.");
        if (state.DeclinedOn is not null)
        {
            await context.Session.ExecuteAsync(
                "UPDATE cycle SET state = 'open', next_at = @Now, rev = rev + 1 WHERE kind = 'contract' AND subject_id = @Id AND term_no = @TermNo AND state = 'declined'",
                new { contract.Id, state.TermNo, Now = context.Now.Millis() });
        }

        await CycleStore.WakeAsync(context, contract.Id);
        return await Renewals.SaveAsync(context, contract with { State = state with { DeclinedOn = null, Hold = held ? nameof(SkipReason.NeedsDecision) : null } });
    }

    /// <summary>J: the day before the next payment, in the shop's time zone.</summary>
    internal static DateOnly? LastDay(BillingContext context, ShopSubscription subscription) =>
        subscription.NextPaymentAt is { } next ? context.Calendar.LocalDate(next).AddDays(-1) : null;

    /// <summary>Half a term in days.</summary>
    internal static int HalfTerm(ContractState state) => state.Months * 15;

    private static string Key(ShopSubscription subscription) => subscription.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ContractState Describe(ContractState state, ShopSubscription subscription, ProductRule? rule) => state with
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
    };
}
