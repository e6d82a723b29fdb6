using Relance.PostBack;
using Relance.Shops;

namespace Relance.Billing;

/// <summary>The plugin counts a term as paid that we do not: the order it names decides.</summary>
internal static class PluginRenewals
{
    /// <summary>Applies that order as any that renews.</summary>
    public static async Task<StoredContract> FollowAsync(BillingContext context, StoredContract contract, ShopContract row, Pulled pull)
    {
        if (row.TermNo <= contract.State.TermNo)
            return contract;
        var known = await InvoiceStore.FindAsync(context.Session, context.Shop.Id, row.LatestOrderId);
        if (known is { Role: "renewal", ContractId: { } renewed } && renewed == contract.Id)
            return contract;
        if (!pull.Orders.TryGetValue(row.LatestOrderId, out var order))
            return contract.State.CanRenew ? await AskAsync(context, contract, row) : contract;
        // An order of ours says itself what it renews, and is applied as such.
        if (PostBackQueue.ParseCreatedVia(order.CreatedVia) is not null)
            return contract;
        if (known is { Role: "opening" })
        {
            await ProductRuleBilling.UndoneAsync(context, order.Id);
            await InvoiceStore.ReassignAsync(context.Session, known.Id, contract.Id);
        }

        await RenewalBilling.ApplyAsync(context, order, contract, known, contract.State.UnpaidTerm ?? contract.State.TermNo + 1, null);
        return (await ContractStore.LockAsync(context.Session, contract.Id))!;
    }

    private static async Task<StoredContract> AskAsync(BillingContext context, StoredContract contract, ShopContract row)
    {
        var key = $"plugin-paid:{contract.Id}:{row.TermNo}";
        await TaskStore.OpenAsync(context, "plugin-paid", contract.Id, $"The shop counts term {row.TermNo} as paid by order {row.LatestOrderId}, which is not to be found: say whether it is paid. Reminders wait.", key);
        await CycleStore.WakeAsync(context, contract.Id);
        return await Renewals.SaveAsync(context, contract with { State = contract.State.Held(key) });
    }
}
