using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>JSON as PHP's <c>json_encode</c> writes it: slashes and everything beyond ASCII escaped.</summary>
internal static class PhpJson
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        foreach (var c in node.ToJsonString(Relaxed))
        {
            // Outside strings JSON has neither slashes nor non-ASCII characters, so no parsing is needed.
            _ = c switch
            {
                '/' => text.Append("\\/"),
                > '~' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }
}
