using System.Buffers;
using System.Buffers.Text;

namespace Relance.Channels.Email.Mime;

/// <summary>RFC 2045 §6.8: lines of 76 characters, CR LF between them.</summary>
internal static class Base64Lines
{
    // 57 bytes make 76 characters.
    private const int BytesPerLine = 57, Longest = 76;

    public static void Encode(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        while (true)
        {
            var line = bytes[..Math.Min(BytesPerLine, bytes.Length)];
            Base64.EncodeToUtf8(line, output.GetSpan(Longest), out _, out var written);
            output.Advance(written);
            bytes = bytes[line.Length..];
            if (bytes.IsEmpty)
                return;
            output.Write("\r\n"u8);
        }
    }
}
