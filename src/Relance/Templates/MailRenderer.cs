using Relance.Channels;

namespace Relance.Templates;

/// <summary>Renders messages from the templates inside the assembly. Safe for concurrent use.</summary>
public sealed class MailRenderer
{
    private const string Fallback = "fr";

    // A value is cut to this many characters in a subject line; bodies print it whole.
    private const int SubjectValue = 60;

    private readonly Dictionary<string, TemplateSet> _sets;

    /// <summary>Checks every template of every language: a service whose templates are faulty does not start.</summary>
    /// <exception cref="TemplateException">Lists every fault by file and line.</exception>
    public MailRenderer()
        : this(TemplateFiles.Languages.Select(l => new TemplateSet(
            MailLocale.Parse(l, TemplateFiles.Read(l + ".locale.txt")), TemplateFiles.Of(l),
            TemplateFiles.Frames(), TemplateFiles.Read("styles.css"))))
    {
    }

    internal MailRenderer(IEnumerable<TemplateSet> sets) => _sets = sets.ToDictionary(s => s.Locale.Language);

    /// <summary>Languages that have templates, e.g. <c>fr</c>.</summary>
    public IReadOnlyList<string> Languages => [.. _sets.Keys];

    /// <summary>What people call a message, in their language.</summary>
    /// <exception cref="ArgumentException">No such id.</exception>
    public string NameOf(string stepId, string locale) => Set(locale).Message(TemplateCatalogue.Get(stepId).Id).Head["name"](new object());

    /// <summary>What a maintenance contract covers, as mails name it, where it lists nothing of its own.</summary>
    public IReadOnlyList<string> Services(string locale) => Set(locale).Locale.Services;

    /// <summary>The private note that the shop keeps of a message.</summary>
    public string Note(string stepId, DateOnly sentOn, string locale) => Set(locale).Locale.Say("note.sent", NameOf(stepId, locale), Set(locale).Locale.DateLong(sentOn));

    /// <summary>Renders one message: one item in its own words, several in one grouped message, the hardest step first.</summary>
    /// <exception cref="ArgumentException">The model lacks what its message must print; names the field.</exception>
    public RenderedMail Render(MailModel model)
    {
        var (set, mail, sections, images) = Parts(model);
        var head = Head(set, sections);
        var subject = Prefix(model, set.Locale) + head.Subject;
        var html = set.Layout(new Dictionary<string, object?>(mail)
        {
            ["subject"] = subject,
            ["title"] = head.Title,
            ["preheader"] = head.Preheader,
            ["sections"] = string.Concat(sections.Select(s => sections.Count == 1 ? s.Body() : s.GroupedBody(set))),
        });
        return new RenderedMail(subject, html, HtmlToText.Convert(html, set.Locale.Say("link.address", "{0}")), [.. Logo(model), .. images.All]);
    }

    /// <summary>The subject that <see cref="Render"/> would give, for lists of what will go out.</summary>
    /// <exception cref="ArgumentException">The model lacks what its message must print; names the field.</exception>
    public string Subject(MailModel model)
    {
        var (set, _, sections, _) = Parts(model);
        return Prefix(model, set.Locale) + Head(set, sections).Subject;
    }

    private (TemplateSet Set, Dictionary<string, object?> Mail, List<MailSection> Sections, QrImages Images) Parts(MailModel model)
    {
        if (model.Items.Count == 0)
            throw new ArgumentException("Items: expected at least one.", nameof(model));
        var set = Set(model.Locale);
        var images = new QrImages();
        var mail = MailView.Of(model, set.Locale.Language);
        var sections = model.Items
            .OrderByDescending(i => TemplateCatalogue.Get(i.StepId).Hardness)
            .Select(i => new MailSection(set.Message(i.StepId), MailView.Of(model, i, mail, set.Locale, images)))
            .ToList();
        return (set, mail, sections, images);
    }

    private static MailHead Head(TemplateSet set, List<MailSection> sections) =>
        sections is [var only] ? only.Head(SubjectValue) : MailSection.GroupHead(sections, set.Locale, SubjectValue);

    private static IEnumerable<InlineImage> Logo(MailModel model) => model.Sender.Logo is { } logo
        ? [new InlineImage(MailView.LogoId, logo.MediaType, logo.MediaType == "image/png" ? "logo.png" : "logo.jpg", logo.Bytes)]
        : [];

    private TemplateSet Set(string locale) =>
        _sets.GetValueOrDefault(locale.Split('-', '_')[0].ToLowerInvariant()) ?? _sets[Fallback];

    private static string Prefix(MailModel model, MailLocale locale)
    {
        var redirected = Plain.Text(model.RedirectedFrom);
        return (redirected.Length > 0 ? locale.Say("subject.redirected", redirected) + " " : "") + (model.Test ? locale.Say("subject.test") + " " : "");
    }
}
