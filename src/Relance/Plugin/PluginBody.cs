using System.Globalization;
using System.Text.Json;
using Relance.Agency;

namespace Relance.Plugin;

/// <summary>The JSON object of a call, read field by field; each fault names its field.</summary>
internal sealed class PluginBody
{
    private readonly JsonElement _root;

    private PluginBody(JsonElement root) => _root = root;

    /// <summary>Reads it.</summary>
    /// <exception cref="RefusedException">It is no JSON object.</exception>
    public static PluginBody Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? new(json.RootElement.Clone()) : throw Wrong("body", "a JSON object");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw Wrong("body", "a JSON object in UTF-8");
        }
    }

    /// <summary>A text.</summary>
    /// <param name="longest">Characters, at most.</param>
    public string Text(string field, int longest = 200) => Field(field) is { ValueKind: JsonValueKind.String } value && Read(value) is { Length: > 0 } text && text.Length <= longest
        ? text
        : throw Wrong(field, $"a text of at most {longest} characters");

    /// <summary>A text, or nothing.</summary>
    public string? Optional(string field, int longest = 200) => Field(field) is { ValueKind: JsonValueKind.String } value && Read(value) is not "" ? Text(field, longest) : null;

    /// <summary>An id of the plugin.</summary>
    public long Id(string field) => Number(Field(field)) is { } id and > 0 ? id : throw Wrong(field, "the id of a contract");

    /// <summary>Ids of the plugin, each once.</summary>
    public IReadOnlyList<long> Ids(string field, int most) =>
        Field(field) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is var count and > 0 && count <= most
            ? [.. list.EnumerateArray().Select(item => Number(item) is { } id and > 0 ? id : throw Wrong(field, "ids of contracts")).Distinct()]
            : throw Wrong(field, $"1 to {most} ids of contracts");

    /// <summary>A local date.</summary>
    public DateOnly Date(string field) =>
        Field(field) is { ValueKind: JsonValueKind.String } value && DateOnly.TryParseExact(Read(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Wrong(field, "a date such as 2026-12-16");

    /// <summary>A whole number, or nothing.</summary>
    public long? Number(string field) => Number(Field(field));

    /// <summary>A field holds what it must not hold.</summary>
    public static RefusedException Wrong(string field, string expected) => RefusedException.Invalid(field, $"expected {expected}");

    private JsonElement? Field(string name) => _root.TryGetProperty(name, out var value) ? value : null;

    private static long? Number(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : null;

    // A text's bytes are looked at only when it is asked for.
    private static string? Read(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
