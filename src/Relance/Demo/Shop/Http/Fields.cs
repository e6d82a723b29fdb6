using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>The <c>_fields</c> parameter: top-level names and dotted paths; <c>_links</c> stays on single resources (recorded).</summary>
internal static class Fields
{
    internal static JsonNode? Pick(Call call, JsonNode? body)
    {
        var wanted = call.Query.List("_fields");
        // Products come in the order asked for, everything else in its own (recorded in 022 and 113).
        var products = call.Route.StartsWith("wc/v3/products", StringComparison.Ordinal);
        return (wanted.Count, body) switch
        {
            (0, _) => body,
            (_, JsonArray rows) => new JsonArray([.. rows.Select(r => r is JsonObject row ? (JsonNode)One(row, wanted, products) : r?.DeepClone())]),
            (_, JsonObject row) => One(row, [.. wanted, "_links"]),
            _ => body,
        };
    }

    private static JsonObject One(JsonObject row, IReadOnlyList<string> wanted, bool asAsked = false)
    {
        var picked = new JsonObject();
        foreach (var (name, value) in row.OrderBy(f => asAsked ? Position(wanted, f.Key) : 0))
        {
            var inner = wanted.Where(w => w.StartsWith(name + ".", StringComparison.Ordinal)).Select(w => w[(name.Length + 1)..]).ToList();
            if (wanted.Contains(name))
            {
                picked[name] = value?.DeepClone();
            }
            else if (inner.Count > 0 && value is JsonObject nested)
            {
                picked[name] = One(nested, inner);
            }
        }

        return picked;
    }

    private static int Position(IReadOnlyList<string> wanted, string name) => wanted.ToList().IndexOf(name);
}
