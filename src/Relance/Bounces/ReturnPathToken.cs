using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Relance.Bounces;

/// <summary>
/// Names a message in its return path so that only we can have written it: 16 bytes of id and 8 of HMAC-SHA256, in lower-case
/// base32 (RFC 4648 §6), since servers on the way may change the case of a local part.
/// </summary>
internal static partial class ReturnPathToken
{
    /// <summary>Characters of a token.</summary>
    public const int Length = 39;

    private const int IdBytes = 16, ProofBytes = 8;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The token of a message.</summary>
    public static string Write(string messageId, ReadOnlySpan<byte> key)
    {
        var id = Guid.Parse(messageId).ToByteArray(bigEndian: true);
        return Encode([.. id, .. Proof(id, key)]);
    }

    /// <summary>The first message that a text names with a token of ours; null when it names none.</summary>
    public static string? Find(string text, ReadOnlySpan<byte> key)
    {
        foreach (var candidate in Candidate().EnumerateMatches(text))
        {
            if (Decode(text.AsSpan(candidate.Index, candidate.Length)) is { } bytes && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(IdBytes), Proof(bytes.AsSpan(0, IdBytes), key)))
                return new Guid(bytes.AsSpan(0, IdBytes), bigEndian: true).ToString("N");
        }

        return null;
    }

    private static byte[] Proof(ReadOnlySpan<byte> id, ReadOnlySpan<byte> key) => HMACSHA256.HashData(key, id)[..ProofBytes];

    // 192 bits fill 38 digits and a half.
    private static string Encode(byte[] bytes) => string.Create(Length, bytes, static (text, bytes) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < (i * 5) + 5; bit++)
                value = (value << 1) | (bit / 8 < bytes.Length ? (bytes[bit / 8] >> (7 - (bit % 8))) & 1 : 0);
            text[i] = Alphabet[value];
        }
    });

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[IdBytes + ProofBytes];
        for (var bit = 0; bit < text.Length * 5; bit++)
        {
            var digit = Alphabet.IndexOf(char.ToLowerInvariant(text[bit / 5]), StringComparison.Ordinal);
            var set = (digit >> (4 - (bit % 5))) & 1;
            if (bit / 8 < bytes.Length)
                bytes[bit / 8] |= (byte)(set << (7 - (bit % 8)));
            else if (set == 1)
                return null;
        }

        return bytes;
    }

    [GeneratedRegex("(?<![A-Za-z0-9])[a-zA-Z2-7]{39}(?![A-Za-z0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Candidate();
}
