using Relance.Shops;

namespace Relance.Billing;

/// <summary>Orders that opened contracts of the plugin: what else is in them may still fall under a product rule.</summary>
internal static class PluginOrders
{
    /// <summary>Applies one; the plugin itself says what a refund does to its contracts.</summary>
    public static async Task ApplyAsync(BillingContext context, ShopOrder order, InvoiceRow known, Pulled pull)
    {
        var clientId = await ClientStore.UpsertAsync(context, order);
        await InvoiceStore.UpsertAsync(context, order, clientId, known.ContractId, 1, InvoiceStore.OfPlugin);
        if (known.ContractId is null || await ContractStore.LockAsync(context.Session, known.ContractId) is not { } contract)
            return;
        if (order.Status is "refunded" or "cancelled" or "trash")
        {
            await ProductRuleBilling.UndoneAsync(context, order.Id);
            return;
        }

        if (contract.State.TermNo == 1)
            await RenewalBilling.PaymentUndoneAsync(context, order, contract, known);
        // The rest counts once: when it is paid for the first time.
        if (!(context.IsPaid(order) || context.IsAnnounced(order)) || known.Paid > 0 || (await ContractStore.OpenedByAsync(context.Session, context.Shop.Id, order.Id)).Count > 0)
            return;
        var opened = (await ContractStore.OfClientAsync(context.Session, contract.ClientId)).Select(c => c.State.Plugin?.Opening).OfType<string>().Select(LineOf).ToHashSet(StringComparer.Ordinal);
        await ProductRuleBilling.LinesAsync(context, order, [.. order.Lines.Where(line => !opened.Contains($"{order.Id}:{line.Id}"))], pull, clientId);
    }

    private static string LineOf(string opening) => opening[..opening.LastIndexOf(':')];
}
