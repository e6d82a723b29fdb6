using Relance.Billing;
using Relance.Shops;

namespace Relance.Sync;

public sealed partial class ShopPull
{
    private async Task ApplyAsync(LinkedShop shop, IShop client, Told told, Unread unread, CancellationToken ct)
    {
        var (orders, subscriptions, contracts) = (told.Orders, told.Subscriptions, told.Contracts);
        var ordersById = await OrdersOfAsync(shop, client, contracts, orders, unread, ct);
        // Echoes are about what is known already: nothing is missing beside them.
        var pulled = told.IsNews ? await CompleteAsync(shop, client, [.. ordersById.Values], subscriptions, contracts.Count > 0, unread, ct)
            : Pulled.Nothing with { Subscriptions = subscriptions.ToDictionary(s => s.Id) };
        pulled = pulled with { Orders = ordersById };
        // Contracts first, then the orders that renew them, then what the subscriptions look like after that. What says nothing new is not gone into.
        foreach (var subscription in await NewsAsync(shop, pulled, ct))
            await EachAsync(shop, new(ShopKind.Subscription, subscription.Id), c => SubscriptionBilling.OpenAsync(c, subscription, ProductRules.Match(settings, subscription, pulled.Products)), unread, ct);
        foreach (var contract in await NewsAsync(shop, contracts, ct))
            await EachAsync(shop, new(ShopKind.Contract, contract.Id), c => PluginBilling.OpenAsync(c, contract, pulled), unread, ct);
        // The first payment opens what the second renews: in the order of the payments, whenever they are read.
        var news = await database.ReadAsync(s => InvoiceStore.NewsAsync(s, shop.Id, orders), ct);
        foreach (var order in news.OrderBy(o => o.PaidAt ?? o.ModifiedAt).ThenBy(o => o.Id))
            await EachAsync(shop, new(ShopKind.Order, order.Id), c => OrderBilling.ApplyAsync(c, order, pulled), unread, ct);
        foreach (var subscription in await NewsAsync(shop, pulled, ct))
            await EachAsync(shop, new(ShopKind.Subscription, subscription.Id), c => SubscriptionBilling.ApplyAsync(c, subscription, ProductRules.Match(settings, subscription, pulled.Products)), unread, ct);
        foreach (var contract in await NewsAsync(shop, contracts, ct))
            await EachAsync(shop, new(ShopKind.Contract, contract.Id), c => PluginBilling.ApplyAsync(c, contract, pulled), unread, ct);
    }

    private Task<IReadOnlyList<ShopSubscription>> NewsAsync(LinkedShop shop, Pulled pulled, CancellationToken ct) => database.ReadAsync(
        s => SubscriptionBilling.NewsAsync(new BillingContext(s, shop, settings, clocks.Now), [.. pulled.Subscriptions.Values], subscription => ProductRules.Match(settings, subscription, pulled.Products)), ct);

    // A paid renewal order needs its subscription read back; a category rule needs the products.
    private async Task<Pulled> CompleteAsync(LinkedShop shop, IShop client, IReadOnlyList<ShopOrder> orders, IReadOnlyList<ShopSubscription> subscriptions, bool hasContracts, Unread unread, CancellationToken ct)
    {
        var missing = shop.HasSubscriptions == 0 ? [] : orders.Select(o => o.RenewsSubscription).OfType<long>().Except(subscriptions.Select(s => s.Id)).ToList();
        IEnumerable<ShopSubscription> read = missing.Count == 0 ? subscriptions : [.. subscriptions, .. await client.SubscriptionsAsync(missing, ct, unread.Add)];
        // A sale that opened a subscription at the checkout looks like any other order: who opened what is asked before a product rule is. Older ones are known.
        var sales = shop.HasSubscriptions == 0 || shop.CursorAt is null || (settings.Products.Count == 0 && !hasContracts) ? [] : orders.Where(o => !o.BelongsToSubscription && o.CreatedAt > After(shop).AddDays(-1)).ToList();
        if (sales.Count > 0)
            read = read.Concat(await client.SubscriptionsModifiedAfterAsync(sales.Min(o => o.CreatedAt).AddSeconds(-1), ct, unread.Add).ToListAsync(ct));
        var all = read.GroupBy(s => s.Id).Select(same => same.MaxBy(s => s.ModifiedAt)!).ToList();
        var parents = all.Select(s => s.ParentOrderId).Where(id => id > 0).ToHashSet();
        var products = new Dictionary<long, ShopProduct>();
        if (ProductRules.NeedCategories(settings))
        {
            foreach (var id in orders.SelectMany(o => o.Lines).Concat(all.SelectMany(s => s.Lines)).Select(l => l.ProductId).Where(id => id > 0).Distinct())
            {
                if (await client.ProductAsync(id, ct) is { } product)
                    products[id] = product;
            }
        }

        // What changed while the list was read is in it twice.
        return new Pulled(all.GroupBy(s => s.Id).ToDictionary(same => same.Key, same => same.MaxBy(s => s.ModifiedAt)!), parents, products);
    }

    // One bad row never stops the others: it becomes a task that names it.
    private async Task EachAsync(LinkedShop shop, ShopRef row, Func<BillingContext, Task> apply, Unread unread, CancellationToken ct)
    {
        try
        {
            await database.WriteAsync(s => apply(new BillingContext(s, shop, settings, clocks.Now)), ct);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            NotApplied(e, row.Kind, row.Id);
            unread.Add(new UnreadableRow(row, e.Message));
        }
    }

    private async Task ReportAsync(LinkedShop shop, Unread unread, CancellationToken ct)
    {
        foreach (var row in unread.Rows)
            await database.WriteAsync(s => OrderBilling.UnreadableAsync(new BillingContext(s, shop, settings, clocks.Now), row), ct);
    }

    // What could not be read is asked for again at each pull, although nothing in it changes: a plugin of the shop may have been mended since.
    private async Task RetryAsync(LinkedShop shop, Unread unread, CancellationToken ct)
    {
        var open = await database.ReadAsync(s => Unread.OpenAsync(s, shop.Id), ct);
        var asked = open.Where(row => row.Id > 0 && !unread.Has(row)).ToList();
        if (asked.Count > 0)
            unread.AddRange((await LookAsync(shop, new Told([], [], Ids(ShopKind.Order), Ids(ShopKind.Subscription), IsNews: true) { ContractIds = shop.HasPlugin ? Ids(ShopKind.Contract) : [] }, ct)).Unread);
        foreach (var row in open.Where(row => !unread.Has(row)))
            await database.WriteAsync(s => OrderBilling.ReadableAsync(new BillingContext(s, shop, settings, clocks.Now), row), ct);

        List<long> Ids(ShopKind kind) => [.. asked.Where(row => row.Kind == kind).Select(row => row.Id)];
    }

    [LoggerMessage(LogLevel.Error, "The {Kind} {Id} could not be applied; a task is open")]
    private partial void NotApplied(Exception e, ShopKind kind, long id);
}
