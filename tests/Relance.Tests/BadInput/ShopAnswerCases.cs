using Relance.Shops;
using Relance.Tests.Shops;
using static Relance.Tests.Shops.ScriptedShop;

namespace Relance.Tests.BadInput;

/// <summary>What a shop's REST interface answers instead of what was asked for.</summary>
internal static class ShopAnswerCases
{
    private const string Notes = """[{"id":1044,"note":"n"}]""";

    /// <summary>Its client waits for the rest.</summary>
    private const string CutOff = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[{\"id\":";

    public static Family Family { get; } = new("Answers of the shop", "A server answers a request for an order's notes, byte for byte, each time the same; at most two tries more.", () => Family.EachAsync(Cases, AnswerAsync));

    private static IEnumerable<(string, string?)> Cases =>
    [
        ("the connection is closed", null),
        ("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        ("an answer cut off", CutOff),
        ("an empty answer", Json("")),
        ("an HTML page with 200", Html(200, "<html><head><title>Coming soon</title></head></html>")),
        ("an HTML page with 404", Html(404, "<html><title>404 Not Found</title></html>")),
        ("an HTML page with 500", Html(500, "<html><title>There has been a critical error</title></html>")),
        ("a login page", Html(200, "<html><title>Log In</title><form id=loginform></form></html>")),
        ("a captcha with 403", Html(403, "<html><title>Just a moment...</title></html>")),
        ("maintenance for ten minutes", Html(503, "<title>Maintenance</title>", "Retry-After: 600\r\n")),
        ("a PHP notice before the JSON", Json("<br />\n<b>Notice</b>: Undefined index: x in <b>/var/www/y.php</b> on line <b>3</b><br />\n" + Notes)),
        ("a PHP notice after the JSON", Json(Notes + "<br /><b>Notice</b>")),
        ("a byte order mark", Json("\uFEFF" + Notes)),
        ("JSON as text/html", Html(200, Notes)),
        ("an object instead of a list", Json("""{"a":1}""")),
        ("a list of numbers", Json("[1,2]")),
        ("`null`", Json("null")),
        ("JSON cut off", Json("[{\"id\":1}")),
        ("an id that is a text", Json("""[{"id":"x","note":"n"}]""")),
        ("a note that is an object", Json("""[{"id":1,"note":{"a":1}}]""")),
        ("a note that is null", Json("""[{"id":1,"note":null}]""")),
        ("a note that is a number", Json("""[{"id":1,"note":5}]""")),
        ("more bytes than the limit", Json("[" + new string(' ', 70_000) + "]")),
        ("an error with 200", Json("""{"code":"rest_forbidden","message":"No.","data":{"status":401}}""")),
        ("a wrong key", Error(401, "woocommerce_rest_authentication_error")),
        ("a key without rights", Error(403, "woocommerce_rest_cannot_view")),
        ("the order is deleted", Error(404, "woocommerce_rest_shop_order_invalid_id")),
        ("WooCommerce is switched off", Error(404, "rest_no_route")),
        ("too many requests, for an hour", Error(429, "too_many", "Retry-After: 3600\r\n")),
        ("a bad gateway", Html(502, "<h1>502 Bad Gateway</h1>")),
        ("a redirect to another host", Json("", 301, "Location: https://elsewhere.example/wp-json/\r\n")),
        ("a redirect to the cloud's metadata", Json("", 302, "Location: http://169.254.169.254/latest\r\n")),
        ("an error without code", Json("""{"message":"?"}""", 400)),
        ("an error that repeats the secret", Json("""{"code":"x","message":"cs_verysecret is wrong","data":{"status":400}}""", 400)),
        ("204 without a body", "HTTP/1.1 204 No Content\r\n\r\n"),
    ];

    private static async Task<string> AnswerAsync(string? answer)
    {
        await using var shop = new ScriptedShop((_, _) => answer);
        var patience = TimeSpan.FromSeconds(answer is CutOff ? 2 : 20);
        using var factory = new ShopFactory(limits: new() { Try = patience, Call = 3 * patience, FirstWait = TimeSpan.FromMilliseconds(5), LongestWait = TimeSpan.FromSeconds(1), Retries = 2, AnswerBytes = 64 * 1024 });
        var woo = factory.WooCommerce(new(shop.Url, "ck_0123456789", "cs_verysecret", AllowPrivateAddress: true));
        try
        {
            var notes = await woo.NotesAsync(new ShopRef(ShopKind.Order, 12), default);
            return $"read ({notes.Count}){(woo.Warning is { } warning ? $", with a warning: {warning}" : "")}";
        }
        catch (ShopException fault)
        {
            fault.ToString().ShouldNotContain("cs_verysecret");
            return $"{fault.Fault}: {fault.Message.Replace(shop.Url.Authority, "shop", StringComparison.Ordinal)}";
        }
    }
}
