using HandlebarsDotNet;

namespace Relance.Templates;

/// <summary>The checked and compiled templates of one language.</summary>
internal sealed class TemplateSet
{
    private readonly Dictionary<string, CompiledMessage> _messages = [];
    private readonly Dictionary<string, HandlebarsTemplate<object, object>> _frames;

    /// <summary>Checks, typesets, styles and compiles.</summary>
    /// <exception cref="TemplateException">Any fault in any template.</exception>
    public TemplateSet(MailLocale locale, IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> frames, string css)
    {
        Locale = locale;
        var sources = files.ToDictionary(f => f.Key, f => TemplateSource.Parse(f.Key, f.Value));
        var around = frames.Select(f => TemplateSource.Frame(f.Key, f.Value)).ToList();
        Verify(sources, around, locale.Language);
        var (html, text) = (TemplateHelpers.Html(locale), TemplateHelpers.Text(locale));
        var styles = new StyleSheet(css);
        string Styled(TemplatePart part) => styles.Inline(locale.Typeset(part.Text));
        foreach (var (name, source) in sources.Where(s => !s.Value.IsMessage))
            html.RegisterTemplate(name[1..], Styled(source.Body));
        foreach (var (name, source) in sources.Where(s => s.Value.IsMessage))
        {
            var head = source.Head.ToDictionary(h => h.Key, h => Compile(name, text, locale.Typeset(h.Value.Text)));
            _messages[name] = new CompiledMessage(head, Compile(name, html, Styled(source.Body)));
        }

        _frames = around.ToDictionary(f => f.Name, f => Compile(f.Name, html, styles.Inline(f.Body.Text)));
    }

    public MailLocale Locale { get; }

    /// <summary>The message of a step.</summary>
    public CompiledMessage Message(string id) => _messages[id];

    public string Layout(IReadOnlyDictionary<string, object?> view) => _frames["layout"](view);

    public string Section(IReadOnlyDictionary<string, object?> view) => _frames["section"](view);

    private HandlebarsTemplate<object, object> Compile(string name, IHandlebars environment, string template)
    {
        try
        {
            return environment.Compile(template);
        }
        catch (HandlebarsException refused)
        {
            throw new TemplateException([$"{Locale.Language}/{name}: {refused.Message}"]);
        }
    }

    private static void Verify(Dictionary<string, TemplateSource> sources, List<TemplateSource> frames, string language)
    {
        var faults = frames.SelectMany(f => new TemplateChecker(sources).Check(f, entry: null)).ToList();
        foreach (var source in sources.Values.Where(s => s.IsMessage))
        {
            faults.AddRange(EntryOf(source.Name) is { } entry
                ? new TemplateChecker(sources).Check(source, entry)
                : [$"{source.Name}:1: no entry in the catalogue has this name."]);
        }

        faults.AddRange(TemplateCatalogue.All.Where(e => !sources.ContainsKey(e.Id)).Select(e => $"{e.Id}: the file is missing."));
        if (faults.Count > 0)
            throw new TemplateException([.. faults.Distinct().Select(f => $"{language}/{f}")]);
    }

    private static TemplateEntry? EntryOf(string name) => TemplateCatalogue.All.FirstOrDefault(e => e.Id == name);
}

/// <summary>One message: its head lines as plain text, its body as HTML.</summary>
internal sealed record CompiledMessage(
    IReadOnlyDictionary<string, HandlebarsTemplate<object, object>> Head, HandlebarsTemplate<object, object> Body);
