using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Relance.Channels.Email.Reading;

namespace Relance.Bounces.Reading;

/// <summary>The words of a mail before the copy of the mail it answers.</summary>
internal static partial class HumanText
{
    private const int Longest = 64 * 1024;

    /// <summary>The first text part, or the words of the first HTML part; lines end with LF.</summary>
    public static string Of(IReadOnlyList<MimeEntity> parts)
    {
        var text = parts.FirstOrDefault(part => part.Type is "text/plain" or "")?.Text
            ?? (parts.FirstOrDefault(part => part.Type == "text/html") is { } html ? Words(html.Text) : "");
        text = text.Length > Longest ? text[..Longest] : text;
        text = text.ReplaceLineEndings("\n");
        return Copy().Match(text) is { Success: true } copy ? text[..copy.Index] : text;
    }

    private static string Words(string html)
    {
        using var document = new HtmlParser().ParseDocument(html.Length > Longest ? html[..Longest] : html);
        foreach (var block in document.QuerySelectorAll("br, p, div, tr, li, h1, h2, h3"))
            block.AppendChild(document.CreateTextNode("\n"));
        return document.Body?.TextContent ?? "";
    }

    [GeneratedRegex(
        @"^[-=_ >]{2,}\s*(below this line|this is a copy|(the )?(body|headers?) of (your|the) (original )?message|original (message|headers)|unsent message|returned (message|mail)|message (d['’]origine|original|source)|copie d[eu]|start of (returned|message)|the header of the original|forwarded message).*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Copy();
}
