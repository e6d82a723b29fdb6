using System.Security.Cryptography;

namespace Relance.Demo.Shop;

/// <summary>Random strings in the shop's alphabet.</summary>
internal static class ShopIds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>A string of letters and digits.</summary>
    internal static string Random(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
