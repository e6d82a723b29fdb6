using System.Text;

namespace Relance.Channels.Email.Mime;

/// <summary>RFC 2045 §6.7, for UTF-8 text: lines of at most 76 characters, CR LF between lines, no character split.</summary>
internal static class QuotedPrintable
{
    private const int Longest = 76;

    public static string Encode(string text)
    {
        var output = new StringBuilder(text.Length * 5 / 4);
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                output.Append("\r\n");
            EncodeLine(output, lines[i]);
        }
        return output.ToString();
    }

    private static void EncodeLine(StringBuilder output, string line)
    {
        var (column, at) = (0, 0);
        foreach (var rune in line.EnumerateRunes())
        {
            at += rune.Utf16SequenceLength;
            var last = at >= line.Length;
            var literal = Literal(rune, last);
            var width = literal ? 1 : 3 * rune.Utf8SequenceLength;
            // The soft break itself takes a column, except after the line's last character.
            if (column + width > Longest - (last ? 0 : 1))
            {
                output.Append("=\r\n");
                column = 0;
            }
            if (literal)
                output.Append((char)rune.Value);
            else
                Escape(output, rune);
            column += width;
        }
    }

    /// <summary>A blank at the end of a line would be lost on the way.</summary>
    private static bool Literal(Rune rune, bool last) => rune.Value is >= '!' and <= '~' and not '=' || (rune.Value is ' ' or '\t' && !last);

    private static void Escape(StringBuilder output, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            output.Append('=').Append(Hex.Of(b));
    }
}
