using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Relance.Shops.WooCommerce;

internal sealed partial class WooCommerceShop
{
    // WordPress stores a note in a column of 65,535 bytes; a longer one is a 500, which would look as if it might have been written.
    private const int LongestNote = 65_000;

    /// <inheritdoc/>
    public async Task<ShopOrder> CreateOrderAsync(NewOrder order, CancellationToken ct)
    {
        var call = Write(HttpMethod.Post, "wc/v3/orders", Sent(order), WireJson.Default.SendOrder) with { Creates = true };
        var (made, _) = await rest.ReadAsync(call, WireJson.Default.WireOrder, ct);
        try
        {
            return WireMapping.Order(made);
        }
        catch (FormatException wrong)
        {
            throw RestErrors.Unreadable(call, wrong.Message, wrong);
        }
    }

    /// <inheritdoc/>
    public async Task SetStatusAsync(ShopRef target, string status, CancellationToken ct)
    {
        var call = Write(HttpMethod.Put, Path(target), new SendStatus(status), WireJson.Default.SendStatus);
        var (now, _) = await rest.ReadAsync(call, WireJson.Default.WireRef, ct);
        // WooCommerce may answer 200 and leave the status as it was. Shops that complete paid orders by themselves do so at once.
        if (now.Status != status && (status, now.Status) != ("processing", "completed"))
            throw new ShopException(ShopFault.Invalid, $"{call}: asked for '{status}', the shop answers 200 and keeps '{now.Status}'.", "status_unchanged");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ShopException?>> SetMetadataAsync(
        IReadOnlyList<(ShopRef Target, IReadOnlyDictionary<string, string> Values)> items, CancellationToken ct)
    {
        if (items.Count == 0)
            return [];
        if (items.Count > PageSize || items.Any(item => item.Target.Kind != items[0].Target.Kind))
            throw new ArgumentException($"items: expected at most {PageSize} of one kind, got {items.Count}.", nameof(items));
        var body = new SendBatch(items.Select(item => new SendMetadata(item.Target.Id, Meta(item.Values))));
        var call = Write(HttpMethod.Post, Collection(items[0].Target.Kind) + "/batch", body, WireJson.Default.SendBatch);
        var (answer, _) = await rest.ReadAsync(call, WireJson.Default.WireBatch, ct);
        var byId = (answer.Update ?? []).ToLookup(row => row.Id);
        return [.. items.Select(item => ItemError(item.Target, byId[item.Target.Id].FirstOrDefault()))];
    }

    /// <inheritdoc/>
    public async Task AddPrivateNoteAsync(ShopRef target, string text, CancellationToken ct)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) > LongestNote)
            throw new ShopException(ShopFault.Invalid, $"note: expected at most {LongestNote} bytes.");
        var call = Write(HttpMethod.Post, Path(target) + "/notes", new SendNote(text, CustomerNote: false), WireJson.Default.SendNote) with { Creates = true };
        await rest.SendAsync(call, ct);
    }

    /// <inheritdoc/>
    public async Task<ShopWebhook> CreateWebhookAsync(string name, string topic, Uri deliveryUrl, string secret, CancellationToken ct)
    {
        var body = new SendWebhook(name, topic, deliveryUrl.AbsoluteUri, secret, "active");
        var call = Write(HttpMethod.Post, "wc/v3/webhooks", body, WireJson.Default.SendWebhook) with { Creates = true };
        var (made, _) = await rest.ReadAsync(call, WireJson.Default.WireWebhook, ct);
        return Webhook(made);
    }

    /// <inheritdoc/>
    public Task DeleteWebhookAsync(long id, CancellationToken ct) =>
        // Webhooks know no trash: without force the shop answers 501.
        rest.SendAsync(new(HttpMethod.Delete, Path("wc/v3/webhooks", id)) { Query = RestCall.Pairs(("force", "true")) }, ct);

    private static SendOrder Sent(NewOrder order) => new(
        "pending", order.CreatedVia, order.CustomerId, order.Currency,
        new(Given(order.Billing.FirstName), Given(order.Billing.LastName), Given(order.Billing.Company), Given(order.Billing.Email),
            Given(order.Billing.Phone), Given(order.Billing.Country), Given(order.Billing.Address1), Given(order.Billing.Address2),
            Given(order.Billing.Postcode), Given(order.Billing.City), Given(order.Billing.State)),
        order.Lines.Select(line => new SendLine(
            line.ProductId, line.VariationId == 0 ? null : line.VariationId, line.Quantity, Decimal(line.Total.Major), Decimal(line.Total.Major))),
        Meta(order.Meta));

    // An empty e-mail is a 400: what is unknown is left out.
    private static string? Given(string value) => value.Length == 0 ? null : value;

    private static string Decimal(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<SendMeta> Meta(IReadOnlyDictionary<string, string> values) => values.Select(pair => new SendMeta(pair.Key, pair.Value));

    private static ShopException? ItemError(ShopRef target, WireBatchItem? row) => row switch
    {
        null => new(ShopFault.Unreadable, $"{Path(target)}: the shop's answer to the batch leaves it out.", ambiguous: true),
        // In a batch an unknown id comes as 400, where the single route says 404.
        { Error: { } error } => new(
            error.Code?.EndsWith("_invalid_id", StringComparison.Ordinal) == true || error.Data?.Status is 404 or 410 ? ShopFault.NotFound
            : error.Data?.Status is 401 or 403 ? ShopFault.Refused
            : error.Data?.Status >= 500 ? ShopFault.Unreachable : ShopFault.Invalid,
            $"{Path(target)}: {error.Code}: {RestBody.Plain(error.Message ?? "")}", error.Code),
        _ => null,
    };

    private static RestCall Write<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type) =>
        new(method, path) { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}
