using Relance.Billing;
using Relance.Plugin;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;

namespace Relance.Sync;

public sealed partial class ShopPull
{
    // After the orders: whoever opened a contract by one of these has it in this list.
    private async Task<(LinkedShop Shop, IReadOnlyList<ShopContract> Contracts)> ContractsAsync(LinkedShop shop, IShop client, Unread unread, CancellationToken ct)
    {
        if (!shop.HasPlugin)
            return (shop, []);
        try
        {
            var after = shop.PluginCursorAt is { } cursor ? Values.Instant(cursor) - Overlap : DateTimeOffset.UnixEpoch;
            return (shop, Latest(await client.ContractsModifiedAfterAsync(after, ct, unread.Add).ToListAsync(ct)));
        }
        catch (ShopException gone) when (gone.Code == RestErrors.NoRoute)
        {
            // Everything else of the shop goes on; the check of the link finds it again.
            return (await database.WriteAsync(s => PluginPresence.NoteAsync(new BillingContext(s, shop, settings, clocks.Now), null), ct), []);
        }
    }

    // What changed while the list was read is in it twice.
    private static IReadOnlyList<ShopContract> Latest(IReadOnlyList<ShopContract> rows) => [.. rows.GroupBy(row => row.Id).Select(same => same.MaxBy(row => row.ModifiedAt)!)];

    // Which orders tell the VAT and the payments of these contracts, where the pull has not brought them.
    private async Task<Dictionary<long, ShopOrder>> OrdersOfAsync(LinkedShop shop, IShop client, IReadOnlyList<ShopContract> contracts, IReadOnlyList<ShopOrder> orders, Unread unread, CancellationToken ct)
    {
        var all = orders.GroupBy(order => order.Id).ToDictionary(same => same.Key, same => same.MaxBy(order => order.ModifiedAt)!);
        if (contracts.Count == 0)
            return all;
        var news = await database.ReadAsync(s => PluginBilling.NewsAsync(s, shop.Id, contracts), ct);
        var missing = news.SelectMany(row => (long[])[row.OrderId, row.LatestOrderId]).Where(id => id > 0 && !all.ContainsKey(id)).Distinct().ToList();
        foreach (var order in missing.Count == 0 ? [] : await client.OrdersAsync(missing, ct, unread.Add))
            all[order.Id] = order;
        return all;
    }

    private Task<IReadOnlyList<ShopContract>> NewsAsync(LinkedShop shop, IReadOnlyList<ShopContract> contracts, CancellationToken ct) =>
        contracts.Count == 0 ? Task.FromResult(contracts) : database.ReadAsync(s => PluginBilling.NewsAsync(s, shop.Id, contracts), ct);

    private Task AdvanceContractsAsync(LinkedShop shop, IReadOnlyList<ShopContract> contracts, DateTimeOffset asked, Unread unread, CancellationToken ct)
    {
        var newest = contracts.Select(row => row.ModifiedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
        var at = newest < asked ? newest : asked;
        return !shop.HasPlugin || unread.HasNameless ? Task.CompletedTask : database.WriteAsync(
            s => s.ExecuteAsync("UPDATE shop SET plugin_cursor_at = @At WHERE id = @Id AND (plugin_cursor_at IS NULL OR plugin_cursor_at < @At)", new { shop.Id, At = at.Millis() }), ct);
    }
}
