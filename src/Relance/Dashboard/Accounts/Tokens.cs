using System.Security.Cryptography;
using System.Text;
using Relance.Storage;

namespace Relance.Dashboard;

/// <summary>Random tokens of 256 bits, and their stored form. A token that cannot be guessed needs no slow hash.</summary>
internal static class Tokens
{
    private const int Bytes = 32;

    /// <summary>A new token, 64 hexadecimal digits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true);

    /// <summary>Its SHA-256, as stored.</summary>
    public static string Hash(string token) => Values.Hash(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether text could be a token at all: anything else is not looked up.</summary>
    public static bool IsToken(string? text) => text is { Length: Bytes * 2 } && text.All(char.IsAsciiHexDigitLower);
}
