using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Reads and writes of a shop document: a JSON object whose field order is the shop's own.</summary>
internal static class Doc
{
    private const string Naive = "yyyy-MM-dd'T'HH:mm:ss";

    internal static string Text(this JsonObject doc, string name) => doc[name] switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        var other => other.ToJsonString(),
    };

    internal static long Number(this JsonObject doc, string name) =>
        long.TryParse(doc.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

    internal static decimal Amount(this JsonObject doc, string name) =>
        decimal.TryParse(doc.Text(name), NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : 0;

    internal static bool Flag(this JsonObject doc, string name) => doc.Text(name) is "true" or "1" or "yes";

    internal static JsonArray List(this JsonObject doc, string name) => doc[name] as JsonArray ?? [];

    internal static IEnumerable<JsonObject> Rows(this JsonObject doc, string name) => doc.List(name).OfType<JsonObject>();

    internal static JsonObject Copy(this JsonObject doc) => (JsonObject)doc.DeepClone();

    internal static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    internal static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(Naive, CultureInfo.InvariantCulture);

    /// <summary>The instant of a <c>…_gmt</c> field; null when it is null or "".</summary>
    internal static DateTimeOffset? Instant(this JsonObject doc, string name) =>
        DateTimeOffset.TryParseExact(doc.Text(name), Naive, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>Sets a date twice, as WooCommerce shows it: naive local, and naive UTC under <c>…_gmt</c>.</summary>
    internal static void Stamp(this JsonObject doc, string name, DateTimeOffset instant, TimeZoneInfo zone)
    {
        doc[name] = TimeZoneInfo.ConvertTime(instant, zone).ToString(Naive, CultureInfo.InvariantCulture);
        doc[name + "_gmt"] = Format(instant);
    }

    internal static string? Meta(this JsonObject doc, string key) =>
        doc.Rows("meta_data").FirstOrDefault(m => m.Text("key") == key)?.Text("value");
}
