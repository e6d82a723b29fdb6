using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Relance.Storage;

/// <summary>How values are stored in both databases.</summary>
public static class Values
{
    private static long s_lastStamp;

    /// <summary>A local date as <c>yyyy-MM-dd</c>.</summary>
    public static string Text(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A stored date.</summary>
    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant as milliseconds UTC.</summary>
    public static long Millis(this DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    /// <summary>A stored instant.</summary>
    public static DateTimeOffset Instant(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(millis);

    /// <summary>A new id that sorts after every earlier one of this process (UUIDv7 with a counter, RFC 9562, 6.2): rows written together keep their order.</summary>
    public static string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        var stamp = NextStamp();
        BinaryPrimitives.WriteInt64BigEndian(bytes, (stamp >> 12 << 16) | 0x7000 | (stamp & 0xFFF));
        RandomNumberGenerator.Fill(bytes[8..]);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("N");
    }

    // Milliseconds and a counter of twelve bits, never the same twice; a clock that goes back is not followed.
    private static long NextStamp()
    {
        while (true)
        {
            var (last, now) = (Volatile.Read(ref s_lastStamp), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 12);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref s_lastStamp, next, last) == last)
                return next;
        }
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
