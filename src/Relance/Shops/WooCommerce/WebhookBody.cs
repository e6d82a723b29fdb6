using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relance.Shops.WooCommerce;

/// <summary>What a delivery is about.</summary>
internal enum WebhookSubject
{
    /// <summary>The unsigned form a shop posts when a webhook is made or changed; the id is the webhook's.</summary>
    Ping,
    /// <summary>An order.</summary>
    Order,
    /// <summary>A subscription.</summary>
    Subscription,
    /// <summary>A contract of the plugin.</summary>
    Contract,
    /// <summary>A customer.</summary>
    Customer,
    /// <summary>A product.</summary>
    Product,
    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>A hint that something changed: the pull tells what. An id of null means "something of this kind".</summary>
internal readonly record struct WebhookHint(string Topic, WebhookSubject Subject, long? Id);

/// <summary>Reads the forms a delivery has on the wire: a whole resource, <c>{"id":14}</c> (trashed), <c>[]</c> (rolled back),
/// <c>{"action","arg"}</c> and the ping <c>webhook_id=11</c>.</summary>
internal static partial class WebhookBody
{
    /// <summary>Reads a delivery.</summary>
    /// <param name="topic"><c>X-WC-Webhook-Topic</c>; null for the ping, which has no such header.</param>
    /// <param name="body">The bytes as received.</param>
    /// <exception cref="FormatException">Names the header or field at fault and what was expected.</exception>
    public static WebhookHint Parse(string? topic, ReadOnlySpan<byte> body)
    {
        if (IsPing(body, out var webhookId))
            return new("ping", WebhookSubject.Ping, webhookId);
        if (topic?.Split('.', 2) is not [{ Length: > 0 } resource, { Length: > 0 } name])
            throw new FormatException($"X-WC-Webhook-Topic: expected resource.event such as order.updated, got '{topic}'.");
        try
        {
            using var json = JsonDocument.Parse(body.ToArray());
            return resource == "action" ? Action(topic, name, json.RootElement) : Resource(topic, SubjectOf(resource), json.RootElement);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"body: expected JSON for {topic} ({broken.Message})", broken);
        }
        catch (InvalidOperationException broken)
        {
            // The parser looks at a text's bytes only when the text is asked for.
            throw new FormatException($"body: expected UTF-8 for {topic}.", broken);
        }
    }

    /// <summary>Whether this is the ping, which is unsigned and has no <c>X-WC-*</c> header.</summary>
    public static bool IsPing(ReadOnlySpan<byte> body, out long webhookId)
    {
        webhookId = 0;
        return body.StartsWith("webhook_id="u8) && System.Buffers.Text.Utf8Parser.TryParse(body["webhook_id="u8.Length..], out webhookId, out var read)
            && read == body.Length - "webhook_id="u8.Length;
    }

    private static WebhookHint Resource(string topic, WebhookSubject subject, JsonElement body) => body switch
    {
        { ValueKind: JsonValueKind.Array } when body.GetArrayLength() == 0 => new(topic, subject, null),
        { ValueKind: JsonValueKind.Object } => new(topic, subject, body.TryGetProperty("id", out var id) && Number(id) is { } value
            ? value
            : throw new FormatException($"id: expected a positive number in the body of {topic}.")),
        _ => throw new FormatException($"body: expected an object or [] for {topic}, got {body.ValueKind}."),
    };

    // The argument is whatever the shop's code passed: an id for orders, an object without id for subscriptions.
    private static WebhookHint Action(string topic, string name, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("action", out var action) || action.ValueKind != JsonValueKind.String)
            throw new FormatException($"action: expected the name of the action in the body of {topic}.");
        if (action.GetString() != name)
            throw new FormatException($"action: expected '{name}' as the topic says, got '{action.GetString()}'.");
        var subject = name.Contains("subscription", StringComparison.Ordinal) ? WebhookSubject.Subscription
            : OrderAction().IsMatch(name) ? WebhookSubject.Order
            : WebhookSubject.Other;
        return new(topic, subject, subject != WebhookSubject.Other && body.TryGetProperty("arg", out var arg) ? Number(arg) : null);
    }

    private static long? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number > 0 ? number : null;

    private static WebhookSubject SubjectOf(string resource) => resource switch
    {
        "order" => WebhookSubject.Order,
        "subscription" => WebhookSubject.Subscription,
        "relance_contract" => WebhookSubject.Contract,
        "customer" => WebhookSubject.Customer,
        "product" => WebhookSubject.Product,
        _ => WebhookSubject.Other,
    };

    [GeneratedRegex("^woocommerce_(order_|payment_complete)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OrderAction();
}
