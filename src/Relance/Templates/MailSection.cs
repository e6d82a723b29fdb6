namespace Relance.Templates;

/// <summary>What a mailbox shows of a mail, and its heading.</summary>
internal sealed record MailHead(string Subject, string Title, string Preheader);

/// <summary>One item of a mail, with the words of its step.</summary>
internal sealed class MailSection(CompiledMessage message, IReadOnlyDictionary<string, object?> view)
{
    public MailHead Head(int clip) => new(Line("subject", clip), Line("title"), Line("preheader"));

    /// <summary>Counts the contracts; names what all have in common, or what is hardest among them.</summary>
    public static MailHead GroupHead(IReadOnlyList<MailSection> sections, MailLocale locale, int clip)
    {
        var label = sections[0].Line("label", clip);
        var key = sections.All(s => s.Line("label", clip) == label) ? "subject.group" : "subject.group-mixed";
        return new MailHead(
            locale.Say(key, sections.Count, label), locale.Say("title.group", sections.Count), locale.Say("preheader.group", sections.Count));
    }

    public string Body() => message.Body(view);

    /// <summary>Under its own heading; the headings inside go one level down.</summary>
    public string GroupedBody(TemplateSet set)
    {
        var body = Body().Replace("<h2", "<h3", StringComparison.Ordinal).Replace("</h2>", "</h3>", StringComparison.Ordinal);
        return set.Section(new Dictionary<string, object?>(view) { ["title"] = Line("title"), ["sections"] = body });
    }

    private string Line(string key, int clip = int.MaxValue) => message.Head[key](clip == int.MaxValue ? view : Clipped(clip)).Trim();

    private Dictionary<string, object?> Clipped(int length) =>
        view.ToDictionary(v => v.Key, v => v.Value is string text ? Plain.Clip(text, length) : v.Value);
}
