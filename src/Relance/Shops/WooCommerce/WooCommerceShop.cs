using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace Relance.Shops.WooCommerce;

/// <summary>A WooCommerce shop over its REST API (<c>wc/v3</c>). Made by <see cref="ShopFactory"/>.</summary>
/// <remarks>The rules about the wire were recorded from WooCommerce 11.0.1 and WooCommerce Subscriptions 9.0.0.</remarks>
internal sealed partial class WooCommerceShop(RestClient rest, Uri url) : IShop
{
    private const string OrderFields = "id,number,status,created_via,customer_id,billing,currency,total,payment_method,payment_url,"
        + "needs_payment,date_created_gmt,date_modified_gmt,date_paid_gmt,line_items,meta_data";

    private const string SubscriptionFields = OrderFields + ",parent_id,billing_period,billing_interval,requires_manual_renewal,"
        + "start_date_gmt,next_payment_date_gmt,end_date_gmt";

    /// <summary>How the shop recognised us: to be stored and given back to the factory.</summary>
    public ShopAuth Auth => rest.Auth;

    /// <summary>A PHP warning or byte order mark that a plugin prints in front of the JSON; null where nothing did.</summary>
    public string? Warning => rest.Warning;

    /// <inheritdoc/>
    public async Task<ShopIdentity> IdentityAsync(CancellationToken ct)
    {
        // Without _fields the index is 1.5 MB of route descriptions.
        var (index, answer) = await rest.ReadAsync(
            RestCall.Get("", ("_fields", "name,home,url,timezone_string,gmt_offset")), WireJson.Default.WireIndex, ct);
        var (currency, _) = await rest.ReadAsync(RestCall.Get("wc/v3/data/currencies/current", ("_fields", "code")), WireJson.Default.WireCurrency, ct);
        var (status, _) = await rest.ReadAsync(RestCall.Get("wc/v3/system_status", ("_fields", "environment.version")), WireJson.Default.WireStatus, ct);
        var home = string.IsNullOrEmpty(index.Home) ? index.Url : index.Home;
        return new(
            Uri.TryCreate(home, UriKind.Absolute, out var site) ? site : throw new ShopException(ShopFault.Unreadable, $"GET wp-json/: home: expected an address, got '{home}'."),
            WebUtility.HtmlDecode(index.Name ?? ""), Zone(index), currency.Code, await HasSubscriptionsAsync(ct),
            answer.Headers.Date ?? throw new ShopException(ShopFault.Unreadable, "GET wp-json/: the Date header is missing."),
            status.Environment?.Version ?? "");
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ShopOrder> OrdersModifiedAfterAsync(DateTimeOffset after, CancellationToken ct) =>
        ModifiedAfterAsync("wc/v3/orders", OrderFields, after, WireMapping.Order, order => (order.Id, order.ModifiedAt), ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShopSubscription> SubscriptionsModifiedAfterAsync(DateTimeOffset after, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!await HasSubscriptionsAsync(ct))
            yield break;
        await foreach (var row in ModifiedAfterAsync("wc/v3/subscriptions", SubscriptionFields, after, Subscription, s => (s.Id, s.ModifiedAt), ct))
            yield return row;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShopOrder>> OrdersAsync(IReadOnlyCollection<long> ids, CancellationToken ct) =>
        IncludedAsync("wc/v3/orders", OrderFields, ids, WireMapping.Order, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShopSubscription>> SubscriptionsAsync(IReadOnlyCollection<long> ids, CancellationToken ct) =>
        IncludedAsync("wc/v3/subscriptions", SubscriptionFields, ids, Subscription, ct);

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
                if (row.CreatedVia == createdVia)
                    found.Add(Map(row, WireMapping.Order));
        return found;
    }

    /// <inheritdoc/>
    public async Task<ShopProduct?> ProductAsync(long productId, CancellationToken ct)
    {
        try
        {
            var (product, _) = await rest.ReadAsync(
                RestCall.Get(Path("wc/v3/products", productId), ("_fields", "id,sku,categories")), WireJson.Default.WireProduct, ct);
            return new(product.Id, product.Sku ?? "",
                [.. (product.Categories ?? []).SelectMany(c => new[] { c.Id.ToString(CultureInfo.InvariantCulture), c.Slug })]);
        }
        catch (ShopException gone) when (gone.Fault == ShopFault.NotFound)
        {
            return null;
        }
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

    /// <inheritdoc/>
    public async Task<bool> MailsPaidOrdersAsync(CancellationToken ct) =>
        await MailsAsync("customer_processing_order", ct) || await MailsAsync("customer_completed_order", ct);

    // The settings group of a mail is "email_" + its id. A shop without that group has that mail removed: it sends nothing.
    private async Task<bool> MailsAsync(string mail, CancellationToken ct)
    {
        try
        {
            var (setting, _) = await rest.ReadAsync(RestCall.Get($"wc/v3/settings/email_{mail}/enabled"), WireJson.Default.WireSetting, ct);
            return WireMapping.Value(setting.Value) == "yes";
        }
        catch (ShopException none) when (none.Fault == ShopFault.NotFound)
        {
            return false;
        }
    }

    // Asked each time: an extension that is being updated is away for a minute only.
    private async Task<bool> HasSubscriptionsAsync(CancellationToken ct)
    {
        try
        {
            await rest.SendAsync(RestCall.Get("wc/v3/subscriptions", ("per_page", "1"), ("_fields", "id")), ct);
            return true;
        }
        catch (ShopException none) when (none.Code == RestErrors.NoRoute)
        {
            return false;
        }
    }

    // PHP's offset zones have no daylight saving; IANA's Etc zones have the opposite sign.
    private static string Zone(WireIndex index)
    {
        if (!string.IsNullOrEmpty(index.TimezoneString))
            return index.TimezoneString;
        if (!decimal.TryParse(index.GmtOffset, NumberStyles.Float, CultureInfo.InvariantCulture, out var offset) || offset != decimal.Truncate(offset))
            throw new ShopException(ShopFault.Unreadable, $"GET wp-json/: gmt_offset: expected whole hours or a named time zone, got '{index.GmtOffset}'; set a city in the shop's settings.");
        return offset == 0 ? "Etc/UTC" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(offset > 0 ? '-' : '+')}{Math.Abs(offset):0}");
    }

    // WooCommerce's own address of the page, as its mails have it; the account page's slug may be another in a translated shop.
    private ShopSubscription Subscription(WireOrder row) => WireMapping.Subscription(row, new Uri(url, "my-account/"));

    private static ShopWebhook Webhook(WireWebhook row) =>
        new(row.Id, row.Name ?? "", row.Topic ?? "", row.Status ?? "", Uri.TryCreate(row.DeliveryUrl, UriKind.Absolute, out var to) ? to : null);
}
