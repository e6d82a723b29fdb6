using System.Security.Cryptography;
using System.Text;

namespace Relance.Api;

/// <summary>How a key is written: <c>relance_</c>, ten letters or digits that name it, <c>_</c>, 256 random bits in hexadecimal.</summary>
/// <remarks>SHA-256 is enough to store it by: 2^256 keys cannot be tried, so a slow hash, which passwords need, would only slow each request.</remarks>
internal static class KeyText
{
    private const string Prefix = "relance_";
    private const int IdLength = 10;
    private const int SecretLength = 64;
    private const string IdLetters = "abcdefghijkmnpqrstuvwxyz23456789";

    public static (string Id, string Whole) Make()
    {
        var id = RandomNumberGenerator.GetString(IdLetters, IdLength);
        return (id, $"{Prefix}{id}_{RandomNumberGenerator.GetHexString(SecretLength, lowercase: true)}");
    }

    /// <summary>The public part of a presented key; null when it is none of ours.</summary>
    public static string? IdOf(string presented) =>
        presented.Length == Prefix.Length + IdLength + 1 + SecretLength && presented.StartsWith(Prefix, StringComparison.Ordinal) && presented[Prefix.Length + IdLength] == '_'
            ? presented.Substring(Prefix.Length, IdLength) : null;

    public static byte[] Hash(string presented) => SHA256.HashData(Encoding.UTF8.GetBytes(presented));
}
