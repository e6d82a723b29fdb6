using System.Collections.Concurrent;
using HandlebarsDotNet;

namespace Relance.Templates;

/// <summary>The checked templates of one language. Safe for concurrent use.</summary>
internal sealed class TemplateSet
{
    private readonly Dictionary<string, TemplateSource> _sources;
    private readonly StyleSheet _styles;
    private readonly ConcurrentDictionary<string, CompiledMessage> _messages = new(StringComparer.Ordinal);
    private readonly Lazy<IHandlebars> _html;
    private readonly Lazy<IHandlebars> _text;
    private readonly Lazy<Dictionary<string, HandlebarsTemplate<object, object>>> _frames;

    /// <summary>Checks every template. Compiling costs far more: each message is compiled when it is first needed.</summary>
    /// <exception cref="TemplateException">Any fault in any template.</exception>
    public TemplateSet(MailLocale locale, IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> frames, string css)
    {
        Locale = locale;
        _sources = files.ToDictionary(f => f.Key, f => TemplateSource.Parse(f.Key, f.Value));
        var around = frames.Select(f => TemplateSource.Frame(f.Key, f.Value)).ToList();
        Verify(_sources, around, locale.Language);
        _styles = new StyleSheet(css);
        _html = new(HtmlWithParts);
        _text = new(() => TemplateHelpers.Text(locale));
        _frames = new(() => around.ToDictionary(f => f.Name, f => Compile(f.Name, _html.Value, _styles.Inline(f.Body.Text))));
    }

    public MailLocale Locale { get; }

    /// <summary>The message of a step.</summary>
    public CompiledMessage Message(string id) => _messages.GetOrAdd(id, Compile);

    public string Layout(IReadOnlyDictionary<string, object?> view) => _frames.Value["layout"](view);

    public string Section(IReadOnlyDictionary<string, object?> view) => _frames.Value["section"](view);

    private string Styled(TemplatePart part) => _styles.Inline(Locale.Typeset(part.Text));

    private IHandlebars HtmlWithParts()
    {
        var html = TemplateHelpers.Html(Locale);
        foreach (var (name, source) in _sources.Where(s => !s.Value.IsMessage))
            html.RegisterTemplate(name[1..], Styled(source.Body));
        return html;
    }

    private CompiledMessage Compile(string id)
    {
        var source = _sources[id];
        return new CompiledMessage(source.Head.ToDictionary(h => h.Key, h => Compile(id, _text.Value, Locale.Typeset(h.Value.Text))), Compile(id, _html.Value, Styled(source.Body)));
    }

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
