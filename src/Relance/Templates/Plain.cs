using System.Globalization;
using System.Text;

namespace Relance.Templates;

/// <summary>Values of shops and clients as one line of harmless text. Escaping is the templates' business, not ours.</summary>
internal static class Plain
{
    /// <summary>Line breaks and runs of spaces become one space; control characters and invisible direction marks go.</summary>
    public static string Text(string? value)
    {
        var text = new StringBuilder();
        foreach (var rune in (value ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var blank = rune.Value is ' ' or '\t' or '\n' or '\r' || category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (blank && text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
            else if (!blank && category is not (UnicodeCategory.Control or UnicodeCategory.Surrogate) && !IsDirection(rune))
                text.Append(rune);
        }

        return text.ToString().Trim();
    }

    /// <summary>An IBAN or SIREN in groups.</summary>
    public static string Grouped(string? value, int size, char separator)
    {
        var text = Text(value).Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);
        return string.Join(separator, text.Chunk(size).Select(c => new string(c)));
    }

    /// <summary>Shortens for a subject line, never inside a character.</summary>
    public static string Clip(string text, int length)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        return starts.Length <= length ? text : text[..starts[length - 1]].TrimEnd() + "…";
    }

    // U+202A..E and U+2066..9 reverse the text around them, U+200B and U+FEFF hide in it.
    private static bool IsDirection(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200B or 0xFEFF;
}
