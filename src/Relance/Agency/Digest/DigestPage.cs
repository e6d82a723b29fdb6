using System.Globalization;
using System.Net;

namespace Relance.Agency.Digest;

/// <summary>The digest as HTML; everything that comes from a shop or a person is encoded.</summary>
internal sealed class DigestPage(DigestWords words, Uri publicUrl)
{
    // A mail is read on a telephone: the rest is one link away.
    private const int Most = 30;

    /// <summary>Whether the day has anything to say.</summary>
    public static bool HasContent(TodayView today) =>
        today.GoingOut.Count + today.AwaitingApproval.Count + today.Bounced.Count + today.OverdueTasks.Count + today.SilentShops.Count > 0;

    /// <summary>One line of text.</summary>
    public string Subject(TodayView today) => $"{words.Subject} {words.Day(today.Date)}";

    /// <summary>The whole page.</summary>
    public string Html(TodayView today) => $"""
        <!DOCTYPE html>
        <html lang="{words.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Encode(Subject(today))}</title></head>
        <body style="margin:0;padding:24px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1f2937;">
        <h1 style="font-size:20px;">{Encode(Subject(today))}</h1>
        {Section(words.GoingOut, today.GoingOut, Message)}
        {Section(words.Awaiting, today.AwaitingApproval, item => $"{words.Steps(item.Client, item.Items)} ({item.Shop}), {words.Until} {words.Day(item.Until)}")}
        {Section(words.Bounced, today.Bounced, Message)}
        {Section(words.Overdue, today.OverdueTasks, task => $"{task.Title}{words.Colon} {task.About} ({words.Day(task.DueOn)})")}
        {Section(words.Silent, today.SilentShops, shop => $"{shop.Name} ({shop.Url}){words.Colon} {words.Because(shop.Because)}")}
        <p><a href="{Encode(publicUrl.AbsoluteUri)}">{Encode(publicUrl.AbsoluteUri)}</a></p>
        </body></html>
        """;

    private string Message(MessageSummary message) => $"{words.Steps(message.Client, message.Items)} ({message.Shop}){words.Mode(message.Mode)}";

    private string Section<T>(string title, IReadOnlyList<T> items, Func<T, string> line)
    {
        if (items.Count == 0)
            return "";
        var lines = items.Take(Most).Select(line).Concat(items.Count > Most ? [words.More(items.Count - Most)] : []);
        return $"<h2 style=\"font-size:17px;\">{Encode(title)} ({items.Count.ToString(CultureInfo.InvariantCulture)})</h2><ul>{string.Concat(lines.Select(text => $"<li>{Encode(text)}</li>"))}</ul>";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
