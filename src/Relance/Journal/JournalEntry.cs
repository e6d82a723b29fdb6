using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relance.Journal;

/// <summary>Writes the JSON of a journal entry. Personal data stays out: it lives in <c>content</c>, erasable.</summary>
public static partial class JournalEntry
{
    /// <summary>A server's words without the addresses in them: an entry can never be erased.</summary>
    public static string Masked(string answer) => Address().Replace(answer, "<…>");

    /// <summary>An object of these fields, in this order; nulls are left out.</summary>
    public static string Of(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields)
                Write(json, name, value);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    [GeneratedRegex(@"<?[^\s<>@,;:""']+@[^\s<>@,;:""']+>?", RegexOptions.None, 1000)]
    private static partial Regex Address();

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }
}
