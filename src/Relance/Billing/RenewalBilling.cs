using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.PostBack;
using Relance.Shops;

namespace Relance.Billing;

/// <summary>Applies the state of an order that renews, or would renew, a contract.</summary>
public static class RenewalBilling
{
    /// <summary>Applies it to the locked contract.</summary>
    /// <param name="termNo">The term the order pays.</param>
    /// <param name="nextEnd">Last day of that term where the shop says so.</param>
    public static async Task ApplyAsync(BillingContext context, ShopOrder order, StoredContract contract, InvoiceRow? known, int termNo, DateOnly? nextEnd)
    {
        var client = await ClientStore.UpsertAsync(context, order);
        (var clientId, order) = (client.Id, order with { Billing = client.Allowed(order.Billing) });
        await InvoiceStore.UpsertAsync(context, order, clientId, contract.Id, termNo, "renewal");
        if (contract.State.SubscriptionId is null && (termNo > contract.State.TermNo || termNo == contract.State.UnpaidTerm))
            contract = await AddressedAsync(context, order, contract, clientId);
        if (context.IsPaid(order))
            await PaidAsync(context, order, contract, termNo, nextEnd);
        else if (order.Status == "refunded")
            await RefundedAsync(context, contract, known, termNo);
        else if ((termNo == contract.State.TermNo + 1 || termNo == contract.State.UnpaidTerm) && contract.State.CanRenew)
            await OpenAsync(context, order, contract);
        else if (termNo == contract.State.TermNo)
            await PaymentUndoneAsync(context, order, contract, known);
    }

    /// <summary>Somebody withdrew the order that would have renewed the contract: a refusal, perhaps.</summary>
    public static async Task WithdrawnAsync(BillingContext context, StoredContract contract)
    {
        if (!contract.State.CanRenew)
            return;
        await TaskStore.OpenAsync(context, "declined?", contract.Id, "The renewal order was cancelled or trashed in the shop: did the client decline? Reminders wait.", WithdrawnKey(contract.Id, contract.State.RenewalOrderId));
        var state = contract.State.WithoutOrder();
        await Renewals.SaveAsync(context, contract with { State = state.Held(WithdrawnKey(contract.Id, contract.State.RenewalOrderId)) });
        await CycleStore.WakeAsync(context, contract.Id);
    }

    /// <summary>An order that counted as paid is unpaid again, without a refund: the term stands until a person has looked.</summary>
    internal static Task PaymentUndoneAsync(BillingContext context, ShopOrder order, StoredContract contract, InvoiceRow? known) => known is not { Paid: > 0 } || context.IsPaid(order)
        ? Task.CompletedTask
        : TaskStore.OpenAsync(context, "payment-undone", contract.Id, $"Order {order.Number} was paid and is now {order.Status}: the contract runs on until you close it.", $"payment-undone:{contract.Id}:{order.Id}");

