using System.Net;
using System.Text;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Tests.Inbox;

namespace Relance.Tests.BadInput;

/// <summary>Deliveries to a real endpoint, over HTTP, then read as the job reads them.</summary>
internal static class WebhookCases
{
    private const string Signature = "X-WC-Webhook-Signature", Topic = "X-WC-Webhook-Topic";
    private static readonly byte[] s_order = """{"id":14}"""u8.ToArray();

    public static Family Family { get; } = new("Webhooks", "Posted to `/webhooks/woocommerce/{shop}`, rightly signed unless said otherwise; then read by the job.", RunAsync);

    private static async Task<IReadOnlyList<Answered>> RunAsync()
    {
        await using var host = await InboxHost.StartAsync(Dialect.Sqlite);
        await host.AddShopAsync();
        return
        [
            .. await Family.EachAsync(Deliveries, delivery => AnswerAsync(host, delivery)),
            .. await Family.EachAsync(Bodies, body => AnswerAsync(host, Signed(body.Topic, body.Body))),
        ];
    }

    private static IEnumerable<(string, Func<InboxHost, HttpRequestMessage>)> Deliveries =>
    [
        ("no signature", host => Post(host, s_order).With(Topic, "order.updated")),
        ("an empty signature", host => Post(host, s_order).With(Topic, "order.updated").With(Signature, "")),
        ("a signature with another secret", host => Post(host, s_order).With(Topic, "order.updated").With(Signature, WebhookSignature.Sign(s_order, "another secret"))),
        ("the signature of another body", host => Post(host, s_order).With(Topic, "order.updated").With(Signature, WebhookSignature.Sign("{}"u8, InboxHost.Secret))),
        ("a signature in hexadecimal", host => Post(host, s_order).With(Topic, "order.updated").With(Signature, Convert.ToHexString(Convert.FromBase64String(WebhookSignature.Sign(s_order, InboxHost.Secret))))),
        ("a signature cut short", host => Post(host, s_order).With(Topic, "order.updated").With(Signature, WebhookSignature.Sign(s_order, InboxHost.Secret)[..20])),
        ("a signature that is no base64", host => Post(host, s_order).With(Topic, "order.updated").With(Signature, "not base64!")),
        ("two signatures, the first right", host => Post(host, s_order).With(Topic, "order.updated").With(Signature, WebhookSignature.Sign(s_order, InboxHost.Secret)).With(Signature, "x")),
        ("an unknown shop", host => Post(host, s_order, Values.NewId()).With(Topic, "order.updated").With(Signature, WebhookSignature.Sign(s_order, InboxHost.Secret))),
        ("a shop that is a path", host => Post(host, s_order, "..%2F..%2Fetc").With(Topic, "order.updated").With(Signature, WebhookSignature.Sign(s_order, InboxHost.Secret))),
        ("a shop that is SQL", host => Post(host, s_order, "'%20OR%20'1'='1").With(Topic, "order.updated").With(Signature, WebhookSignature.Sign(s_order, InboxHost.Secret))),
        ("GET", host => new HttpRequestMessage(HttpMethod.Get, Path(host.ShopId))),
        ("no topic", host => Post(host, s_order).With(Signature, WebhookSignature.Sign(s_order, InboxHost.Secret))),
        ("an empty topic", host => Signed("", s_order)(host)),
        ("a topic of 201 characters", host => Signed(new string('x', 201), s_order)(host)),
        ("two topics", host => Signed("order.updated", s_order)(host).With(Topic, "order.deleted")),
        ("one byte over a mebibyte", host => Signed("order.updated", new byte[(1024 * 1024) + 1])(host)),
        ("a body over a mebibyte in chunks", host => Chunked(Signed("order.updated", new byte[2 * 1024 * 1024])(host))),
        ("a ping with the headers of a webhook", host => Signed("order.updated", "webhook_id=11"u8.ToArray())(host).With(Signature, "x")),
        ("an unsigned ping", host => Post(host, "webhook_id=11"u8.ToArray())),
        ("a ping that names no number", host => Post(host, "webhook_id=eleven"u8.ToArray())),
        ("nothing at all", host => Post(host, [])),
    ];

