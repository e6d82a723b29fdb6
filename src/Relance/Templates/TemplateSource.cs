namespace Relance.Templates;

/// <summary>A run of template text and the line of its file on which it starts.</summary>
internal sealed record TemplatePart(string Text, int Line);

/// <summary>
/// One template file. A message starts with <c>key: value</c> lines (name, subject, title, preheader, label), then <c>---</c>, then its HTML;
/// a partial (<c>_name</c>) and the layout are HTML alone.
/// </summary>
internal sealed record TemplateSource(string Name, IReadOnlyDictionary<string, TemplatePart> Head, TemplatePart Body)
{
    /// <summary>The head lines every message has.</summary>
    public static IReadOnlyList<string> HeadKeys { get; } = ["name", "subject", "title", "preheader", "label"];

    public bool IsMessage => Head.Count > 0;

    /// <summary>A message or a partial, by its name.</summary>
    /// <exception cref="TemplateException">The head of a message is malformed or incomplete.</exception>
    public static TemplateSource Parse(string name, string text) =>
        name.StartsWith('_') ? Frame(name, text) : ParseMessage(name, text.ReplaceLineEndings("\n").Split('\n'));

    /// <summary>A file without head.</summary>
    public static TemplateSource Frame(string name, string text) =>
        new(name, new Dictionary<string, TemplatePart>(), new TemplatePart(text.ReplaceLineEndings("\n"), 1));

    private static TemplateSource ParseMessage(string name, string[] lines)
    {
        var faults = new List<string>();
        var head = new Dictionary<string, TemplatePart>();
        var end = Array.IndexOf(lines, "---");
        if (end < 0)
            faults.Add($"{name}:1: expected a line '---' between the head and the body.");
        for (var i = 0; i < end; i++)
        {
            var (key, value) = Split(lines[i]);
            if (!HeadKeys.Contains(key) || value.Length == 0)
                faults.Add($"{name}:{i + 1}: expected '<key>: <text>' with a key among {string.Join(", ", HeadKeys)}.");
            else if (key == "name" && value.Contains("{{", StringComparison.Ordinal))
                faults.Add($"{name}:{i + 1}: 'name' is what people call the message: plain text, no placeholder.");
            else
                head[key] = new TemplatePart(value, i + 1);
        }

        faults.AddRange(HeadKeys.Where(k => !head.ContainsKey(k)).Select(k => $"{name}:1: the line '{k}:' is missing."));
        return faults.Count > 0
            ? throw new TemplateException(faults)
            : new TemplateSource(name, head, new TemplatePart(string.Join('\n', lines[(end + 1)..]), end + 2));
    }

    private static (string Key, string Value) Split(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (line[..colon], line[(colon + 1)..].Trim()) : (line, "");
}
