using System.Globalization;
using System.Runtime.CompilerServices;

namespace Relance.Shops.WooCommerce;

/// <summary>A WooCommerce shop over its REST API (<c>wc/v3</c>). Made by <see cref="ShopFactory"/>.</summary>
/// <remarks>The rules about the wire were recorded from WooCommerce 11.0.1 and WooCommerce Subscriptions 9.0.0.</remarks>
internal sealed partial class WooCommerceShop(RestClient rest, Uri url, ILogger log) : IShop
{
    private const string OrderFields = "id,number,status,created_via,customer_id,billing,currency,total,payment_method,payment_url,"
        + "needs_payment,date_created_gmt,date_modified_gmt,date_paid_gmt,line_items,meta_data";

    private const string SubscriptionFields = OrderFields + ",parent_id,billing_period,billing_interval,requires_manual_renewal,"
        + "start_date_gmt,next_payment_date_gmt,end_date_gmt,cancelled_date_gmt";

    /// <summary>How the shop recognised us: to be stored and given back to the factory.</summary>
    public ShopAuth Auth => rest.Auth;

    /// <inheritdoc/>
    public ClockReading? Clock => rest.Clock;

    /// <summary>A PHP warning or byte order mark that a plugin prints in front of the JSON; null where nothing did.</summary>
    public string? Warning => rest.Warning;

    /// <inheritdoc/>
    public IAsyncEnumerable<ShopOrder> OrdersModifiedAfterAsync(DateTimeOffset after, CancellationToken ct, Action<UnreadableRow>? unreadable = null) =>
        ModifiedAfterAsync("wc/v3/orders", OrderFields, after, WireMapping.Order, order => (order.Id, order.ModifiedAt), unreadable, ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShopSubscription> SubscriptionsModifiedAfterAsync(
        DateTimeOffset after, [EnumeratorCancellation] CancellationToken ct, Action<UnreadableRow>? unreadable = null)
    {
        if (!await HasSubscriptionsAsync(ct))
            yield break;
        var account = await AccountPageAsync(ct);
        await foreach (var row in ModifiedAfterAsync(
            "wc/v3/subscriptions", SubscriptionFields, after, row => WireMapping.Subscription(row, account), s => (s.Id, s.ModifiedAt), unreadable, ct))
            yield return row;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShopOrder>> OrdersAsync(IReadOnlyCollection<long> ids, CancellationToken ct, Action<UnreadableRow>? unreadable = null) =>
        IncludedAsync("wc/v3/orders", OrderFields, ids, WireMapping.Order, unreadable, ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ShopSubscription>> SubscriptionsAsync(IReadOnlyCollection<long> ids, CancellationToken ct, Action<UnreadableRow>? unreadable = null)
    {
        if (ids.Count == 0)
            return [];
        var account = await AccountPageAsync(ct);
        return await IncludedAsync("wc/v3/subscriptions", SubscriptionFields, ids, row => WireMapping.Subscription(row, account), unreadable, ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ShopOrder>> OrdersCreatedViaAsync(string createdVia, long customerId, DateTimeOffset createdAfter, CancellationToken ct)
    {
        List<(string, string)> query =
        [
            ("created_via", createdVia), ("after", Instant(createdAfter)), ("dates_are_gmt", "true"), ("orderby", "id"), ("order", "asc"),
            ("_fields", OrderFields),
        ];
        if (customerId > 0) // 0 is a guest: the filter would mean "any"
            query.Add(("customer", customerId.ToString(CultureInfo.InvariantCulture)));
        List<ShopOrder> found = [];
        foreach (var status in (string[])["any", "trash"]) // one that somebody trashed was made all the same
            await foreach (var row in PagesAsync("wc/v3/orders", [.. query, ("status", status)], ct))
                if (row.CreatedVia == createdVia || (row.Order is null && row.CreatedVia.Length == 0)) // one that cannot be read may be it: better no order than two
                    found.Add(Map("wc/v3/orders", row, WireMapping.Order, null)!);
        return found;
    }

    /// <inheritdoc/>
    public async Task<ShopProduct?> ProductAsync(long productId, CancellationToken ct)
    {
        try
        {
            var (product, _) = await rest.ReadAsync(
                RestCall.Get(Path("wc/v3/products", productId), ("_fields", "id,sku,categories")), WireJson.Default.WireProduct, ct);
            return Product(product);
        }
        catch (ShopException gone) when (gone.Fault == ShopFault.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<ShopProduct?> ProductBySkuAsync(string sku, CancellationToken ct)
    {
        var (products, _) = await rest.ReadAsync(RestCall.Get("wc/v3/products", ("sku", sku), ("_fields", "id,sku,categories")), WireJson.Default.WireProductArray, ct);
        // The filter takes a list: a SKU with a comma in it would mean two.
        return products.FirstOrDefault(p => string.Equals(p.Sku, sku, StringComparison.OrdinalIgnoreCase)) is { } product ? Product(product) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> NotesAsync(ShopRef target, CancellationToken ct)
    {
        var (notes, _) = await rest.ReadAsync(RestCall.Get(Path(target) + "/notes", ("_fields", "id,note")), WireJson.Default.WireNoteArray, ct);
        return Array.ConvertAll(notes, note => note.Note ?? "");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ShopWebhook>> WebhooksAsync(CancellationToken ct)
    {
        List<ShopWebhook> all = [];
        for (var page = 1; ; page++)
        {
            var (rows, answer) = await rest.ReadAsync(
                RestCall.Get("wc/v3/webhooks", ("status", "all"), ("per_page", "100"), ("page", page.ToString(CultureInfo.InvariantCulture))),
                WireJson.Default.WireWebhookArray, ct);
            all.AddRange(rows.Select(Webhook));
            if (rows.Length == 0 || (answer.Pages is { } pages ? page >= pages : rows.Length < PageSize))
                return all;
        }
    }

    private static ShopProduct Product(WireProduct product) => new(
        product.Id, product.Sku ?? "", [.. (product.Categories ?? []).SelectMany(c => new[] { c.Id.ToString(CultureInfo.InvariantCulture), c.Slug })]);

    private static ShopWebhook Webhook(WireWebhook row) =>
        new(row.Id, row.Name ?? "", row.Topic ?? "", row.Status ?? "", Uri.TryCreate(row.DeliveryUrl, UriKind.Absolute, out var to) ? to : null);
}