    private static IEnumerable<(string, (string Topic, byte[] Body))> Bodies =>
    [
        ("an empty body", ("order.updated", [])),
        ("`null`", Order("null")),
        ("a text", Order("\"order\"")),
        ("a number", Order("14")),
        ("an object without id", Order("{}")),
        ("`[]`: rolled back", Order("[]")),
        ("an array with an order in it", Order("""[{"id":14}]""")),
        ("an id in quotes", Order("""{"id":"14"}""")),
        ("a negative id", Order("""{"id":-14}""")),
        ("id 0", Order("""{"id":0}""")),
        ("an id with decimals", Order("""{"id":14.5}""")),
        ("an id beyond 64 bits", Order("""{"id":99999999999999999999}""")),
        ("an id of null", Order("""{"id":null}""")),
        ("JSON cut off", Order("""{"id":14,"status":"comp""")),
        ("JSON with a comma too many", Order("""{"id":14,}""")),
        ("JSON with a comment", Order("""{"id":14/* paid */}""")),
        ("two documents", Order("""{"id":14}{"id":15}""")),
        ("a PHP warning before the JSON", Order("""<br /><b>Warning</b>: x in y on line 3{"id":14}""")),
        ("an HTML page", Order("<html><body>Coming soon</body></html>")),
        ("the same key twice", Order("""{"id":14,"id":15}""")),
        ("a thousand arrays in one another", Order(new string('[', 1000) + new string(']', 1000))),
        ("bytes that are no UTF-8", ("order.updated", [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D])),
        ("UTF-16", ("order.updated", Encoding.Unicode.GetBytes("""{"id":14}"""))),
        ("a byte order mark", ("order.updated", [0xEF, 0xBB, 0xBF, .. s_order])),
        ("zero bytes", ("order.updated", new byte[64])),
        ("a form", Order("id=14&status=completed")),
        ("a topic without event", ("order", s_order)),
        ("a topic of something else", ("coupon.updated", s_order)),
        ("a topic with markup", ("<script>.updated", s_order)),
        ("an action without name", ("action.woocommerce_order_status_changed", """{"arg":14}"""u8.ToArray())),
        ("an action that is not the topic's", ("action.woocommerce_order_status_changed", """{"action":"other","arg":14}"""u8.ToArray())),
        ("an action about a text", ("action.woocommerce_order_status_changed", """{"action":"woocommerce_order_status_changed","arg":"x"}"""u8.ToArray())),
    ];

    private static (string, byte[]) Order(string body) => ("order.updated", Encoding.UTF8.GetBytes(body));

    private static async Task<string> AnswerAsync(InboxHost host, Func<InboxHost, HttpRequestMessage> delivery)
    {
        using var request = delivery(host);
        using var answer = await host.Http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.OK)
            return $"{(int)answer.StatusCode}{Detail(await answer.Content.ReadAsStringAsync())}, nothing stored";
        var before = await host.CountAsync();
        if (await host.CountAsync("state = 'new'") == 0)
            return "200, nothing stored";
        var taken = await host.TakeAsync();
        before.ShouldBe(await host.CountAsync());
        return taken.Count > 0
            ? $"200, stored; then looked up at the shop: {taken[0].Hint.Subject.ToString().ToLowerInvariant()} {taken[0].Hint.Id?.ToString() ?? "(any)"}"
            : "200, stored and set aside: " + await host.Storage.Database.ReadAsync(s => s.ValueAsync<string>("SELECT error FROM inbox WHERE state = 'failed' ORDER BY id DESC"));
    }

    private static string Detail(string problem) => problem.Length == 0 ? "" : $" « {System.Text.Json.Nodes.JsonNode.Parse(problem)?["detail"]} »";

    private static Func<InboxHost, HttpRequestMessage> Signed(string topic, byte[] body) => host => Post(host, body).With(Topic, topic).With(Signature, WebhookSignature.Sign(body, InboxHost.Secret));

    private static HttpRequestMessage Post(InboxHost host, byte[] body, string? shop = null) => new(HttpMethod.Post, Path(shop ?? host.ShopId)) { Content = new ByteArrayContent(body) };

    private static string Path(string shop) => $"webhooks/woocommerce/{shop}";

    private static HttpRequestMessage Chunked(HttpRequestMessage request)
    {
        request.Headers.TransferEncodingChunked = true;
        return request;
    }

    private static HttpRequestMessage With(this HttpRequestMessage request, string name, string value)
    {
        request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
