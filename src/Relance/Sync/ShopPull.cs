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
        var unreadable = new List<UnreadableRow>();
        var after = After(shop);
        var asked = clocks.Now.AddMilliseconds(shop.ClockSkewMs);
        var subscriptions = shop.HasSubscriptions == 1 ? await client.SubscriptionsModifiedAfterAsync(after, ct, unreadable.Add).ToListAsync(ct) : [];
        var orders = await client.OrdersModifiedAfterAsync(after, ct, unreadable.Add).ToListAsync(ct);
        await ApplyAsync(shop, client, orders, subscriptions, isNews: true, ct);
        await ReportAsync(shop, unreadable, ct);
        var newest = orders.Select(o => o.ModifiedAt).Concat(subscriptions.Select(s => s.ModifiedAt)).DefaultIfEmpty(after).Max();
        // A row dated in the future, as a wrong clock of the shop leaves it, must not carry the cursor past what is still to come.
        var at = newest < asked ? newest : asked;
        await database.WriteAsync(s => s.ExecuteAsync(
            "UPDATE shop SET cursor_at = CASE WHEN cursor_at > @At AND cursor_at <= @Asked THEN cursor_at ELSE @At END, unreachable_since = NULL WHERE id = @Id",
            new { shop.Id, At = at.Millis(), Asked = asked.Millis() }), ct);
        return orders.Count + subscriptions.Count;
    }

    /// <summary>These resources as they are now, and what changed since the last sync: the check before sending, and every webhook.</summary>
    /// <exception cref="ShopException">The shop did not answer.</exception>
    public Task LookAsync(LinkedShop shop, IReadOnlyCollection<long> orderIds, IReadOnlyCollection<long> subscriptionIds, CancellationToken ct) =>
        LookAsync(shop, new Told([], [], [.. orderIds], [.. subscriptionIds], IsNews: true), ct);

    /// <summary>What deliveries told, what they asked to look at and, where any of it is news, what else changed since the last sync.</summary>
    /// <exception cref="ShopException">The shop did not answer.</exception>
    internal async Task LookAsync(LinkedShop shop, Told told, CancellationToken ct)
    {
        var client = connector.Connect(shop);
        var unreadable = new List<UnreadableRow>();
        var orders = told.OrderIds.Count > 0 ? await client.OrdersAsync(told.OrderIds, ct, unreadable.Add) : [];
        var subscriptions = told.SubscriptionIds.Count > 0 ? await client.SubscriptionsAsync(told.SubscriptionIds, ct, unreadable.Add) : [];
        // A webhook that overtook another must not tell the end of the story first: what happened since the last sync is read with it.
        var recent = told.IsNews && shop.CursorAt is not null ? await client.OrdersModifiedAfterAsync(After(shop), ct, unreadable.Add).ToListAsync(ct) : [];
        List<ShopOrder> pulled = [.. orders.Concat(recent).DistinctBy(o => (o.Id, o.ModifiedAt))];
        // What was just pulled is at least as new as what a delivery said about it.
        pulled.AddRange(told.Orders.ExceptBy(pulled.Select(o => o.Id), o => o.Id));
        await ApplyAsync(shop, client, pulled, [.. subscriptions, .. told.Subscriptions], told.IsNews, ct);
        await ReportAsync(shop, unreadable, ct);
        foreach (var id in told.OrderIds.Except(orders.Select(o => o.Id)).Where(id => !unreadable.Exists(u => u.Row == new ShopRef(ShopKind.Order, id))))
            await EachAsync(shop, new(ShopKind.Order, id), context => OrderBilling.GoneAsync(context, id), ct);
        foreach (var id in told.SubscriptionIds.Except(subscriptions.Select(s => s.Id)).Where(id => !unreadable.Exists(u => u.Row == new ShopRef(ShopKind.Subscription, id))))
            await EachAsync(shop, new(ShopKind.Subscription, id), context => SubscriptionBilling.GoneAsync(context, id), ct);
    }

    /// <summary>Applies those of the orders that surely renew one known contract, while the shop cannot be asked. The pull tells the rest later.</summary>
    internal async Task TakeCertainAsync(LinkedShop shop, IEnumerable<ShopOrder> told, CancellationToken ct)
    {
        foreach (var order in told.OrderBy(o => o.PaidAt ?? o.ModifiedAt).ThenBy(o => o.Id))
            await EachAsync(shop, new(ShopKind.Order, order.Id), context => OrderBilling.ApplyCertainAsync(context, order), ct);
    }

    private static DateTimeOffset After(LinkedShop shop) => shop.CursorAt is { } cursor ? Values.Instant(cursor) - Overlap : DateTimeOffset.UnixEpoch;

    private async Task ReportAsync(LinkedShop shop, IEnumerable<UnreadableRow> rows, CancellationToken ct)
    {
        foreach (var row in rows.DistinctBy(r => r.Row))
            await EachAsync(shop, row.Row, context => OrderBilling.UnreadableAsync(context, row), ct);
    }

    private async Task ApplyAsync(LinkedShop shop, IShop client, IReadOnlyList<ShopOrder> orders, IReadOnlyList<ShopSubscription> subscriptions, bool isNews, CancellationToken ct)
    {
        // Echoes are about what is known already: nothing is missing beside them.
        var pulled = isNews ? await CompleteAsync(shop, client, orders, subscriptions, ct)
            : Pulled.Nothing with { Subscriptions = subscriptions.ToDictionary(s => s.Id) };
        // Contracts first, then the orders that renew them, then what the subscriptions look like after that.
        foreach (var subscription in pulled.Subscriptions.Values)
            await EachAsync(shop, new(ShopKind.Subscription, subscription.Id), c => SubscriptionBilling.OpenAsync(c, subscription, ProductRules.Match(settings, subscription, pulled.Products)), ct);
        // The first payment opens what the second renews: in the order of the payments, whenever they are read.
        foreach (var order in orders.OrderBy(o => o.PaidAt ?? o.ModifiedAt).ThenBy(o => o.Id))
            await EachAsync(shop, new(ShopKind.Order, order.Id), c => OrderBilling.ApplyAsync(c, order, pulled), ct);
        foreach (var subscription in pulled.Subscriptions.Values)
            await EachAsync(shop, new(ShopKind.Subscription, subscription.Id), c => SubscriptionBilling.ApplyAsync(c, subscription, ProductRules.Match(settings, subscription, pulled.Products)), ct);
    }

    // A paid renewal order needs its subscription read back; a category rule needs the products.
    private async Task<Pulled> CompleteAsync(LinkedShop shop, IShop client, IReadOnlyList<ShopOrder> orders, IReadOnlyList<ShopSubscription> subscriptions, CancellationToken ct)
    {
        var missing = shop.HasSubscriptions == 0 ? [] : orders.Select(o => o.RenewsSubscription).OfType<long>().Except(subscriptions.Select(s => s.Id)).ToList();
        IEnumerable<ShopSubscription> read = missing.Count == 0 ? subscriptions : [.. subscriptions, .. await client.SubscriptionsAsync(missing, ct, static _ => { })];
        // A sale that opened a subscription at the checkout looks like any other order: who opened what is asked before a product rule is. Older ones are known.
        var sales = shop.HasSubscriptions == 0 || shop.CursorAt is null || settings.Products.Count == 0 ? [] : orders.Where(o => !o.BelongsToSubscription && o.CreatedAt > After(shop).AddDays(-1)).ToList();
        if (sales.Count > 0)
            read = read.Concat(await client.SubscriptionsModifiedAfterAsync(sales.Min(o => o.CreatedAt).AddSeconds(-1), ct, static _ => { }).ToListAsync(ct));
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
    private async Task EachAsync(LinkedShop shop, ShopRef row, Func<BillingContext, Task> apply, CancellationToken ct)
    {
        try
        {
            await database.WriteAsync(s => apply(new BillingContext(s, shop, settings, clocks.Now)), ct);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            NotApplied(e, row.Kind, row.Id);
            await database.WriteAsync(s => OrderBilling.UnreadableAsync(new BillingContext(s, shop, settings, clocks.Now), new UnreadableRow(row, e.Message)), ct);
        }
    }

    [LoggerMessage(LogLevel.Error, "The {Kind} {Id} could not be applied; a task is open")]
    private partial void NotApplied(Exception e, ShopKind kind, long id);
}
