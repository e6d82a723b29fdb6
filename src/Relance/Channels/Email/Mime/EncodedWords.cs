using System.Text;

namespace Relance.Channels.Email.Mime;

/// <summary>RFC 2047: text that is not ASCII, in words of at most 75 characters that never split a character.</summary>
internal static class EncodedWords
{
    private const int Longest = 75;
    private const int Frame = 12; // =?utf-8?Q? and ?=

    /// <summary>Encodes the whole text, in the shorter of the two encodings.</summary>
    /// <param name="text">What the reader shall see.</param>
    /// <param name="firstRoom">Characters left on the first line.</param>
    public static IEnumerable<string> Encode(string text, int firstRoom)
    {
        var base64 = Cost(text, QCost) > Encoding.UTF8.GetByteCount(text) * 4 / 3;
        return Chunks(text, firstRoom, base64).Select(chunk => base64 ? $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(chunk))}?=" : $"=?utf-8?Q?{Q(chunk)}?=");
    }

    private static IEnumerable<string> Chunks(string text, int firstRoom, bool base64)
    {
        var (chunk, size, room) = (new StringBuilder(), 0, Room(firstRoom, base64));
        foreach (var rune in text.EnumerateRunes())
        {
            var cost = base64 ? rune.Utf8SequenceLength : QCost(rune);
            if (size + cost > room && size > 0)
            {
                yield return chunk.ToString();
                (size, room) = (0, Room(Longest, base64));
                chunk.Clear();
            }
            chunk.Append(rune.ToString());
            size += cost;
        }
        yield return chunk.ToString();
    }

    /// <summary>What a word holds: characters for Q, bytes for B.</summary>
    private static int Room(int line, bool base64) => Math.Min(line, Longest) - Frame is var inside && base64 ? inside / 4 * 3 : inside;

    private static int Cost(string text, Func<Rune, int> cost) => text.EnumerateRunes().Sum(cost);

    private static int QCost(Rune rune) => Plain(rune) || rune.Value == ' ' ? 1 : rune.Utf8SequenceLength * 3;

    /// <summary>The narrow set that is also right in a display name (RFC 2047 §5.3).</summary>
    private static bool Plain(Rune rune) => rune.IsAscii && (Rune.IsLetterOrDigit(rune) || "!*+-/".Contains((char)rune.Value, StringComparison.Ordinal));

    private static string Q(string chunk)
    {
        var text = new StringBuilder();
        foreach (var rune in chunk.EnumerateRunes())
        {
            if (Plain(rune))
                text.Append((char)rune.Value);
            else if (rune.Value == ' ')
                text.Append('_');
            else
                foreach (var b in Encoding.UTF8.GetBytes(rune.ToString()))
                    text.Append('=').Append(Hex.Of(b));
        }
        return text.ToString();
    }
}

internal static class Hex
{
    private const string Digits = "0123456789ABCDEF";

    public static byte Digit(int value) => (byte)Digits[value];

    public static string Of(byte value) => string.Create(2, value, static (span, b) => (span[0], span[1]) = (Digits[b >> 4], Digits[b & 15]));
}
