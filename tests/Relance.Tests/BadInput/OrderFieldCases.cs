using System.Text.Json.Nodes;
using Relance.Shops;
using Relance.Tests.Shops;
using static Relance.Tests.Shops.ScriptedShop;

namespace Relance.Tests.BadInput;

/// <summary>One field of an order is wrong; a second order beside it is right, and must come through.</summary>
internal static class OrderFieldCases
{
    private const string Way = "One field of one order in a shop's answer; the order beside it is right and is read each time.";

    public static Family Dates { get; } = new("Dates of orders", Way, () => Family.EachAsync(DateCases, AnswerAsync));

    public static Family Amounts { get; } = new("Amounts of orders", Way, () => Family.EachAsync(AmountCases, AnswerAsync));

    public static Family Others { get; } = new("Other fields of orders", Way, () => Family.EachAsync(OtherCases, AnswerAsync));

    private static IEnumerable<(string, (string, JsonNode?))> DateCases =>
    [
        Date("`\"hier\"`", "hier"),
        Date("an empty text", ""),
        Date("null", null),
        Date("31 February", "2026-02-31T10:00:00"),
        Date("29 February of no leap year", "2026-02-29T10:00:00"),
        Date("29 February of a leap year", "2028-02-29T10:00:00"),
        Date("hour 24", "2026-01-01T24:00:00"),
        Date("second 60", "2026-06-30T23:59:60"),
        Date("French order", "31/12/2026 10:00:00"),
        Date("American order", "12/31/2026"),
        Date("a date alone", "2026-12-31"),
        Date("year 0000, as an empty MySQL date", "0000-00-00T00:00:00"),
        Date("year 9999", "9999-12-31T23:59:59"),
        Date("a number", 1764000000),
        Date("an object", new JsonObject()),
        Date("an offset", "2026-11-21T21:34:18+01:00"),
        Date("a Z", "2026-11-21T21:34:18Z"),
        Date("a space between", "2026-11-21 21:34:18"),
        Date("milliseconds", "2026-11-21T21:34:18.123"),
        ("`date_paid_gmt`: a text", ("date_paid_gmt", "oui")),
        ("`date_modified_gmt`: missing", ("date_modified_gmt", null)),
    ];

    private static IEnumerable<(string, (string, JsonNode?))> AmountCases =>
    [
        Total("a word", "douze"),
        Total("an empty text", ""),
        Total("null", null),
        Total("a comma", "144,00"),
        Total("a space in the thousands", "1 440.00"),
        Total("a comma in the thousands", "1,440.00"),
        Total("with its currency", "144.00 €"),
        Total("a number", 144.5),
        Total("negative", "-144.00"),
        Total("three decimals", "144.005"),
        Total("an exponent", "1e3"),
        Total("hexadecimal", "0x90"),
        Total("NaN", "NaN"),
        Total("Infinity", "Infinity"),
        Total("twenty digits", "99999999999999999999.00"),
        Total("forty digits", new string('9', 40)),
        Total("Arabic digits", "١٤٤"),
        Total("an array", new JsonArray()),
        ("`currency`: empty", ("currency", "")),
        ("`currency`: four letters", ("currency", "EURO")),
        ("`currency`: no such one", ("currency", "XYZ")),
        ("`currency`: yen, without decimals", ("currency", "JPY")),
        ("a line's `total`: a word", ("line_items", JsonNode.Parse("""[{"id":1,"name":"M","product_id":11,"variation_id":0,"sku":"","quantity":1,"total":"x","total_tax":"0"}]"""))),
        ("a line's `quantity`: a half", ("line_items", JsonNode.Parse("""[{"id":1,"name":"M","product_id":11,"variation_id":0,"sku":"","quantity":0.5,"total":"1","total_tax":"0"}]"""))),
    ];