    private static async Task PaidAsync(BillingContext context, ShopOrder order, StoredContract contract, int termNo, DateOnly? nextEnd)
    {
        if (termNo <= contract.State.TermNo && termNo != contract.State.UnpaidTerm)
        {
            await ReportSecondPaymentAsync(context, order, contract, termNo);
            return;
        }

        if (contract.State.CanRenew)
        {
            await Renewals.PaidAsync(context, contract, nextEnd, order);
            return;
        }

        await TaskStore.OpenAsync(context, "paid-after-end", contract.Id, $"Order {order.Number} was paid after the contract was closed: refund it or open a new contract.", $"paid-after-end:{contract.Id}:{order.Id}");
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "paid-after-end", contract.Id, JournalEntry.Of(("order", order.Id)));
    }

    private static async Task ReportSecondPaymentAsync(BillingContext context, ShopOrder order, StoredContract contract, int termNo)
    {
        var paid = await context.Session.ValueAsync<long>(
            "SELECT COUNT(*) FROM invoice WHERE contract_id = @Id AND term_no = @termNo AND paid > 0", new { contract.Id, termNo });
        if (paid > 1)
            await TaskStore.OpenAsync(context, "second-payment", contract.Id, $"Order {order.Number} pays a term that is already paid: refund it or count it for the next term.", $"second-payment:{contract.Id}:{order.Id}");
    }

    private static async Task RefundedAsync(BillingContext context, StoredContract contract, InvoiceRow? known, int termNo)
    {
        if (known is null || termNo != contract.State.TermNo || !contract.State.CanRenew)
            return;
        await TaskStore.OpenAsync(context, "refunded", contract.Id, "The renewal was refunded in full: the contract is closed; agree with the client on what follows.", $"refunded:{contract.Id}:{termNo}");
        await Renewals.CloseAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
    }

    // The order that renews is the newest thing the shop knows about who pays: an address corrected there counts.
    private static async Task<StoredContract> AddressedAsync(BillingContext context, ShopOrder order, StoredContract contract, string clientId)
    {
        if (contract.ClientId == clientId && contract.State.Billing == order.Billing)
            return contract;
        var addressed = contract with { ClientId = clientId, State = contract.State with { CustomerId = order.CustomerId, Billing = order.Billing } };
        await ContractStore.UpdateAsync(context.Session, addressed);
        if (contract.ClientId != clientId)
            await CycleStore.ReplanAsync(context, contract.Id, "address-changed");
        return addressed;
    }

    private static async Task OpenAsync(BillingContext context, ShopOrder order, StoredContract contract)
    {
        var state = contract.State;
        if (order.Status is "cancelled" or "trash")
        {
            if (state.RenewalOrderId == order.Id)
                await WithdrawnAsync(context, contract);
            return;
        }

        // A cart that somebody is filling at this moment is no order yet.
        if (order.Status is "checkout-draft" or "auto-draft")
            return;
        var announced = context.IsAnnounced(order);
        var next = state.Released(WithdrawnKey(contract.Id, order.Id)).Released(OrderBilling.UnreadableKey(new(ShopKind.Order, order.Id))) with
        {
            RenewalOrderId = order.Id,
            RenewalOrderNumber = order.Number,
            PayUrl = order.PaymentUrl,
            LatestOrderId = state.SubscriptionId is null ? order.Id : state.LatestOrderId,
            AnnouncedOn = announced ? state.AnnouncedOn ?? context.Calendar.LocalDate(order.ModifiedAt) : null,
            // A gateway that tries again sets the order to pending meanwhile: the first failure counts.
            DebitFailedOn = order.Status == "failed" ? state.DebitFailedOn ?? context.Calendar.LocalDate(order.ModifiedAt) : state.DebitFailedOn,
        };
        next = await PricedAsync(context, order, contract, next);
        await TaskStore.CloseAsync(context, WithdrawnKey(contract.Id, order.Id));
        if (announced)
            await TaskStore.OpenAsync(context, "check-bank", contract.Id, $"A transfer or cheque was announced for order {order.Number}: check the bank.", Renewals.CheckBankKey(contract.Id, order.Id));
        else
            await TaskStore.CloseAsync(context, Renewals.CheckBankKey(contract.Id, order.Id));
        if (next == state)
            return;
        await Renewals.SaveAsync(context, contract with { State = next });
        await CycleStore.WakeAsync(context, contract.Id);
    }

    // Our order must come to what the contract says: a changed price (VAT, a rule of the shop) goes to no client unapproved.
    private static async Task<ContractState> PricedAsync(BillingContext context, ShopOrder order, StoredContract contract, ContractState state)
    {
        var key = $"price-changed:{contract.Id}:{order.Id}";
        if (PostBackQueue.ParseCreatedVia(order.CreatedVia) is null || order.Total == state.Price)
        {
            await TaskStore.CloseAsync(context, key);
            return state.Released(key);
        }

        await TaskStore.OpenAsync(context, "price-changed", contract.Id, $"The renewal order {order.Number} comes to {order.Total}, the contract to {state.Price}: correct the order. Reminders wait.", key);
        return state.Held(key);
    }

    private static string WithdrawnKey(string contractId, long? orderId) => $"declined?:{contractId}:{orderId}";
}
