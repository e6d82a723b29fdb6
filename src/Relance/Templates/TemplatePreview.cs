namespace Relance.Templates;

/// <summary>A message as a client would get it, from sample data: <c>relance template preview</c>.</summary>
public static class TemplatePreview
{
    /// <summary>Renders the sample of one message. QR codes are put into the HTML itself, so that a browser shows them.</summary>
    /// <exception cref="ArgumentException">Unknown id or language; the message lists those that exist.</exception>
    public static RenderedMail Render(MailRenderer renderer, string id, string locale = "fr")
    {
        TemplateCatalogue.Get(id);
        if (!renderer.Languages.Contains(locale))
            throw new ArgumentException($"--locale: no templates for '{locale}'. Expected one of: {string.Join(", ", renderer.Languages)}.", nameof(locale));
        var mail = renderer.Render(SampleMail.Of(id) with { Locale = locale });
        var html = mail.Images.Aggregate(mail.Html, (page, image) => page.Replace(
            "cid:" + image.ContentId, $"data:{image.MediaType};base64,{Convert.ToBase64String(image.Bytes.Span)}", StringComparison.Ordinal));
        return mail with { Html = html };
    }
}
