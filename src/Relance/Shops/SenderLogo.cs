using System.Buffers.Binary;
using Relance.Agency;

namespace Relance.Shops;

/// <summary>A logo, shown at the head of each mail as an inline image: each mail carries its bytes.</summary>
/// <param name="MediaType"><c>image/png</c> or <c>image/jpeg</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record SenderLogo(string MediaType, ReadOnlyMemory<byte> Bytes, int Width, int Height)
{
    /// <summary>Bytes at most: a thousand mails carry a thousand copies.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxPixels = 2000;
    private const string Expected = "a PNG or JPEG image of at most 64 KiB and 2000 × 2000 pixels";

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads an image by what it holds, never by its name.</summary>
    /// <exception cref="RefusedException">Not such an image (<c>logo</c>).</exception>
    public static SenderLogo Read(ReadOnlyMemory<byte> bytes)
    {
        var (type, width, height) = bytes.Length <= MaxBytes ? Look(bytes.Span) : default;
        return type is not null && width is > 0 and <= MaxPixels && height is > 0 and <= MaxPixels
            ? new SenderLogo(type, bytes, width, height)
            : throw RefusedException.Invalid("logo", Expected);
    }

    private static (string? Type, int Width, int Height) Look(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 24 && bytes.StartsWith(PngSignature))
            return ("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        return bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg(bytes) : default;
    }

    // ITU-T T.81, B.2.2: the frame header (SOF0 to SOF15 but DHT, JPG, DAC) holds height and width.
    private static (string?, int, int) Jpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 9 < bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return ("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return default;
    }
}
