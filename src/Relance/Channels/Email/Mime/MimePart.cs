using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Channels.Email.Mime;

/// <summary>The tree of parts, each with its headers, written one after the other.</summary>
internal static partial class MimePart
{
    public static void Write(MessageDraft draft, IBufferWriter<byte> output) =>
        Multipart(output, "alternative", MimeWriter.Boundary(draft.MessageId, "alternative"), [], [() => Text(output, "plain", draft.Text), () => Html(draft, output)]);

    private static void Html(MessageDraft draft, IBufferWriter<byte> output)
    {
        if (draft.Images.Count == 0)
            Text(output, "html", draft.Html);
        else
            Multipart(output, "related", MimeWriter.Boundary(draft.MessageId, "related"), ["type=\"text/html\";"],
                [() => Text(output, "html", draft.Html), .. draft.Images.Select(image => (Action)(() => Image(output, image)))]);
    }

    private static void Text(IBufferWriter<byte> output, string subtype, string text)
    {
        var utf8 = Encoding.UTF8.GetByteCount(text);
        // Beyond about one character in five outside ASCII, base64 is the shorter one.
        var base64 = (utf8 - text.Count(char.IsAscii)) * 5 > utf8;
        End(output, Headers($"text/{subtype};", "charset=utf-8").Add("Content-Transfer-Encoding", base64 ? "base64" : "quoted-printable"));
        if (base64)
            Base64Lines.Encode(Encoding.UTF8.GetBytes(Lines(text)), output);
        else
            QuotedPrintable.Encode(text, output);
    }

    private static void Image(IBufferWriter<byte> output, InlineImage image)
    {
        End(output, Headers(MediaType().IsMatch(image.MediaType) ? image.MediaType : throw new FormatException("image: expected a media type like image/png."))
            .Add("Content-Transfer-Encoding", "base64")
            .Add("Content-ID", $"<{ContentId(image.ContentId)}>")
            .Add("Content-Disposition", ["inline;", .. FileNameParameter.Write(image.FileName)]));
        Base64Lines.Encode(image.Bytes.Span, output);
    }

    private static string ContentId(string id) =>
        Id().IsMatch(id) ? id : throw new FormatException("Content-ID: expected letters, digits and -_.@ only.");

    private static void Multipart(IBufferWriter<byte> output, string subtype, string boundary, IEnumerable<string> more, IEnumerable<Action> parts)
    {
        End(output, Headers([$"multipart/{subtype};", .. more, $"boundary=\"{boundary}\""]));
        foreach (var part in parts)
        {
            Ascii(output, $"--{boundary}\r\n");
            part();
            output.Write("\r\n"u8);
        }

        Ascii(output, $"--{boundary}--\r\n");
    }

    private static HeaderWriter Headers(params IEnumerable<string> type) => new HeaderWriter().Add("Content-Type", type);

    private static void End(IBufferWriter<byte> output, HeaderWriter headers) => Ascii(output, headers + "\r\n");

    private static void Ascii(IBufferWriter<byte> output, string text) => Encoding.ASCII.GetBytes(text, output);

    /// <summary>Text has CR LF between its lines, in base64 too (RFC 2045 §6.8).</summary>
    private static string Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9_.@-]{1,100}\\z", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("^image/[a-z0-9.+-]+\\z", RegexOptions.None, 1000)]
    private static partial Regex MediaType();
}
