using static Relance.Templates.PlaceholderKind;

namespace Relance.Templates;

/// <summary>
/// Walks every mustache of the templates of one locale, in branches taken or not, partials included, so that no fault waits for
/// rendering (Handlebars.Net reports an unknown name only when it meets it).
/// </summary>
internal sealed class TemplateChecker(IReadOnlyDictionary<string, TemplateSource> templates)
{
    private static readonly string[] Blocks = ["if", "unless", "each"];
    private static readonly Dictionary<string, PlaceholderKind> Helpers = new()
    {
        ["date"] = Date,
        ["dateShort"] = Date,
        ["money"] = Money,
        ["plural"] = Count,
    };

    private readonly List<string> _faults = [];
    private readonly HashSet<string> _used = [];

    /// <summary>Checks a message against its catalogue entry, or the layout when there is none.</summary>
    /// <returns>One line per fault: file, line, what is wrong, what is allowed.</returns>
    public IReadOnlyList<string> Check(TemplateSource source, TemplateEntry? entry)
    {
        var names = Placeholders.Mail.Concat(entry is null ? Placeholders.Layout : Placeholders.Item);
        var filled = entry is null ? [] : RequiredDates(entry);
        foreach (var part in source.Head.Values.Append(source.Body))
            Walk(source, part, new TemplateScope(names, filled), depth: 0);
        _faults.AddRange((entry?.Requires ?? []).Where(r => !_used.Contains(r))
            .Select(r => $"{source.Name}:1: must print '{r}' ({entry!.Purpose})"));
        return [.. _faults.Distinct()];
    }

    /// <summary>Dates a message promises: <see cref="MailView"/> refuses a model without them, so templates need no test.</summary>
    public static string[] RequiredDates(TemplateEntry entry) =>
        [.. Placeholders.Item.Where(p => p is { Kind: Date, Optional: true } && entry.Requires.Contains(p.Name)).Select(p => p.Name)];

    private void Walk(TemplateSource source, TemplatePart part, TemplateScope scope, int depth)
    {
        var outer = scope.Innermost;
        foreach (var token in TemplateTokens.Read(part))
        {
            if (Fault(token, scope, outer, depth) is { } fault)
                _faults.Add($"{source.Name}:{token.Line}: {fault}");
        }

        while (scope.Innermost is { } open && open != outer)
            _faults.Add($"{source.Name}:{scope.Close().Line}: block '#{open.Helper} {open.Subject}' is never closed.");
    }

    private string? Fault(TemplateToken token, TemplateScope scope, TemplateBlock? outer, int depth) => token.Kind switch
    {
        TokenKind.Unclosed => $"'{token.Name}' has no closing braces.",
        TokenKind.Raw => "values are always escaped: use two braces, no '&'.",
        TokenKind.Partial => Partial(token, scope, depth),
        TokenKind.Open => Open(token, scope),
        TokenKind.Else when scope.Innermost is { } block && block != outer => Else(block),
        TokenKind.Close when scope.Innermost is { } block && block != outer && block.Helper == token.Name => Close(scope),
        TokenKind.Else => "'else' outside of a block.",
        TokenKind.Close => $"'/{token.Name}' closes nothing; open is: {scope.Innermost?.Helper ?? "no block"}.",
        _ when token.Arguments.Count > 0 => Helper(token, scope),
        _ => Value(token, scope),
    };

    private string? Partial(TemplateToken token, TemplateScope scope, int depth)
    {
        if (!templates.TryGetValue("_" + token.Name, out var partial))
            return $"no partial '{token.Name}'; there are: {string.Join(", ", templates.Keys.Where(k => k[0] == '_').Select(k => k[1..]))}.";
        if (depth > 4)
            return $"partial '{token.Name}' includes itself.";
        Walk(partial, partial.Body, scope, depth + 1);
        return null;
    }

    private string? Open(TemplateToken token, TemplateScope scope)
    {
        var subject = token.Arguments.Count == 1 ? token.Arguments[0] : "";
        scope.Open(new TemplateBlock(token.Name, subject, token.Line));
        if (!Blocks.Contains(token.Name))
            return $"unknown block '#{token.Name}'; allowed: {string.Join(", ", Blocks)}.";
        if (scope.Find(subject) is not { } placeholder)
            return Unknown(subject, scope);
        _used.Add(subject);
        return token.Name == "each" && placeholder.Kind != List ? $"'{subject}' is no list: '#each' needs one." : null;
    }

    private static string? Else(TemplateBlock block)
    {
        block.Inverted = true;
        return null;
    }

    private static string? Close(TemplateScope scope)
    {
        scope.Close();
        return null;
    }

    private string? Helper(TemplateToken token, TemplateScope scope)
    {
        if (!Helpers.TryGetValue(token.Name, out var kind))
            return $"unknown helper '{token.Name}'; allowed: {string.Join(", ", Helpers.Keys)}.";
        var words = token.Name == "plural" ? 3 : 1;
        if (token.Arguments.Count != words)
            return $"'{token.Name}' takes {words} argument(s), got {token.Arguments.Count}.";
        return Print(token.Arguments[0], scope, p => p.Kind == kind, $"a {kind}");
    }

    private string? Value(TemplateToken token, TemplateScope scope) => token.Name switch
    {
        "this" when scope.InEach => null,
        "content" when scope.Find("subject") is not null => null,
        // Escaping does not make "javascript:" harmless: links hold addresses that we checked or built.
        _ when token.InLink => Print(token.Name, scope, p => p.Kind == Url, "a Url, since this is a link"),
        _ => Print(token.Name, scope, p => p.Kind is Text or Count, "text (dates need 'date', amounts 'money', addresses 'href')"),
    };

    private string? Print(string name, TemplateScope scope, Predicate<Placeholder> fits, string expected)
    {
        if (scope.Find(name) is not { } placeholder)
            return Unknown(name, scope);
        _used.Add(name);
        if (scope.InEach)
            return $"inside '#each' only 'this' can be printed, not '{name}'.";
        if (!fits(placeholder))
            return $"'{name}' is a {placeholder.Kind}, expected {expected}.";
        return scope.IsFilled(placeholder) ? null : $"'{name}' may be empty: print it inside '#if {name}'.";
    }

    private static string Unknown(string name, TemplateScope scope) => $"unknown placeholder '{name}'; allowed: {scope.Allowed}.";
}
