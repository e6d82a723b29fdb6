using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Channels.Email.Mime;

/// <summary>The tree of parts, each with its headers, as text.</summary>
internal static partial class MimePart
{
    public static string Of(MessageDraft draft)
    {
        var html = Text("html", draft.Html);
        if (draft.Images.Count > 0)
            html = Multipart("related", MimeWriter.Boundary(draft.MessageId, "related"), [html, .. draft.Images.Select(Image)], "type=\"text/html\";");
        return Multipart("alternative", MimeWriter.Boundary(draft.MessageId, "alternative"), [Text("plain", draft.Text), html]);
    }

    private static string Text(string subtype, string text)
    {
        var utf8 = Encoding.UTF8.GetByteCount(text);
        // Beyond about one character in five outside ASCII, base64 is the shorter one.
        var base64 = (utf8 - text.Count(char.IsAscii)) * 5 > utf8;
        return Headers($"text/{subtype};", "charset=utf-8").Add("Content-Transfer-Encoding", base64 ? "base64" : "quoted-printable")
            + "\r\n" + (base64 ? Base64(Encoding.UTF8.GetBytes(Lines(text))) : QuotedPrintable.Encode(text));
    }

    private static string Image(InlineImage image) =>
        Headers(MediaType().IsMatch(image.MediaType) ? image.MediaType : throw new FormatException("image: expected a media type like image/png."))
            .Add("Content-Transfer-Encoding", "base64")
            .Add("Content-ID", $"<{ContentId(image.ContentId)}>")
            .Add("Content-Disposition", ["inline;", .. FileNameParameter.Write(image.FileName)])
        + "\r\n" + Base64(image.Bytes.Span);

    private static string ContentId(string id) =>
        Id().IsMatch(id) ? id : throw new FormatException("Content-ID: expected letters, digits and -_.@ only.");

    private static string Multipart(string subtype, string boundary, IEnumerable<string> parts, params string[] more) =>
        Headers([$"multipart/{subtype};", .. more, $"boundary=\"{boundary}\""]) + "\r\n"
        + string.Concat(parts.Select(part => $"--{boundary}\r\n{part}\r\n")) + $"--{boundary}--\r\n";

    private static HeaderWriter Headers(params IEnumerable<string> type) => new HeaderWriter().Add("Content-Type", type);

    private static string Base64(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);

    /// <summary>Text has CR LF between its lines, in base64 too (RFC 2045 §6.8).</summary>
    private static string Lines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9_.@-]{1,100}\\z", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("^image/[a-z0-9.+-]+\\z", RegexOptions.None, 1000)]
    private static partial Regex MediaType();
}
