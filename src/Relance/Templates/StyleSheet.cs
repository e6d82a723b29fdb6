using System.Text.RegularExpressions;

namespace Relance.Templates;

/// <summary>
/// Writes the rules of <c>styles.css</c> (one tag or one class each) into the tags themselves: several mail readers drop style sheets.
/// Classes stay, so that the layout's media queries can still reach them.
/// </summary>
internal sealed partial class StyleSheet(string css)
{
    private readonly Dictionary<string, string> _rules = Rules().Matches(css)
        .ToDictionary(m => m.Groups["name"].Value, m => Spaces().Replace(m.Groups["style"].Value, " ").Trim());

    public string Inline(string html) => Tags().Replace(html, tag =>
    {
        var classes = Classes().Match(tag.Value).Groups["names"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var style = string.Join(' ', classes.Select(c => "." + c).Prepend(tag.Groups["tag"].Value).Select(_rules.GetValueOrDefault).OfType<string>());
        return style.Length == 0 ? tag.Value : $"<{tag.Groups["tag"].Value} style=\"{style}\"{tag.Groups["rest"].Value}>";
    });

    [GeneratedRegex(@"(?<name>[a-z0-9.-]+)\s*\{(?<style>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rules();

    [GeneratedRegex("<(?<tag>[a-z][a-z0-9]*)(?<rest>[^<>]*)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("class=\"(?<names>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Classes();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
