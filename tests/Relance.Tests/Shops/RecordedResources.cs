using System.Globalization;
using System.Text;
using System.Text.Json;
using Relance.Domain.Billing;
using Relance.Shops;
using Relance.Shops.WooCommerce;

namespace Relance.Tests.Shops;

/// <summary>Every recorded order and subscription, in answers and in deliveries, compared field by field with the JSON read independently.</summary>
public sealed class RecordedResources
{
    private static readonly Uri s_account = new("https://shop.example/my-account/");

    [Fact]
    public void Every_recorded_order_parses_to_the_values_in_the_file()
    {
        var orders = Bodies(subscriptions: false).ToList();
        foreach (var (name, json) in orders)
            Compare(name, json, WireMapping.Order(Wire(json)));
        orders.Count.ShouldBeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public void Every_recorded_subscription_parses_to_the_values_in_the_file()
    {
        var subscriptions = Bodies(subscriptions: true).ToList();
        foreach (var (name, json) in subscriptions)
            Compare(name, json, WireMapping.Subscription(Wire(json), s_account));
        subscriptions.Count.ShouldBeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public void The_page_of_a_subscription_is_where_the_shops_own_mails_say()
    {
        var subscription = Bodies(subscriptions: true).First().Json;
        var parsed = WireMapping.Subscription(Wire(subscription) with { Id = 1046 }, new("http://127.0.0.1:8780/my-account/"));
        parsed.ViewUrl.ShouldBe(new("http://127.0.0.1:8780/my-account/view-subscription/1046/"));
    }

    [Theory]
    [InlineData("\"date_modified_gmt\":\"2026-11-21T21", "\"date_modified_gmt\":\"21/11/2026 21", "date_modified_gmt")]
    [InlineData("\"total\":\"144.00\"", "\"total\":\"144,00\"", "total")]
    [InlineData("\"date_created_gmt\":", "\"other\":", "date_created_gmt")]
    public void A_field_that_cannot_be_read_is_named(string from, string to, string field)
    {
        var body = Encoding.UTF8.GetString(Recording.Load("111_get_order.json").Answer);
        body.ShouldContain(from);
        var wire = JsonSerializer.Deserialize(body.Replace(from, to), WireJson.Default.WireOrder)!;
        Should.Throw<FormatException>(() => WireMapping.Order(wire)).Message.ShouldContain(field);
    }

    private static WireOrder Wire(JsonElement json) => JsonSerializer.Deserialize(json.GetRawText(), WireJson.Default.WireOrder)!;

    private static IEnumerable<(string Name, JsonElement Json)> Bodies(bool subscriptions) =>
        from recording in Recording.All()
        from body in Resources(recording)
        where body.TryGetProperty("line_items", out _) && body.TryGetProperty("payment_url", out _) && body.TryGetProperty("billing_period", out _) == subscriptions
        select (recording.Name, body);

    private static IEnumerable<JsonElement> Resources(Recording recording)
    {
        var bytes = recording.Root.TryGetProperty("body_base64", out var delivered) ? delivered.GetBytesFromBase64()
            : recording.RequestLine is { } line && line.Contains("/wc/v3/", StringComparison.Ordinal) && recording.Status is 200 or 201 ? recording.Answer : null;
        if (bytes is null || !RestBody.TryFind(bytes, out var json, out _))
            return [];
        var root = JsonDocument.Parse(json).RootElement;
        return root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object) : [root];
    }

    private static void Compare(string name, JsonElement json, ShopOrder order)
    {
        order.Id.ShouldBe(json.GetProperty("id").GetInt64(), name);
        order.Number.ShouldBe(Text(json, "number"), name);
        order.Status.ShouldBe(Text(json, "status"), name);
        order.CreatedVia.ShouldBe(Text(json, "created_via"), name);
        order.CustomerId.ShouldBe(json.GetProperty("customer_id").GetInt64(), name);
        order.Total.ShouldBe(Money.Parse(Text(json, "total"), Text(json, "currency")), name);
        order.PaymentMethod.ShouldBe(Text(json, "payment_method"), name);
        order.PaymentUrl?.OriginalString.ShouldBe(Text(json, "payment_url"), name);
        order.NeedsPayment.ShouldBe(json.GetProperty("needs_payment").GetBoolean(), name);
        order.CreatedAt.ShouldBe(Instant(json, "date_created_gmt")!.Value, name);
        order.ModifiedAt.ShouldBe(Instant(json, "date_modified_gmt")!.Value, name);
        order.PaidAt.ShouldBe(Instant(json, "date_paid_gmt"), name);
        Compare(name, json, order.Billing, order.Lines, order.Meta);
        order.RenewsSubscription.ShouldBe(order.Meta.TryGetValue("_subscription_renewal", out var id) ? long.Parse(id) : null, name);
    }

    private static void Compare(string name, JsonElement json, ShopSubscription subscription)
    {
        subscription.Id.ShouldBe(json.GetProperty("id").GetInt64(), name);
        subscription.Number.ShouldBe(Text(json, "number"), name);
        subscription.Status.ShouldBe(Text(json, "status"), name);
        subscription.ParentOrderId.ShouldBe(json.GetProperty("parent_id").GetInt64(), name);
        subscription.CustomerId.ShouldBe(json.GetProperty("customer_id").GetInt64(), name);
        subscription.Total.ShouldBe(Money.Parse(Text(json, "total"), Text(json, "currency")), name);
        subscription.PaymentMethod.ShouldBe(Text(json, "payment_method"), name);
        subscription.RequiresManualRenewal.ShouldBe(json.GetProperty("requires_manual_renewal").GetBoolean(), name);
        subscription.BillingPeriod.ShouldBe(Text(json, "billing_period"), name);
        subscription.BillingInterval.ShouldBe(int.Parse(Text(json, "billing_interval")), name);
        subscription.StartAt.ShouldBe(Instant(json, "start_date_gmt"), name);
        subscription.NextPaymentAt.ShouldBe(Instant(json, "next_payment_date_gmt"), name);
        subscription.EndAt.ShouldBe(Instant(json, "end_date_gmt"), name);
        subscription.CreatedAt.ShouldBe(Instant(json, "date_created_gmt")!.Value, name);
        subscription.ModifiedAt.ShouldBe(Instant(json, "date_modified_gmt")!.Value, name);
        Compare(name, json, subscription.Billing, subscription.Lines, subscription.Meta);
    }

    private static void Compare(string name, JsonElement json, ShopBilling billing, IReadOnlyList<ShopLine> lines, IReadOnlyDictionary<string, string> meta)
    {
        var from = json.GetProperty("billing");
        billing.ShouldBe(new(Text(from, "first_name"), Text(from, "last_name"), Text(from, "company"), Text(from, "email"), Text(from, "phone"), Text(from, "country"))
        {
            Address1 = Text(from, "address_1"),
            Address2 = Text(from, "address_2"),
            Postcode = Text(from, "postcode"),
            City = Text(from, "city"),
            State = Text(from, "state"),
        }, name);
        var currency = Text(json, "currency");
        lines.ShouldBe(json.GetProperty("line_items").EnumerateArray().Select(line => new ShopLine(
            line.GetProperty("id").GetInt64(), Text(line, "name"), line.GetProperty("product_id").GetInt64(), line.GetProperty("variation_id").GetInt64(),
            Text(line, "sku"), line.GetProperty("quantity").GetInt32(), Money.Parse(Text(line, "total"), currency), Money.Parse(Text(line, "total_tax"), currency))), name);
        meta.Count.ShouldBe(json.GetProperty("meta_data").EnumerateArray().Select(m => Text(m, "key")).Distinct().Count(), name);
        foreach (var item in json.GetProperty("meta_data").EnumerateArray())
            meta[Text(item, "key")].ShouldBe(item.GetProperty("value") is { ValueKind: JsonValueKind.String } text ? text.GetString() : item.GetProperty("value").GetRawText(), name);
    }

    private static string Text(JsonElement json, string field) => json.GetProperty(field).GetString() ?? "";

    private static DateTimeOffset? Instant(JsonElement json, string field) =>
        json.GetProperty(field).GetString() is { Length: > 0 } text ? DateTimeOffset.Parse(text + "+00:00", CultureInfo.InvariantCulture) : null;
}
