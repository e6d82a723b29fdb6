using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Relance.Demo.Page;

/// <summary>The frame of the demo's pages. Everything that comes from outside passes through <see cref="Text"/>.</summary>
internal static class Html
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#d8dde3;--soft:#5b6672;--accent:#0b5cad;--back:#fff;--good:#17723a;--bad:#b3261e}
        @media(prefers-color-scheme:dark){:root{--line:#3a424b;--soft:#a3aeba;--accent:#7db7f0;--back:#14181c;--good:#6fd08c;--bad:#ff8a80}}
        *{box-sizing:border-box}body{margin:0;background:var(--back);font:16px/1.5 system-ui,sans-serif}
        header,main{max-width:76rem;margin:0 auto;padding:.75rem 1rem}header{display:flex;gap:1.25rem;align-items:baseline;border-bottom:1px solid var(--line)}
        h1{font-size:1.25rem;margin:0}h2{font-size:1.1rem;overflow-wrap:anywhere}a{color:var(--accent)}.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.45rem .6rem .45rem 0;border-bottom:1px solid var(--line)}th{font-size:.85rem;color:var(--soft)}
        ol{list-style:none;margin:0;padding:0}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);padding:.75rem}
        iframe{width:100%;height:75vh;border:1px solid var(--line);background:#fff}nav a{margin-right:1rem}
        @media(max-width:46rem){table,tbody,tr,td{display:block}thead{display:none}tr{border-bottom:1px solid var(--line);padding:.6rem 0}td{border:0;padding:.1rem 0}td[data-name]::before{content:attr(data-name) ": ";color:var(--soft);font-size:.85rem}}
        """;

    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Text as HTML, in elements and in quoted attributes.</summary>
    public static string Text(string? text) => s_encoder.Encode(text ?? "");

    /// <summary>A whole page.</summary>
    public static string Page(string title, string body) => $"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{Text(title)}</title><style>{Style}</style></head>
        <body><header><h1>Relance, demo</h1><a href="/">Contracts</a><a href="/mails">Mails</a></header><main>{body}</main></body></html>
        """;

    /// <summary>A table; cells are HTML already. On a phone each row is a small list.</summary>
    public static string Table(IReadOnlyList<string> titles, IEnumerable<string[]> rows)
    {
        var head = string.Concat(titles.Select(title => $"<th>{Text(title)}</th>"));
        var body = string.Concat(rows.Select(cells => $"<tr>{string.Concat(cells.Zip(titles, (cell, title) => $"<td data-name=\"{Text(title)}\">{cell}</td>"))}</tr>"));
        return $"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>";
    }
}
