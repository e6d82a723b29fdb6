using Relance.Shops;

namespace Relance.Billing;

/// <summary>Orders that opened contracts of the plugin: what else is in them may still fall under a product rule.</summary>
internal static class PluginOrders
{
    /// <summary>Applies one; the plugin itself says what a refund does to its contracts.</summary>
    public static async Task ApplyAsync(BillingContext context, ShopOrder order, InvoiceRow known, Pulled pull)
    {
        var client = await ClientStore.UpsertAsync(context, order);
        await InvoiceStore.UpsertAsync(context, order, client.Id, known.ContractId, 1, InvoiceStore.OfPlugin);
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
        await ProductRuleBilling.LinesAsync(context, order, [.. order.Lines.Where(line => !opened.Contains($"{order.Id}:{line.Id}"))], pull, client);
    }

    /// <summary>Asks a person where a purchase could renew several contracts of the plugin, which then renews none and opens none.</summary>
    /// <returns>Whether this order is such a purchase.</returns>
    public static async Task<bool> AskedAsync(BillingContext context, ShopOrder order, InvoiceRow? known)
    {
        if (known is not null || !context.Shop.HasPlugin || !(context.IsPaid(order) || context.IsAnnounced(order)) || await ClientStore.FindAsync(context, order) is not { } clientId)
            return false;
        var paidOn = context.Calendar.LocalDate(order.PaidAt ?? order.CreatedAt);
        var contracts = (await ContractStore.OfClientAsync(context.Session, clientId))
            .Where(c => c.ShopId == context.Shop.Id && c.State is { Plugin: not null, CanRenew: true } && ProductRuleBilling.Renews(c.State, c.State.TermEnd, paidOn)).ToList();
        var matches = order.Lines.Select(line => (line.Quantity, Contracts: contracts.Where(c => c.State.Lines.Any(l => l.ProductId == line.ProductId && l.VariationId == line.VariationId)).ToList()))
            .FirstOrDefault(line => line.Contracts.Count > 1 || (line.Contracts.Count == 1 && line.Quantity > 1)).Contracts;
        if (matches is null)
            return false;
        await ProductRuleBilling.AskAsync(context, order, matches);
        return true;
    }

    private static string LineOf(string opening) => opening[..opening.LastIndexOf(':')];
}
