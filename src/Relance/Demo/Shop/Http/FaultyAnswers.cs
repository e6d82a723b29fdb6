using System.Globalization;
using System.Text;

namespace Relance.Demo.Shop;

/// <summary>Answers of a shop that is broken, as recorded (310 to 313).</summary>
internal static class FaultyAnswers
{
    private const string Warning =
        "\n<br />\n<b>Warning</b>:  Undefined array key \"x\" in <b>/var/www/html/wp-content/plugins/some-plugin/x.php</b> on line <b>12</b><br />\n";

    private const string CriticalError =
        "<p>Il y a eu une erreur critique sur ce site.</p><p><a href=\"https://fr.wordpress.org/support/article/debugging-in-wordpress/\">En apprendre plus sur le débogage de WordPress.</a></p>";

    /// <summary>Answers in the shop's place when the fault lets nothing through; false when the shop is to answer.</summary>
    internal static async Task<bool> BeforeAsync(HttpContext http, ShopFaultRule? fault)
    {
        switch (fault?.Kind)
        {
            case ShopFaultKind.Drop:
                http.Abort();
                return true;
            case ShopFaultKind.Unavailable:
                http.Response.StatusCode = 503;
                return true;
            case ShopFaultKind.TooMany:
                http.Response.Headers.RetryAfter = ((int)fault.Delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await WriteAsync(http, 429, "too_many_requests", "Too Many Requests");
                return true;
            case ShopFaultKind.Maintenance:
                http.Response.Headers.RetryAfter = "600";
                await WriteAsync(http, 503, "wp_die", "Briefly unavailable for scheduled maintenance. Check back in a minute.");
                return true;
            case ShopFaultKind.Fatal:
                await WriteAsync(http, 500, "internal_server_error", CriticalError);
                return true;
            default:
                return false;
        }
    }

    internal static ReadOnlyMemory<byte> Spoil(string text, ShopFaultKind? fault) => fault switch
    {
        ShopFaultKind.Warning => Encoding.UTF8.GetBytes(Warning + text),
        ShopFaultKind.Bom => Encoding.UTF8.GetBytes("\uFEFF" + text),
        ShopFaultKind.Malformed => Encoding.UTF8.GetBytes(text)[..(text.Length / 2)],
        _ => Encoding.UTF8.GetBytes(text),
    };

    // wp_die speaks JSON only to those who ask for it.
    private static async Task WriteAsync(HttpContext http, int status, string code, string message)
    {
        var json = http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
        http.Response.StatusCode = status;
        http.Response.ContentType = json ? "application/json; charset=UTF-8" : "text/html; charset=UTF-8";
        await http.Response.WriteAsync(json
            ? PhpJson.Write(new System.Text.Json.Nodes.JsonObject
            {
                ["code"] = code,
                ["message"] = message,
                ["data"] = new System.Text.Json.Nodes.JsonObject { ["status"] = status },
                ["additional_errors"] = new System.Text.Json.Nodes.JsonArray(),
            })
            : $"<!DOCTYPE html>\n<html dir='ltr'>\n<head><title>{code}</title></head>\n<body id=\"error-page\"><div class=\"wp-die-message\">{message}</div></body>\n</html>\n",
            http.RequestAborted);
    }
}
