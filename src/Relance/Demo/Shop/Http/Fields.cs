using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>The <c>_fields</c> parameter: top-level names and dotted paths; <c>_links</c> stays on single resources (recorded).</summary>
internal static class Fields
{
    internal static JsonNode? Pick(Call call, JsonNode? body)
    {
        var wanted = call.Query.List("_fields");
        return (wanted.Count, body) switch
        {
            (0, _) => body,
            (_, JsonArray rows) => new JsonArray([.. rows.Select(r => r is JsonObject row ? (JsonNode)One(row, wanted) : r?.DeepClone())]),
            (_, JsonObject row) => One(row, [.. wanted, "_links"]),
            _ => body,
        };
    }

    private static JsonObject One(JsonObject row, IReadOnlyList<string> wanted)
    {
        var picked = new JsonObject();
        foreach (var (name, value) in row)
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
}
