using Relance.Channels;
using Relance.Demo.Mail;

namespace Relance.Dashboard;

/// <summary>A mail's HTML from its bytes, its images inside: for the sandboxed frame only.</summary>
internal static class MailFrame
{
    /// <summary>The HTML part, or the text one when there is no HTML.</summary>
    public static string Html(ReadOnlyMemory<byte> eml)
    {
        var mail = CaughtMail.Read("", [""], eml.ToArray(), DateTimeOffset.UnixEpoch);
        if (mail.Html.Length == 0)
            return $"<!DOCTYPE html><meta charset=\"utf-8\"><pre style=\"white-space:pre-wrap;font:15px/1.5 sans-serif\">{System.Net.WebUtility.HtmlEncode(mail.Text)}</pre>";
        return mail.Images.Where(image => image.MediaType.StartsWith("image/", StringComparison.Ordinal))
            .Aggregate(mail.Html, (html, image) => Inside(html, image.ContentId, image.MediaType, image.Bytes));
    }

    /// <summary>The HTML of a mail that has not left.</summary>
    public static string Html(MessageDraft draft) =>
        draft.Images.Aggregate(draft.Html, (html, image) => Inside(html, image.ContentId, image.MediaType, image.Bytes));

    private static string Inside(string html, string contentId, string mediaType, ReadOnlyMemory<byte> bytes) =>
        html.Replace($"cid:{contentId}", $"data:{mediaType};base64,{Convert.ToBase64String(bytes.Span)}", StringComparison.Ordinal);
}
