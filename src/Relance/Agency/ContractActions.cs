using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.PostBack;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>What a person decides about a contract: paid, declined, ended, and back.</summary>
public sealed partial class ContractActions
{
    // As for a purchase in the shop: earlier, a payment is not for the next term.
    private const int PaidFromDays = 60;
    private readonly AgencyDesk _desk;
    private readonly IShopConnector _connector;

    internal ContractActions(AgencyDesk desk, IShopConnector connector) => (_desk, _connector) = (desk, connector);

    /// <summary>The next term is paid: closes the cycle exactly as an order would, and completes its open order in the shop. A repeat with the same day and reference changes nothing.</summary>
    /// <param name="on">The local day on which the money arrived.</param>
    /// <param name="reference">Of the transfer or cheque, as the agency keeps it.</param>
    /// <exception cref="RefusedException">No such contract, a day that cannot be, or nothing to pay.</exception>
    public Task MarkPaidAsync(string id, DateOnly on, string? reference, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            var (state, words) = (contract.State, string.IsNullOrWhiteSpace(reference) ? null : AgencyDesk.Words("reference", reference));
            if (state.PaidOn == on && state.PaidReference == words)
                return;
            MustBePayable(context, state, on);
            var term = state.TermNo;
            if (state.RenewalOrderId is { } order)
                await PostBackQueue.CompleteOrderAsync(context, contract.Id, order);
            var paid = await Renewals.PaidByWordAsync(context, contract);
            await Renewals.SaveAsync(context, paid with { State = paid.State with { PaidOn = on, PaidReference = words } });
            await CloseTasksAsync(context, contract.Id, TaskOutcomes.Paid, actor);
            await AgencyDesk.JournalAsync(context, "marked-paid", contract.Id, actor, words, ("term", term + 1), ("on", on.Text()));
        },
        ct);

    /// <summary>The client does not renew: reminders stop, our open order is cancelled, the shop is told.</summary>
    /// <exception cref="RefusedException">No such contract, no reason, or it is closed another way.</exception>
    public Task DeclineAsync(string id, string reason, Actor actor, CancellationToken ct) => CloseAsync(id, CycleState.Declined, reason, actor, ct);

    /// <summary>The contract is over: reminders stop, our open order is cancelled, the shop is told.</summary>
    /// <exception cref="RefusedException">No such contract, no reason, or it is closed another way.</exception>
    public Task EndAsync(string id, string reason, Actor actor, CancellationToken ct) => CloseAsync(id, CycleState.Ended, reason, actor, ct);

    /// <summary>Takes a refusal or an end back that a person had entered.</summary>
    /// <exception cref="RefusedException">No such contract; it is open, closed by the shop or its sequence, or its last day for renewal has passed.</exception>
    public Task ReopenAsync(string id, Actor actor, CancellationToken ct) => _desk.OnContractAsync(id, (context, contract) => ReopenAsync(context, contract, actor), ct);

    /// <summary>Takes a refusal or an end of a locked contract back, by whoever's decision.</summary>
    internal static async Task<StoredContract> ReopenAsync(BillingContext context, StoredContract contract, Actor actor)
    {
        var state = contract.State;
        MustBeReopenable(context, state);
        var open = await PostBackQueue.ForgetCancelAsync(context, contract.Id) ? state : state.WithoutOrder();
        await CycleStore.ReopenAsync(context, contract.Id, state.TermNo, state.DeclinedOn is null ? SkipReason.Ended : SkipReason.Declined);
        var saved = await Renewals.SaveAsync(context, contract with { State = open with { DeclinedOn = null, EndedOn = null, ClosedBy = null, EarlyEnd = null, NoticeShown = null } });
        if (saved.State.SubscriptionId is not null && saved.State.SuspendedOn is null && context.Today <= saved.State.TermEnd)
            await PostBackQueue.SubscriptionStatusAsync(context, saved, PostBackQueue.Resumed);
        await AgencyDesk.JournalAsync(context, "reopened", contract.Id, actor, null, ("term", state.TermNo));
        return saved;
    }

    private Task CloseAsync(string id, CycleState how, string reason, Actor actor, CancellationToken ct) => _desk.OnContractAsync(
        id,
        async (context, contract) =>
        {
            var words = AgencyDesk.Words("reason", reason);
            var (state, declining) = (contract.State, how == CycleState.Declined);
            if (declining ? state.DeclinedOn is not null : state.EndedOn is not null)
                return;
            if (!state.CanRenew || state.Historic)
                throw RefusedException.Conflict("contract", $"one that is open; this one is {contract.Standing}");
            await CloseAsync(context, contract, how, words, actor, null);
        },
        ct);

    /// <summary>Closes a locked contract that is open, by whoever's decision.</summary>
    /// <param name="confirmation">The step that confirms it to the client; null: the usual one, if there is one.</param>
    internal static async Task CloseAsync(BillingContext context, StoredContract contract, CycleState how, string words, Actor actor, string? confirmation, params (string Name, object? Value)[] facts)
    {
        var (state, declining) = (contract.State, how == CycleState.Declined);
        var closed = await Renewals.CloseAsync(context, contract, how, declining ? SkipReason.Declined : SkipReason.Ended, confirmation);
        await Renewals.SaveAsync(context, closed with { State = closed.State with { ClosedBy = actor.ToString() } });
        if (state.SubscriptionId is not null)
            await PostBackQueue.SubscriptionStatusAsync(context, closed, declining ? "pending-cancel" : "on-hold");
        await CloseTasksAsync(context, contract.Id, declining ? TaskOutcomes.Declined : TaskOutcomes.Closed, actor);
        await AgencyDesk.JournalAsync(context, declining ? "declined" : "ended", contract.Id, actor, words, [("term", state.TermNo), .. facts]);
    }

    private static void MustBePayable(BillingContext context, ContractState state, DateOnly on)
    {
        if (on > context.Today)
            throw RefusedException.Invalid("on", $"a day that has come; today is {context.Today:yyyy-MM-dd}");
        if (on < state.TermStart)
            throw RefusedException.Invalid("on", $"a day of the running term, which began on {state.TermStart:yyyy-MM-dd}, or later");
        if (!state.CanRenew || state.Historic)
            throw RefusedException.Conflict("contract", "one that is open: reopen it first, or agree on a new one");
        if (state.RenewalOrderId is not null || state.UnpaidTerm is not null)
            return;
        if (state.SubscriptionId is not null)
            throw RefusedException.Conflict("contract", "one whose shop has made the renewal order: WooCommerce Subscriptions makes it on the day of the payment");
        var from = state.TermEnd.AddDays(-Math.Min(PaidFromDays, state.Months * 15));
        if (context.Today < from)
            throw RefusedException.Conflict("contract", $"one with a payment open; it is paid until {state.TermEnd:yyyy-MM-dd}, the next term can be paid from {from:yyyy-MM-dd}");
    }

    private static void MustBeReopenable(BillingContext context, ContractState state)
    {
        if (state is { DeclinedOn: null, EndedOn: null })
            throw RefusedException.Conflict("contract", "one that a person declined or ended; it is open");
        if (state.ClosedBy is null)
            throw RefusedException.Conflict("contract", "one that a person declined or ended; this one was closed by the shop or by its sequence");
        if (state.SubscriptionStatus is "cancelled" or "expired" or "trash" or "switched")
            throw RefusedException.Conflict("contract", $"one whose subscription goes on in the shop; it is {state.SubscriptionStatus}");
        var last = state.TermEnd.AddDays(context.Settings.Maintenance.EndAfterDays);
        if (context.Today >= last)
            throw RefusedException.Conflict("contract", $"one that can still be renewed; its last day was {last.AddDays(-1):yyyy-MM-dd}");
    }

    // What these asked is answered, whichever way.
    private static Task CloseTasksAsync(BillingContext context, string contractId, string outcome, Actor actor) => context.Session.ExecuteAsync(
        """
        UPDATE task SET state = 'done', outcome = @outcome, closed_by = @By, closed_at = @Now, dedup_key = dedup_key || ':' || id
        WHERE subject_id = @contractId AND state = 'open' AND kind IN ('declined?', 'price-changed', 'check-bank', 'payment-undone', 'refused-late', 'plugin-paid')
        """, new { contractId, outcome, By = actor.ToString(), Now = context.Now.Millis() });
}
