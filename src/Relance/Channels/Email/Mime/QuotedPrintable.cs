using System.Buffers;
using System.Text;

namespace Relance.Channels.Email.Mime;

/// <summary>RFC 2045 §6.7, for UTF-8 text: lines of at most 76 characters, CR LF between lines, no character split.</summary>
internal static class QuotedPrintable
{
    private const int Longest = 76;

    // A character outside ASCII makes up to nine bytes, and each may need a soft break before it.
    private const int MostPerCharacter = 12;

    public static void Encode(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        while (true)
        {
            var end = text.IndexOfAny('\r', '\n');
            var line = end < 0 ? text : text[..end];
            output.Advance(EncodeLine(line, output.GetSpan((line.Length + 1) * MostPerCharacter)));
            if (end < 0)
                return;
            output.Write("\r\n"u8);
            text = text[(end + (text[end..].StartsWith("\r\n") ? 2 : 1))..];
        }
    }

    private static int EncodeLine(ReadOnlySpan<char> line, Span<byte> output)
    {
        var (column, length, at) = (0, 0, 0);
        while (at < line.Length)
        {
            Rune.DecodeFromUtf16(line[at..], out var rune, out var read);
            at += read;
            var last = at == line.Length;
            var literal = Literal(rune, last);
            var width = literal ? 1 : 3 * rune.Utf8SequenceLength;
            // The soft break itself takes a column, except after the line's last character.
            if (column + width > Longest - (last ? 0 : 1))
            {
                "=\r\n"u8.CopyTo(output[length..]);
                (column, length) = (0, length + 3);
            }

            if (literal)
                output[length] = (byte)rune.Value;
            else
                Escape(rune, output[length..]);
            (column, length) = (column + width, length + width);
        }

        return length;
    }

    /// <summary>A blank at the end of a line would be lost on the way.</summary>
    private static bool Literal(Rune rune, bool last) => rune.Value is >= '!' and <= '~' and not '=' || (rune.Value is ' ' or '\t' && !last);

    private static void Escape(Rune rune, Span<byte> output)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
        {
            (output[0], output[1], output[2]) = ((byte)'=', Hex.Digit(b >> 4), Hex.Digit(b & 15));
            output = output[3..];
        }
    }
}
