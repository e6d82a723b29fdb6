using System.Text.RegularExpressions;

namespace Relance.Templates;

/// <summary>
/// French typography for the copy of templates, so that authors type plain spaces and apostrophes. Values of clients are never touched.
/// Narrow no-break space before ; ! ?, no-break space before : » % € and after « and n° (Imprimerie nationale).
/// </summary>
internal static partial class Typography
{
    public static string French(string template) => Copy().Replace(template, m => m.Value[0] is '{' or '<' ? m.Value : Mend(m.Value));

    private static string Mend(string copy)
    {
        var text = Narrow().Replace(copy, "\u202F${mark}");
        text = Before().Replace(text, "\u00A0${mark}");
        text = After().Replace(text, "${mark}\u00A0");
        return text.Replace('\'', '’').Replace("...", "…", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{\{.*?\}\}|<[^>]*>|[^<{]+|\{", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Copy();

    [GeneratedRegex(" (?<mark>[;!?])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Narrow();

    [GeneratedRegex(" (?<mark>[:»%€])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Before();

    [GeneratedRegex("(?<mark>«|n°|article) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex After();
}
