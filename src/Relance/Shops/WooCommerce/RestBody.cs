using System.Text;
using System.Text.Json;

namespace Relance.Shops.WooCommerce;

/// <summary>Finds the JSON in an answer: plugins print PHP warnings or a byte order mark in front of it.</summary>
internal static class RestBody
{
    private const int Candidates = 64;
    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    /// <summary>The JSON document that ends the body, and the text in front of it (null where there is none).</summary>
    /// <returns>False where the body does not end in a whole JSON object or array.</returns>
    public static bool TryFind(ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> json, out string? junk)
    {
        var from = 0;
        for (var i = 0; i < Candidates; i++)
        {
            var next = body.Span[from..].IndexOfAny((byte)'{', (byte)'[');
            if (next < 0)
                break;
            json = body[(from + next)..];
            if (IsWhole(json.Span))
            {
                junk = Junk(body.Span[..(from + next)]);
                return true;
            }
            from += next + 1;
        }
        (json, junk) = (default, null);
        return false;
    }

    /// <summary>Text that people can read: no tags, entities decoded, one line, at most 300 characters.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        var inTag = false;
        foreach (var c in text)
        {
            inTag = c == '<' || (inTag && c != '>');
            if (!inTag)
                plain.Append(c is '>' || char.IsWhiteSpace(c) || char.IsControl(c) ? ' ' : c);
        }
        var line = string.Join(' ', System.Net.WebUtility.HtmlDecode(plain.ToString()).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 300 ? line : line[..300] + "…";
    }

    private static bool IsWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Junk(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(s_mark) && bytes[s_mark.Length..].Trim(" \t\r\n"u8).IsEmpty)
            return "a byte order mark";
        return bytes.Trim(" \t\r\n"u8).IsEmpty ? null : Plain(Encoding.UTF8.GetString(bytes));
    }
}
