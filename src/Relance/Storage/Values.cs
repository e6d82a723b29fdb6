using System.Globalization;
using System.Security.Cryptography;

namespace Relance.Storage;

/// <summary>How values are stored in both databases.</summary>
public static class Values
{
    /// <summary>A local date as <c>yyyy-MM-dd</c>.</summary>
    public static string Text(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A stored date.</summary>
    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant as milliseconds UTC.</summary>
    public static long Millis(this DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    /// <summary>A stored instant.</summary>
    public static DateTimeOffset Instant(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(millis);

    /// <summary>A new id: UUIDv7, ordered by time.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString("N");

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
