using Relance.Channels;
using Relance.Channels.Email.Mime;
using Relance.Domain.Reminders;

namespace Relance.Templates;

/// <summary>One variant of a message: what <c>template preview</c> writes.</summary>
/// <param name="Page">The HTML with its images inside, so that a browser shows it.</param>
/// <param name="Mail">The same message as it would leave, RFC 5322.</param>
internal sealed record PreviewedMail(string Id, string Locale, Tone Tone, RenderedMail Rendered, string Page, byte[] Mail)
{
    /// <summary>The files' name without extension: <c>maintenance.notice.fr.gentle</c>.</summary>
    public string Name => $"{Id}.{Locale}.{Tone.ToString().ToLowerInvariant()}";
}

/// <summary>Messages as clients would get them, from sample data: <c>relance template preview</c>.</summary>
internal static class TemplatePreview
{
    private static readonly DateTimeOffset s_date = new(2026, 12, 1, 9, 2, 0, TimeSpan.FromHours(1));

    /// <summary>Every message in every language and tone, or those asked for.</summary>
    /// <exception cref="ArgumentException">Unknown id or language; the message lists those that exist.</exception>
    public static IEnumerable<PreviewedMail> All(MailRenderer renderer, string? id = null, string? locale = null, Tone? tone = null)
    {
        IEnumerable<TemplateEntry> entries = id is null ? TemplateCatalogue.All : [TemplateCatalogue.Get(id)];
        if (locale is not null && !renderer.Languages.Contains(locale))
            throw new ArgumentException($"--locale: no templates for '{locale}'. Expected one of: {string.Join(", ", renderer.Languages)}.", nameof(locale));
        return from entry in entries
               from language in locale is null ? renderer.Languages : [locale]
               from variant in entry.Tones
               where tone is null || variant == tone || entry.Tones.Count == 1
               select Render(renderer, entry.Id, language, variant);
    }

    /// <summary>Renders the sample of one message.</summary>
    /// <exception cref="ArgumentException">Unknown id or language; the message lists those that exist.</exception>
    public static PreviewedMail One(MailRenderer renderer, string id, string locale, Tone tone) => All(renderer, id, locale, tone).First();

    private static PreviewedMail Render(MailRenderer renderer, string id, string locale, Tone tone)
    {
        var model = SampleMail.Of(id, locale, tone, renderer.Services(locale));
        var mail = renderer.Render(model);
        var page = mail.Images.Aggregate(mail.Html, (html, image) => html.Replace(
            "cid:" + image.ContentId, $"data:{image.MediaType};base64,{Convert.ToBase64String(image.Bytes.Span)}", StringComparison.Ordinal));
        var sender = new Mailbox(model.Sender.TradeName, model.Sender.Email);
        var draft = new MessageDraft(
            $"{id}.{locale}@specimen.invalid", s_date, sender, null, [new Mailbox(model.ClientName, "client@specimen.invalid")], [],
            mail.Subject, mail.Text, mail.Html, mail.Images, locale);
        return new PreviewedMail(id, locale, tone, mail, page, MimeWriter.Write(draft).ToArray());
    }
}
