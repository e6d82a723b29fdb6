using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Relance.Templates;

/// <summary>Makes the plain-text part of a mail from its HTML, so that both always say the same.</summary>
internal sealed class HtmlToText(string linkLabel, TextBlocks text)
{
    private static readonly string[] Skipped = ["HEAD", "STYLE", "IMG", "TITLE"];
    private static readonly string[] Blocks = ["P", "DIV", "TABLE", "TR", "TD", "UL", "OL", "BODY", "SECTION"];

    public static string Convert(string html, string linkLabel = "{0}\u00A0:")
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new TextBlocks();
        new HtmlToText(linkLabel, text).Walk(document.Body!);
        return text.ToString();
    }

    private void Walk(INode node)
    {
        if (node is IText { Data: var data })
            text.Write(data);
        else if (node is IElement element && !Skipped.Contains(element.TagName) && !element.ClassList.Contains("preheader"))
            Element(element);
    }

    private void Element(IElement element)
    {
        switch (element.TagName)
        {
            case "BR": text.EndLine(); break;
            case "HR": text.Rule(); break;
            case "H1" or "H2" or "H3": text.Heading(element.TextContent, element.TagName[1] - '0'); break;
            case "A": Link(element); break;
            case "LI": Item(element); break;
            case "TH": Children(element); text.Write(" "); break;
            case "TD" when element.Closest("table.facts") is not null: Children(element); break;
            case "TR" when element.Closest("table.facts") is not null: Children(element); text.EndLine(); break;
            case var _ when element.ClassList.Contains("deadline"): text.Frame(element.TextContent); break;
            case var _ when element.ClassList.Contains("box"): text.Box(() => Children(element)); break;
            case var tag when Blocks.Contains(tag): text.EndBlock(); Children(element); text.EndBlock(); break;
            default: Children(element); break;
        }
    }

    private void Children(IElement element)
    {
        foreach (var child in element.ChildNodes)
            Walk(child);
    }

    // The words first, then the address on its own line: readers of plain text make it a link.
    private void Link(IElement link)
    {
        var (words, address) = (link.TextContent.Trim(), link.GetAttribute("href") ?? "");
        var named = address == words || address == "mailto:" + words;
        text.Write(named ? words : string.Format(CultureInfo.InvariantCulture, linkLabel, words));
        if (named)
            return;
        text.EndLine();
        text.Verbatim(Short(address));
    }

    // A prefilled answer without its body: the whole would be an unreadable line of several hundred characters.
    private static string Short(string address) =>
        address.StartsWith("mailto:", StringComparison.Ordinal) ? address.Split("&body=")[0] : address;

    private void Item(IElement item)
    {
        var number = item.ParentElement is { TagName: "OL" } list ? $"{list.Children.Index(item) + 1}. " : "- ";
        text.EndLine();
        text.Item(number, () => Children(item));
    }
}