    private static IEnumerable<(string, (string, JsonNode?))> OtherCases =>
    [
        ("`id`: 0", ("id", 0)),
        ("`id`: a text", ("id", "douze")),
        ("`status`: empty", ("status", "")),
        ("`status`: unknown", ("status", "wc-kiosk")),
        ("`status`: null", ("status", null)),
        ("`number`: null", ("number", null)),
        ("`number`: markup", ("number", "<b>1</b>")),
        ("`billing`: null", ("billing", null)),
        ("`billing`: a list", ("billing", new JsonArray())),
        ("`billing.email`: no address", ("billing", new JsonObject { ["email"] = "pas une adresse" })),
        ("`line_items`: null", ("line_items", null)),
        ("`line_items`: a text", ("line_items", "x")),
        ("`meta_data`: null", ("meta_data", null)),
        ("`meta_data`: a key twice", ("meta_data", JsonNode.Parse("""[{"key":"a","value":"1"},{"key":"a","value":"2"}]"""))),
        ("`payment_url`: javascript", ("payment_url", "javascript:alert(1)")),
        ("`payment_url`: no address", ("payment_url", "paiement")),
        ("`customer_id`: in quotes", ("customer_id", "2")),
        ("`customer_id`: negative", ("customer_id", -2)),
        ("a field nobody knows", ("surprise", new JsonObject { ["a"] = 1 })),
    ];

    private static (string, (string, JsonNode?)) Date(string name, JsonNode? value) => ($"`date_created_gmt`: {name}", ("date_created_gmt", value));

    private static (string, (string, JsonNode?)) Total(string name, JsonNode? value) => ($"`total`: {name}", ("total", value));

    private static async Task<string> AnswerAsync((string Field, JsonNode? Value) change)
    {
        var (wrong, right) = (Order(12), Order(13));
        wrong[change.Field] = change.Value?.DeepClone();
        await using var shop = new ScriptedShop((_, _) => Json($"[{wrong.ToJsonString()},{right.ToJsonString()}]"));
        using var factory = new ShopFactory(limits: new() { Retries = 0 });
        var unreadable = new List<string>();
        try
        {
            var orders = await factory.WooCommerce(new(shop.Url, "ck_0123456789", "cs_verysecret", AllowPrivateAddress: true)).OrdersAsync([12, 13], default, row => unreadable.Add(row.Why));
            orders.ShouldContain(order => order.Id == 13);
            var read = orders.FirstOrDefault(order => order.Id == 12);
            return unreadable.Count > 0 ? $"set aside with a task: {unreadable.ShouldHaveSingleItem()}" : read is null ? "not in the answer: taken for deleted" : Shown(read, change.Field);
        }
        catch (ShopException fault)
        {
            return $"the whole answer is {fault.Fault.ToString().ToLowerInvariant()}: {fault.Message.Replace(shop.Url.Authority, "shop", StringComparison.Ordinal)}";
        }
    }

    private static string Shown(ShopOrder order, string field) => "read: " + field switch
    {
        "date_created_gmt" => $"created {order.CreatedAt:yyyy-MM-dd HH:mm:ss'Z'}",
        "date_modified_gmt" => $"modified {order.ModifiedAt:yyyy-MM-dd HH:mm:ss'Z'}",
        "total" or "currency" => $"{order.Total.Minor} minor units of {order.Total.Currency}",
        "line_items" => string.Join(", ", order.Lines.Select(line => $"{line.Quantity} × {line.Total.Minor}")) is { Length: > 0 } lines ? lines : "no lines",
        "status" => order.Status,
        "number" => order.Number,
        "billing" => order.Billing.Email.Length > 0 ? order.Billing.Email : "no address",
        "meta_data" => string.Join(", ", order.Meta.Select(meta => $"{meta.Key}={meta.Value}")) is { Length: > 0 } meta ? meta : "no meta",
        "customer_id" => $"customer {order.CustomerId}",
        _ => "as if it were not there",
    };

    private static JsonObject Order(long id) => new()
    {
        ["id"] = id,
        ["number"] = $"{id}",
        ["status"] = "completed",
        ["created_via"] = "checkout",
        ["parent_id"] = 0,
        ["customer_id"] = 2,
        ["billing"] = new JsonObject { ["first_name"] = "Jeanne", ["email"] = "jeanne@client.example" },
        ["currency"] = "EUR",
        ["total"] = "144.00",
        ["payment_method"] = "bacs",
        ["payment_url"] = "https://shop.example/pay/12",
        ["needs_payment"] = false,
        ["date_created_gmt"] = "2026-11-21T21:34:18",
        ["date_modified_gmt"] = "2026-11-21T21:34:18",
        ["date_paid_gmt"] = "2026-11-21T21:34:18",
        ["line_items"] = new JsonArray(),
        ["meta_data"] = new JsonArray(),
    };
}
