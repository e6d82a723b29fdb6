using Relance.Billing;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Sync;

/// <summary>Reads a shop and applies what it says. The pull is the truth; webhooks only say where to look.</summary>
public sealed partial class ShopPull(Database database, IShopConnector connector, RelanceSettings settings, Clocks clocks, ILogger<ShopPull> logger)
{
    // Two changes within one second, or a clock a little off, must not fall between two pulls.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>Everything that changed since the last sync. Returns how many orders and subscriptions were read.</summary>
    /// <exception cref="ShopException">The shop did not answer; nothing was skipped, the next sync starts from the same place.</exception>
    public async Task<int> SyncAsync(LinkedShop shop, CancellationToken ct)
    {
        var client = connector.Connect(shop);
        var after = shop.CursorAt is { } cursor ? Values.Instant(cursor) - Overlap : DateTimeOffset.UnixEpoch;
        var subscriptions = shop.HasSubscriptions == 1 ? await client.SubscriptionsModifiedAfterAsync(after, ct).ToListAsync(ct) : [];
        var orders = await client.OrdersModifiedAfterAsync(after, ct).ToListAsync(ct);
        await ApplyAsync(shop, client, orders, subscriptions, ct);
        var newest = orders.Select(o => o.ModifiedAt).Concat(subscriptions.Select(s => s.ModifiedAt)).DefaultIfEmpty(after).Max();
        await database.WriteAsync(s => s.ExecuteAsync(
            "UPDATE shop SET cursor_at = @At, unreachable_since = NULL WHERE id = @Id AND (cursor_at IS NULL OR cursor_at < @At)", new { shop.Id, At = newest.Millis() }), ct);
        return orders.Count + subscriptions.Count;
    }

    /// <summary>These resources as they are now, and what changed since the last sync: the check before sending, and every webhook.</summary>
    /// <exception cref="ShopException">The shop did not answer.</exception>
    public async Task LookAsync(LinkedShop shop, IReadOnlyCollection<long> orderIds, IReadOnlyCollection<long> subscriptionIds, bool newPurchases, CancellationToken ct)
    {
        var client = connector.Connect(shop);
        var orders = orderIds.Count > 0 ? await client.OrdersAsync(orderIds, ct) : [];
        var subscriptions = subscriptionIds.Count > 0 ? await client.SubscriptionsAsync(subscriptionIds, ct) : [];
        var recent = newPurchases && shop.CursorAt is { } cursor ? await client.OrdersModifiedAfterAsync(Values.Instant(cursor) - Overlap, ct).ToListAsync(ct) : [];
        await ApplyAsync(shop, client, [.. orders.Concat(recent).DistinctBy(o => (o.Id, o.ModifiedAt))], subscriptions, ct);
        foreach (var id in orderIds.Except(orders.Select(o => o.Id)))
            await EachAsync(shop, "order", id, context => OrderBilling.GoneAsync(context, id), ct);
        foreach (var id in subscriptionIds.Except(subscriptions.Select(s => s.Id)))
            await EachAsync(shop, "subscription", id, context => SubscriptionBilling.GoneAsync(context, id), ct);
    }

    private async Task ApplyAsync(LinkedShop shop, IShop client, IReadOnlyList<ShopOrder> orders, IReadOnlyList<ShopSubscription> subscriptions, CancellationToken ct)
    {
        var pulled = await CompleteAsync(client, orders, subscriptions, ct);
        // Contracts first, then the orders that renew them, then what the subscriptions look like after that.
        foreach (var subscription in subscriptions)
            await EachAsync(shop, "subscription", subscription.Id, c => SubscriptionBilling.OpenAsync(c, subscription, ProductRules.Match(settings, subscription, pulled.Products)), ct);
        foreach (var order in shop.CursorAt is null ? orders.OrderBy(o => o.CreatedAt).ThenBy(o => o.Id) : orders.OrderBy(o => o.ModifiedAt).ThenBy(o => o.Id))
            await EachAsync(shop, "order", order.Id, c => OrderBilling.ApplyAsync(c, order, pulled), ct);
        foreach (var subscription in pulled.Subscriptions.Values)
            await EachAsync(shop, "subscription", subscription.Id, c => SubscriptionBilling.ApplyAsync(c, subscription, ProductRules.Match(settings, subscription, pulled.Products)), ct);
    }

    // A paid renewal order needs its subscription read back; a category rule needs the products.
    private async Task<Pulled> CompleteAsync(IShop client, IReadOnlyList<ShopOrder> orders, IReadOnlyList<ShopSubscription> subscriptions, CancellationToken ct)
    {
        var missing = orders.Select(o => o.RenewsSubscription).OfType<long>().Except(subscriptions.Select(s => s.Id)).ToList();
        var all = missing.Count == 0 ? subscriptions : [.. subscriptions, .. await client.SubscriptionsAsync(missing, ct)];
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
    private async Task EachAsync(LinkedShop shop, string kind, long id, Func<BillingContext, Task> apply, CancellationToken ct)
    {
        try
        {
            await database.WriteAsync(s => apply(new BillingContext(s, shop, settings, clocks.Now)), ct);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            NotApplied(e, kind, id);
            await database.WriteAsync(s => TaskStore.OpenAsync(new BillingContext(s, shop, settings, clocks.Now), "not-applied", $"{kind}:{id}", e.Message), ct);
        }
    }

    [LoggerMessage(LogLevel.Error, "The {Kind} {Id} could not be applied; a task is open")]
    private partial void NotApplied(Exception e, string kind, long id);
}
