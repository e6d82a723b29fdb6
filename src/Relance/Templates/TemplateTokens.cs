namespace Relance.Templates;

/// <summary>A mustache: <c>{{#if x}}</c> is Open, if, [x].</summary>
/// <param name="InLink">It starts the value of <c>href</c> or <c>src</c>.</param>
internal sealed record TemplateToken(TokenKind Kind, string Name, IReadOnlyList<string> Arguments, int Line, bool InLink = false);

internal enum TokenKind
{
    Value,
    Open,
    Else,
    Close,
    Partial,
    Raw,
    Unclosed,
}

/// <summary>Finds the mustaches of a template. Comments are left out.</summary>
internal static class TemplateTokens
{
    public static IEnumerable<TemplateToken> Read(TemplatePart part)
    {
        var text = part.Text;
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0;)
        {
            var line = part.Line + text.AsSpan(0, at).Count('\n');
            var comment = text.AsSpan(at).StartsWith("{{!--", StringComparison.Ordinal);
            var end = text.IndexOf(comment ? "--}}" : "}}", at, StringComparison.Ordinal);
            if (end < 0)
            {
                yield return new TemplateToken(TokenKind.Unclosed, text[at..Math.Min(text.Length, at + 20)].Split('\n')[0], [], line);
                yield break;
            }

            var inner = text[(at + 2)..end].Trim('~').Trim();
            if (!inner.StartsWith('!'))
                yield return Token(inner, line) with { InLink = IsLink(text.AsSpan(0, at)) };
            at = text.IndexOf("{{", end + 2, StringComparison.Ordinal);
        }
    }

    private static bool IsLink(ReadOnlySpan<char> before) =>
        before.EndsWith("href=\"", StringComparison.Ordinal) || before.EndsWith("src=\"", StringComparison.Ordinal);

    private static TemplateToken Token(string inner, int line)
    {
        var kind = inner switch
        {
            ['{' or '&', ..] => TokenKind.Raw,
            ['#' or '^', ..] => TokenKind.Open,
            ['/', ..] => TokenKind.Close,
            ['>', ..] => TokenKind.Partial,
            "else" => TokenKind.Else,
            _ => TokenKind.Value,
        };
        var words = Words(kind is TokenKind.Value or TokenKind.Else ? inner : inner[1..].Trim());
        return new TemplateToken(kind, words.FirstOrDefault() ?? "", [.. words.Skip(1)], line);
    }

    // Words are separated by spaces; a quoted argument keeps its quotes and its spaces.
    private static List<string> Words(string inner)
    {
        var words = new List<string>();
        for (var i = 0; i < inner.Length; i++)
        {
            if (char.IsWhiteSpace(inner[i]))
                continue;
            var quote = inner.IndexOf('"', i + 1);
            var end = inner[i] == '"' && quote > 0 ? quote + 1 : inner.IndexOfAny([' ', '\n', '\t'], i);
            if (end < 0)
                end = inner.Length;
            words.Add(inner[i..end]);
            i = end - 1;
        }

        return words;
    }
}
