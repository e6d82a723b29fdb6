using Relance.Journal;
using Relance.PostBack;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Applies an order, as the shop shows it now. One sale belongs to one source: a subscription first, then our own renewal order, then the plugin, then a product rule.</summary>
public static class OrderBilling
{
    /// <summary>Applies one order; a repeat or an older state changes nothing.</summary>
    /// <param name="pull">What the same pull brought: the term of a paid subscription is read back from it.</param>
    public static async Task ApplyAsync(BillingContext context, ShopOrder order, Pulled pull)
    {
        var known = await InvoiceStore.FindAsync(context.Session, context.Shop.Id, order.Id);
        // An order first met in the trash came and went between two looks.
        if (known is { Role: "parent" } || known?.Covers(order) == true || (known is null && order.Status == "trash"))
            return;
        if (order.RenewsSubscription is { } subscriptionId)
        {
            if (await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, SubscriptionBilling.Key(subscriptionId)) is { } contract)
                await RenewalBilling.ApplyAsync(context, order, contract, known, TermOf(context, order, contract.State, known), LastDay(context, pull, subscriptionId));
        }
        else if (PostBackQueue.ParseCreatedVia(order.CreatedVia) is { } ours)
        {
            if (await ContractStore.LockAsync(context.Session, ours.ContractId) is { } contract && contract.ShopId == context.Shop.Id)
                await RenewalBilling.ApplyAsync(context, order, contract, known, ours.TermNo, null);
        }
        else if (known is { Role: InvoiceStore.OfPlugin })
        {
            await PluginOrders.ApplyAsync(context, order, known, pull);
        }
        else if (!order.BelongsToSubscription && !pull.ParentOrders.Contains(order.Id) && !await PluginOrders.AskedAsync(context, order, known))
        {
            await ProductRuleBilling.ApplyAsync(context, order, known, pull);
        }
    }

    /// <summary>Applies an order that says by itself which contract it renews: one of ours, or one that is known to renew. Others change nothing.</summary>
    public static async Task ApplyCertainAsync(BillingContext context, ShopOrder order)
    {
        var known = await InvoiceStore.FindAsync(context.Session, context.Shop.Id, order.Id);
        if (PostBackQueue.ParseCreatedVia(order.CreatedVia) is not null || known is { Role: "renewal", ContractId: not null })
            await ApplyAsync(context, order, Pulled.Nothing);
    }

    /// <summary>The shop no longer lists an order: it was trashed or deleted.</summary>
    public static async Task GoneAsync(BillingContext context, long orderId)
    {
        if (await InvoiceStore.FindAsync(context.Session, context.Shop.Id, orderId) is not { Status: not "trash", ContractId: { } id } known
            || await ContractStore.LockAsync(context.Session, id) is not { } contract)
            return;
        await InvoiceStore.SetStatusAsync(context.Session, known.Id, "trash");
        if (contract.State.RenewalOrderId == orderId)
            await RenewalBilling.WithdrawnAsync(context, contract);
        else if (known.Role == "opening")
            await ProductRuleBilling.UndoneAsync(context, orderId);
    }

    /// <summary>An order or subscription cannot be read any more: what it is about waits until it can.</summary>
    internal static async Task UnreadableAsync(BillingContext context, UnreadableRow row)
    {
        await TaskStore.OpenAsync(context, "not-applied", UnreadableKey(row.Row), $"The shop's answer cannot be read, what it is about waits: {row.Why}", TaskKey(context, row.Row));
        if (await AboutAsync(context, row.Row) is { State: { CanRenew: true, Hold: null } state } contract)
        {
            await Renewals.SaveAsync(context, contract with { State = state.Held(UnreadableKey(row.Row)) });
            await CycleStore.WakeAsync(context, contract.Id);
        }
    }

    /// <summary>It can be read again, or is gone: what it is about goes on.</summary>
    internal static async Task ReadableAsync(BillingContext context, ShopRef row)
    {
        await TaskStore.CloseAsync(context, TaskKey(context, row));
        if (await AboutAsync(context, row) is { } contract && contract.State.HeldBy == UnreadableKey(row))
        {
            await Renewals.SaveAsync(context, contract with { State = contract.State.Released(UnreadableKey(row)) });
            await CycleStore.WakeAsync(context, contract.Id);
        }
    }

    private static async Task<StoredContract?> AboutAsync(BillingContext context, ShopRef row) => row.Kind != ShopKind.Order
        ? await ContractStore.LockAsync(context.Session, context.Shop.Id, row.Kind == ShopKind.Contract ? ContractStore.Plugin : ContractStore.Subscriptions, SubscriptionBilling.Key(row.Id))
        : await InvoiceStore.FindAsync(context.Session, context.Shop.Id, row.Id) is { ContractId: { } id } ? await ContractStore.LockAsync(context.Session, id) : null;

    /// <summary>Names a row that could not be read or applied.</summary>
    internal static string UnreadableKey(ShopRef row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Kind}:{row.Id}");

    /// <summary>The key of the task about it; ids repeat from shop to shop.</summary>
    internal static string TaskKey(BillingContext context, ShopRef row) => $"not-applied:{context.Shop.Id}:{UnreadableKey(row)}";

    /// <summary>A contract was opened: its first cycle, unless its term ended long before the link.</summary>
    internal static async Task OpenedAsync(BillingContext context, StoredContract contract)
    {
        var state = await Renewals.OpenTermAsync(context, contract, contract.State);
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "contract", contract.Id, JournalEntry.Of(("source", contract.Source), ("key", contract.ExternalKey), ("kind", state.Kind), ("end", state.TermEnd.Text())));
        await Renewals.SaveAsync(context, contract with { State = state });
    }

    private static DateOnly? LastDay(BillingContext context, Pulled pull, long subscriptionId) =>
        pull.Subscriptions.TryGetValue(subscriptionId, out var subscription) ? SubscriptionBilling.LastDay(context, subscription) : null;

    // A subscription's renewal orders carry no term: each pays the term whose first day lies nearest, half a term to either side.
    private static int TermOf(BillingContext context, ShopOrder order, ContractState state, InvoiceRow? known)
    {
        if (known?.TermNo is { } term)
            return (int)term;
        var made = context.Calendar.LocalDate(order.CreatedAt);
        var half = SubscriptionBilling.HalfTerm(state);
        if (made > state.TermEnd.AddDays(-half))
            return state.TermNo + 1;
        var number = state.TermNo;
        for (var start = state.TermStart; made < start.AddDays(-half); start = start.AddMonths(-state.Months))
            number--;
        return number;
    }
}

/// <summary>What one pull brought, for rules that look at several resources.</summary>
/// <param name="Subscriptions">By id, as they are now.</param>
/// <param name="ParentOrders">Orders that opened a subscription: those sales belong to it.</param>
/// <param name="Products">Products looked up for category rules.</param>
public sealed record Pulled(
    IReadOnlyDictionary<long, ShopSubscription> Subscriptions, IReadOnlySet<long> ParentOrders, IReadOnlyDictionary<long, ShopProduct> Products)
{
    /// <summary>Orders by id, as they are now: they tell the VAT and the payments of the plugin's contracts.</summary>
    public IReadOnlyDictionary<long, ShopOrder> Orders { get; init; } = new Dictionary<long, ShopOrder>();

    /// <summary>Nothing beside the order itself.</summary>
    public static Pulled Nothing { get; } = new(new Dictionary<long, ShopSubscription>(), new HashSet<long>(), new Dictionary<long, ShopProduct>());
}
