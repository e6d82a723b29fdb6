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

    /// <summary>Everything that changed since the last sync, and again what could not be read then. Returns how many orders, subscriptions and contracts were read.</summary>
    /// <exception cref="ShopException">The shop did not answer; nothing was skipped, the next sync starts from the same place.</exception>
    public async Task<int> SyncAsync(LinkedShop shop, CancellationToken ct)
    {
        var client = connector.Connect(shop);
        var unread = new Unread();
        var after = After(shop);
        var asked = clocks.Now.AddMilliseconds(shop.ClockSkewMs);
        var subscriptions = shop.HasSubscriptions == 1 ? await client.SubscriptionsModifiedAfterAsync(after, ct, unread.Add).ToListAsync(ct) : [];
        var orders = await client.OrdersModifiedAfterAsync(after, ct, unread.Add).ToListAsync(ct);
        (shop, var contracts) = await ContractsAsync(shop, client, unread, ct);
        shop = await NoteClockAsync(shop, client, ct);
        await ApplyAsync(shop, client, new Told(orders, subscriptions, [], [], IsNews: true) { Contracts = contracts }, unread, ct);
        await ReportAsync(shop, unread, ct);
        await RetryAsync(shop, unread, ct);
        var newest = orders.Select(o => o.ModifiedAt).Concat(subscriptions.Select(s => s.ModifiedAt)).DefaultIfEmpty(after).Max();
        // A row dated in the future, as a wrong clock of the shop leaves it, must not carry the cursor past what is still to come.
        await AdvanceAsync(shop, newest < asked ? newest : asked, asked, unread, ct);
        await AdvanceContractsAsync(shop, contracts, asked, unread, ct);
        return orders.Count + subscriptions.Count + contracts.Count;
    }

    /// <summary>These resources as they are now, and what changed since the last sync: the check before sending, and every webhook.</summary>
    /// <returns>The shop, with its clock as its answers showed it.</returns>
    /// <exception cref="ShopException">The shop did not answer.</exception>
    public async Task<LinkedShop> LookAsync(LinkedShop shop, IReadOnlyCollection<long> orderIds, IReadOnlyCollection<long> subscriptionIds, CancellationToken ct, IReadOnlyCollection<long>? contractIds = null) =>
        (await LookAsync(shop, new Told([], [], [.. orderIds], [.. subscriptionIds], IsNews: true) { ContractIds = [.. contractIds ?? []] }, ct)).Shop;

    /// <summary>What deliveries told, what they asked to look at and, where any of it is news, what else changed since the last sync.</summary>
    /// <returns>The shop, with its clock as its answers showed it, and what could not be read or applied.</returns>
    /// <exception cref="ShopException">The shop did not answer.</exception>
    internal async Task<(LinkedShop Shop, Unread Unread)> LookAsync(LinkedShop shop, Told told, CancellationToken ct)
    {
        var client = connector.Connect(shop);
        var unread = new Unread();
        var orders = told.OrderIds.Count > 0 ? await client.OrdersAsync(told.OrderIds, ct, unread.Add) : [];
        var subscriptions = told.SubscriptionIds.Count > 0 ? await client.SubscriptionsAsync(told.SubscriptionIds, ct, unread.Add) : [];
        // A webhook that overtook another must not tell the end of the story first: what happened since the last sync is read with it.
        var recent = told.IsNews && shop.CursorAt is not null ? await client.OrdersModifiedAfterAsync(After(shop), ct, unread.Add).ToListAsync(ct) : [];
        // Asked by their ids, contracts must be answered for: a reminder never leaves for one that the client may have refused meanwhile.
        IReadOnlyList<ShopContract> contracts = told.ContractIds.Count > 0 ? await client.ContractsAsync(told.ContractIds, ct, unread.Add) : [];
        (shop, var changed) = told.IsNews && shop.PluginCursorAt is not null ? await ContractsAsync(shop, client, unread, ct) : (shop, []);
        shop = await NoteClockAsync(shop, client, ct);
        List<ShopOrder> pulled = [.. orders.Concat(recent).DistinctBy(o => (o.Id, o.ModifiedAt))];
        // What was just pulled is at least as new as what a delivery said about it.
        pulled.AddRange(told.Orders.ExceptBy(pulled.Select(o => o.Id), o => o.Id));
        await ApplyAsync(shop, client, told with { Orders = pulled, Subscriptions = [.. subscriptions, .. told.Subscriptions], Contracts = Latest([.. contracts, .. changed, .. told.Contracts]) }, unread, ct);
        await ReportAsync(shop, unread, ct);
        foreach (var id in told.OrderIds.Except(orders.Select(o => o.Id)).Where(id => !unread.Has(new(ShopKind.Order, id))))
            await EachAsync(shop, new(ShopKind.Order, id), context => OrderBilling.GoneAsync(context, id), unread, ct);
        foreach (var id in told.SubscriptionIds.Except(subscriptions.Select(s => s.Id)).Where(id => !unread.Has(new(ShopKind.Subscription, id))))
            await EachAsync(shop, new(ShopKind.Subscription, id), context => SubscriptionBilling.GoneAsync(context, id), unread, ct);
        foreach (var id in told.ContractIds.Except(contracts.Select(c => c.Id)).Where(id => !unread.Has(new(ShopKind.Contract, id))))
            await EachAsync(shop, new(ShopKind.Contract, id), context => PluginBilling.GoneAsync(context, id), unread, ct);
        return (shop, unread);
    }

    /// <summary>Applies those of the orders that surely renew one known contract, while the shop cannot be asked. The pull tells the rest later.</summary>
    internal async Task TakeCertainAsync(LinkedShop shop, IEnumerable<ShopOrder> told, CancellationToken ct)
    {
        var unread = new Unread();
        foreach (var order in told.OrderBy(o => o.PaidAt ?? o.ModifiedAt).ThenBy(o => o.Id))
            await EachAsync(shop, new(ShopKind.Order, order.Id), context => OrderBilling.ApplyCertainAsync(context, order), unread, ct);
        await ReportAsync(shop, unread, ct);
    }

    private static DateTimeOffset After(LinkedShop shop) => shop.CursorAt is { } cursor ? Values.Instant(cursor) - Overlap : DateTimeOffset.UnixEpoch;

    private Task<LinkedShop> NoteClockAsync(LinkedShop shop, IShop client, CancellationToken ct)
    {
        var skew = ShopTime.SkewOf(shop, client, clocks);
        return ShopTime.IsNews(shop, skew) ? database.WriteAsync(s => ShopTime.NoteAsync(new BillingContext(s, shop, settings, clocks.Now), skew), ct) : Task.FromResult(shop);
    }

    // A row that does not say which one it is can only be found again by reading everything from the same place.
    private Task AdvanceAsync(LinkedShop shop, DateTimeOffset at, DateTimeOffset asked, Unread unread, CancellationToken ct) => database.WriteAsync(s => s.ExecuteAsync(
        unread.HasNameless
            ? "UPDATE shop SET unreachable_since = NULL, synced_at = @Now WHERE id = @Id"
            : "UPDATE shop SET cursor_at = CASE WHEN cursor_at > @At AND cursor_at <= @Asked THEN cursor_at ELSE @At END, unreachable_since = NULL, synced_at = @Now WHERE id = @Id",
        new { shop.Id, At = at.Millis(), Asked = asked.Millis(), Now = clocks.Now.Millis() }), ct);
}
