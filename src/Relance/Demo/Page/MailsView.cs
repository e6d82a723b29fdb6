using System.Globalization;
using System.Text;
using Relance.Demo.Mail;

namespace Relance.Demo.Page;

/// <summary>The caught mails: a list, and each as HTML in a sandbox, as text, and byte by byte.</summary>
internal static class MailsView
{
    public static string List(IReadOnlyList<CaughtMail> mails) => Html.Page("Mails", Html.Table(
        ["Arrived", "To", "Subject"],
        mails.Select((mail, i) => new[]
        {
            At(mail), Html.Text(mail.EnvelopeTo[0]), string.Create(CultureInfo.InvariantCulture, $"<a href=\"/mails/{i + 1}\">{Html.Text(mail.Subject)}</a>"),
        })));

    /// <summary>One mail; null for a view that does not exist.</summary>
    public static string? One(CaughtMail mail, int number, string[] view) => view switch
    {
        [] => Page(mail, number, Sandboxed(mail)),
        ["text"] => Page(mail, number, $"<pre>{Html.Text(mail.Text)}</pre>"),
        ["raw"] => Page(mail, number, $"<pre>{Html.Text(Encoding.UTF8.GetString(mail.Bytes.Span))}</pre>"),
        _ => null,
    };

    private static string Page(CaughtMail mail, int number, string content) => Html.Page(mail.Subject, string.Create(CultureInfo.InvariantCulture, $"""
        <h2>{Html.Text(mail.Subject)}</h2><p class="soft">{At(mail)}<br>From {Html.Text(mail.From)}<br>To {Html.Text(mail.To)}</p>
        <nav><p><a href="/mails/{number}">HTML</a><a href="/mails/{number}/text">Text</a><a href="/mails/{number}/raw">Raw</a></p></nav>{content}
        """));

    // No scripts, no forms, no navigation of ours: an empty sandbox allows nothing.
    private static string Sandboxed(CaughtMail mail)
    {
        var html = mail.Images.Aggregate(mail.Html, (text, image) => text.Replace(
            $"cid:{image.ContentId}", $"data:{image.MediaType};base64,{Convert.ToBase64String(image.Bytes.Span)}", StringComparison.Ordinal));
        return $"<iframe sandbox=\"\" title=\"The mail\" srcdoc=\"{Html.Text(html)}\"></iframe>";
    }

    private static string At(CaughtMail mail) => mail.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
