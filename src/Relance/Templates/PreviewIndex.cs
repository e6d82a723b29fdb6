using System.Net;
using System.Text;

namespace Relance.Templates;

/// <summary>The page that lists what <c>template preview --all</c> wrote.</summary>
internal static class PreviewIndex
{
    public static string Page(IReadOnlyList<PreviewedMail> mails)
    {
        var rows = new StringBuilder();
        foreach (var mail in mails)
        {
            rows.Append($"<tr><td>{mail.Id}</td><td>{mail.Locale}</td><td>{mail.Tone.ToString().ToLowerInvariant()}</td><td>{WebUtility.HtmlEncode(mail.Rendered.Subject)}</td><td>");
            foreach (var kind in new[] { "html", "txt", "eml" })
                rows.Append($"<a href=\"{mail.Name}.{kind}\">{kind}</a> ");
            rows.Append("</td></tr>\n");
        }

        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Messages of Relance</title>
            <style>body{"{"}font:15px/1.5 system-ui,sans-serif;margin:2rem{"}"} td,th{"{"}text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #ddd{"}"}</style></head>
            <body><h1>Messages of Relance</h1>
            <table><tr><th>Message</th><th>Language</th><th>Tone</th><th>Subject</th><th>Files</th></tr>
            {rows}</table></body></html>
            """;
    }
}
