using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Writes of <c>meta_data</c>, as WooCommerce's REST API understands them.</summary>
internal static class Meta
{
    /// <summary>Applies a request's <c>meta_data</c>: by id, else by key; null removes.</summary>
    internal static void Apply(ShopState state, JsonObject doc, JsonArray rows)
    {
        foreach (var row in rows.OfType<JsonObject>())
        {
            Set(state, doc, row.Text("key"), row["value"]?.DeepClone(), row.Number("id"));
        }
    }

    internal static void Set(ShopState state, JsonObject doc, string key, JsonNode? value, long id = 0)
    {
        Changed(state, doc, key, value, id);
        if (doc.Meta(Renewals.Key) is { } subscription)
        {
            _ = (CollectionsMarshal.GetValueRefOrAddDefault(state.Renewals, subscription, out _) ??= []).Add(doc.Number("id"));
        }
    }

    private static void Changed(ShopState state, JsonObject doc, string key, JsonNode? value, long id)
    {
        var list = doc.List("meta_data");
        var old = doc.Rows("meta_data").FirstOrDefault(m => id > 0 ? m.Number("id") == id : m.Text("key") == key);
        if (value is null)
        {
            _ = old is not null && list.Remove(old);
        }
        else if (old is not null)
        {
            old["value"] = Stored(value);
        }
        else
        {
            list.Add(new JsonObject { ["id"] = state.NextMeta(), ["key"] = key, ["value"] = Stored(value) });
        }
    }

    // MySQL gives scalars back as strings; arrays and objects are serialised and keep their types.
    private static JsonNode Stored(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => JsonValue.Create(value.ToJsonString()),
        JsonValueKind.True => JsonValue.Create("1"),
        JsonValueKind.False => JsonValue.Create(""),
        _ => value,
    };
}
