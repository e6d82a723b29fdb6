using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Relance.Demo.Shop;

/// <summary>The same controls over HTTP, under <c>/_control</c>, for a shop that runs as its own process. Loopback only, no key.</summary>
internal sealed class ControlApi(FakeShop shop)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    internal async Task HandleAsync(HttpContext http, PathString path)
    {
        try
        {
            var body = http.Request.Method == "POST" ? await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject ?? [] : [];
            var answer = await AnswerAsync($"{http.Request.Method} {path}", body, http.RequestAborted);
            http.Response.StatusCode = answer is null ? 404 : 200;
            await http.Response.WriteAsJsonAsync(answer ?? new { error = $"No control {http.Request.Method} {path}." }, Json, http.RequestAborted);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException or KeyNotFoundException or WpError)
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsJsonAsync(new { error = error.Message }, http.RequestAborted);
        }
    }

    private async Task<object?> AnswerAsync(string call, JsonObject body, CancellationToken ct)
    {
        switch (call)
        {
            case "GET /state":
                return ShopSnapshot.Of(shop);
            case "GET /requests":
                return shop.Requests;
            case "GET /writes":
                return shop.Writes;
            case "GET /deliveries":
                return shop.Deliveries;
            case "POST /drain":
                await shop.DrainWebhooksAsync(body.Flag("early"), ct);
                return Done();
            default:
                return Add(call, body) ?? Change(call, body);
        }
    }

    private object? Add(string call, JsonObject body) => call switch
    {
        "POST /products" => Id(shop.AddProduct(Need(body, "name"), Need(body, "sku"), body.Amount("price"), Optional(body, "period"), (int)Math.Max(1, body.Number("interval")))),
        "POST /customers" => Id(shop.AddCustomer(Need(body, "email"), body.Text("firstName"), body.Text("lastName"), body.Text("company"))),
        "POST /orders" => Id(shop.AddOrder(Read<SeedOrder>(body))),
        "POST /subscriptions" => Id(shop.AddSubscription(Read<SeedSubscription>(body))),
        _ => null,
    };

    private object? Change(string call, JsonObject body)
    {
        var (id, webhook) = (body.Number("id"), body["webhook"] is null || body.Flag("webhook"));
        switch (call)
        {
            case "POST /pay":
                shop.Schedule("pay", Target(body), id, shop.Now, webhook);
                shop.Tick();
                return Done();
            case "POST /schedule":
                shop.Schedule(Optional(body, "action") ?? "pay", Target(body), id, Instant(body, "at"), webhook);
                return Done();
            case "POST /announce":
                shop.Announce(id, webhook);
                return Done();
            case "POST /cancel":
                shop.Cancel(id, webhook);
                return Done();
            case "POST /trash":
                shop.Trash(id, webhook);
                return Done();
            case "POST /clock":
                shop.AdvanceTo(Optional(body, "set") is null ? shop.Now.AddSeconds((double)body.Amount("advanceSeconds")) : Instant(body, "set"),
                    body["speed"] is null ? null : (double)body.Amount("speed"));
                return Done();
            default:
                return Trouble(call, body);
        }
    }

    private object? Trouble(string call, JsonObject body)
    {
        switch (call)
        {
            case "POST /faults":
                shop.Fail(Read<ShopFaultRule>(body));
                return Done();
            case "DELETE /faults":
                shop.Heal();
                return Done();
            case "DELETE /requests":
                shop.ForgetRequests();
                return Done();
            case "POST /webhooks":
                shop.Weather = Enum.Parse<WebhookWeather>(Need(body, "weather"), ignoreCase: true);
                return Done();
            default:
                return null;
        }
    }

    private object Done() => new { now = shop.Now };

    private object Id(long id) => new { id, now = shop.Now };

    private static string Target(JsonObject body) => Optional(body, "target") ?? "order";

    private static T Read<T>(JsonObject body) => body.Deserialize<T>(Json) ?? throw new ArgumentException($"The body is empty: expected a {typeof(T).Name}.");

    private static string? Optional(JsonObject body, string name) => body.Text(name) is { Length: > 0 } text ? text : null;

    private static string Need(JsonObject body, string name) => Optional(body, name) ?? throw new ArgumentException($"'{name}' is missing.");

    private static DateTimeOffset Instant(JsonObject body, string name) =>
        DateTimeOffset.TryParse(Need(body, name), System.Globalization.CultureInfo.InvariantCulture, out var at)
            ? at
            : throw new ArgumentException($"'{name}' is '{body.Text(name)}': expected an ISO 8601 instant with its offset.");
}
