using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relance.Shops.WooCommerce;

/// <summary>One element of a list of orders or subscriptions, read for itself: one wrong type costs one row, not the page.</summary>
/// <param name="Id">0 where not even that can be read.</param>
/// <param name="CreatedVia">Empty where it cannot be read.</param>
/// <param name="Order">The row; null where it is none.</param>
/// <param name="Why">The field at fault and what was expected, where <paramref name="Order"/> is null.</param>
internal sealed partial record WireRow(long Id, string CreatedVia, WireOrder? Order, string Why)
{
    private const int LongestValue = 40;

    /// <summary>Reads an element.</summary>
    public static WireRow Read(JsonElement element)
    {
        try
        {
            if (element.ValueKind == JsonValueKind.Object && element.Deserialize(WireJson.Default.WireOrder) is { Id: > 0 } order)
                return new(order.Id, order.CreatedVia ?? "", order, "");
            return Bad(element, element.ValueKind == JsonValueKind.Object ? "id" : "");
        }
        catch (JsonException wrong)
        {
            return Bad(element, (wrong.Path ?? "").TrimStart('$').TrimStart('.'));
        }
    }

    /// <summary>The id of an element; 0 where it cannot be read.</summary>
    public static long IdOf(JsonElement element) => Property(element, "id") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value > 0 ? value : 0;

    private static WireRow Bad(JsonElement element, string path)
    {
        var id = IdOf(element);
        var via = Property(element, "created_via") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        return new(id, via, null, path.Length == 0
            ? $"an element of the list: expected an object, got {Shown(element)}."
            : $"{Name(element, id)}.{path}: expected {Expected(path)}, got {Shown(At(element, path))}.");
    }

    // Without an id, the number is what people can look for.
    private static string Name(JsonElement element, long id) => id > 0 ? $"{id}" : Property(element, "number") is { } number ? $"(number {Shown(number)})" : "(no number)";

    private static string Expected(string path) => LastName().Match(path).Value switch
    {
        "id" or "parent_id" or "customer_id" or "product_id" or "variation_id" => "a whole number",
        "quantity" => "a number",
        "line_items" or "meta_data" => "a list",
        "billing" => "an object",
        "needs_payment" or "requires_manual_renewal" => "true or false",
        "" => "an object",
        _ => "a text",
    };

    private static string Shown(JsonElement? value) => value switch
    {
        null => "nothing",
        { ValueKind: JsonValueKind.Object } => "an object",
        { ValueKind: JsonValueKind.Array } => "a list",
        { } other => other.GetRawText() is { Length: > LongestValue } text ? text[..LongestValue] + "…" : other.GetRawText(),
    };

    private static JsonElement? At(JsonElement element, string path)
    {
        JsonElement? at = element;
        foreach (var step in Steps().Matches(path).Select(match => match.Value))
        {
            at = step[0] != '[' ? Property(at, step)
                : at is { ValueKind: JsonValueKind.Array } list && int.TryParse(step.AsSpan(1), CultureInfo.InvariantCulture, out var index) && index < list.GetArrayLength() ? list[index] : null;
        }

        return at;
    }

    private static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;

    [GeneratedRegex(@"[A-Za-z0-9_]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LastName();

    [GeneratedRegex(@"\[[0-9]+|[A-Za-z0-9_]+(?![0-9]*\])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Steps();
}
