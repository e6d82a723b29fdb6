using Relance.Domain.Reminders;
using Relance.Journal;
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
        var clientId = await ClientStore.UpsertAsync(context, order.CustomerId, order.Billing, order.ModifiedAt);
        await InvoiceStore.UpsertAsync(context, order, clientId, contract.Id, termNo, "renewal");
        if (context.IsPaid(order))
            await PaidAsync(context, order, contract, termNo, nextEnd);
        else if (order.Status == "refunded")
            await RefundedAsync(context, contract, known, termNo);
        else if (termNo == contract.State.TermNo + 1 && contract.State is { EndedOn: null, DeclinedOn: null })
            await OpenAsync(context, order, contract);
    }

    /// <summary>Somebody withdrew the order that would have renewed the contract: a refusal, perhaps.</summary>
    public static async Task WithdrawnAsync(BillingContext context, StoredContract contract)
    {
        if (contract.State is not { EndedOn: null, DeclinedOn: null })
            return;
        await TaskStore.OpenAsync(context, "declined?", contract.Id, "The renewal order was cancelled or trashed in the shop: did the client decline? Reminders wait.", $"declined?:{contract.Id}:{contract.State.RenewalOrderId}");
        await Renewals.SaveAsync(context, contract with { State = contract.State with { RenewalOrderId = null, PayUrl = null, AnnouncedOn = null, Hold = nameof(SkipReason.NeedsDecision) } });
        await CycleStore.WakeAsync(context, contract.Id);
    }

    private static async Task PaidAsync(BillingContext context, ShopOrder order, StoredContract contract, int termNo, DateOnly? nextEnd)
    {
        if (termNo <= contract.State.TermNo)
        {
            await ReportSecondPaymentAsync(context, order, contract, termNo);
            return;
        }

        if (contract.State is { EndedOn: null, DeclinedOn: null })
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
        if (known is null || termNo != contract.State.TermNo || contract.State.EndedOn is not null)
            return;
        await TaskStore.OpenAsync(context, "refunded", contract.Id, "The renewal was refunded in full: the contract is closed; agree with the client on what follows.", $"refunded:{contract.Id}:{termNo}");
        await Renewals.CloseAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
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

        var announced = BillingContext.IsAnnounced(order);
        var next = state with
        {
            RenewalOrderId = order.Id,
            RenewalOrderNumber = order.Number,
            PayUrl = order.PaymentUrl,
            LatestOrderId = state.SubscriptionId is null ? order.Id : state.LatestOrderId,
            AnnouncedOn = announced ? state.AnnouncedOn ?? context.Calendar.LocalDate(order.ModifiedAt) : null,
            Hold = null,
        };
        if (announced && state.AnnouncedOn is null)
            await TaskStore.OpenAsync(context, "check-bank", contract.Id, $"A transfer or cheque was announced for order {order.Number}: check the bank.", $"check-bank:{contract.Id}:{order.Id}");
        if (next == state)
            return;
        await Renewals.SaveAsync(context, contract with { State = next });
        await CycleStore.WakeAsync(context, contract.Id);
    }
}
