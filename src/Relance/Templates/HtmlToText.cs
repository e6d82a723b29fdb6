using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Relance.Templates;

/// <summary>Makes the plain-text part of a mail from its HTML, so that both always say the same.</summary>
internal static class HtmlToText
{
    private static readonly string[] Skipped = ["HEAD", "STYLE", "IMG", "TITLE"];
    private static readonly string[] Blocks = ["P", "DIV", "TABLE", "TR", "TD", "UL", "OL", "BODY", "SECTION"];

    public static string Convert(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new TextBlocks();
        Walk(document.Body!, text);
        return text.ToString();
    }

    private static void Walk(INode node, TextBlocks text)
    {
        if (node is IText { Data: var data })
            text.Write(data);
        else if (node is IElement element && !Skipped.Contains(element.TagName) && !element.ClassList.Contains("preheader"))
            Element(element, text);
    }

    private static void Element(IElement element, TextBlocks text)
    {
        switch (element.TagName)
        {
            case "BR": text.EndLine(); break;
            case "HR": text.Rule(); break;
            case "H1" or "H2" or "H3": text.Heading(element.TextContent, element.TagName[1] - '0'); break;
            case "A": Link(element, text); break;
            case "LI": Item(element, text); break;
            case "TH": Children(element, text); text.Write(" "); break;
            case "TD" when element.Closest("table.facts") is not null: Children(element, text); break;
            case "TR" when element.Closest("table.facts") is not null: Children(element, text); text.EndLine(); break;
            case var _ when element.ClassList.Contains("box"): text.Box(() => Children(element, text)); break;
            case var tag when Blocks.Contains(tag): text.EndBlock(); Children(element, text); text.EndBlock(); break;
            default: Children(element, text); break;
        }
    }

    private static void Children(IElement element, TextBlocks text)
    {
        foreach (var child in element.ChildNodes)
            Walk(child, text);
    }

    // The words first, then the address on its own line: readers of plain text make it a link.
    private static void Link(IElement link, TextBlocks text)
    {
        var (words, address) = (link.TextContent.Trim(), link.GetAttribute("href") ?? "");
        text.Write(words);
        if (address == words || address == "mailto:" + words)
            return;
        text.Write(" :".Replace(' ', '\u00A0'));
        text.EndLine();
        text.Verbatim(Short(address));
    }

    // A prefilled answer without its body: the whole would be an unreadable line of several hundred characters.
    private static string Short(string address) =>
        address.StartsWith("mailto:", StringComparison.Ordinal) ? address.Split("&body=")[0] : address;

    private static void Item(IElement item, TextBlocks text)
    {
        var number = item.ParentElement is { TagName: "OL" } list ? $"{list.Children.Index(item) + 1}. " : "- ";
        text.EndLine();
        text.Item(number, () => Children(item, text));
    }
}
