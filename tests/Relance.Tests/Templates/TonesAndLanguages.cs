using System.Text.RegularExpressions;
using Relance.Domain.Reminders;
using Relance.Templates;
using static Relance.Tests.Templates.MailFixtures;

namespace Relance.Tests.Templates;

/// <summary>A tone changes how something is said, a language in which words: never what is said.</summary>
public class TonesAndLanguages
{
    public static TheoryData<string, string> Toned => Matrix(TemplateCatalogue.All.Where(e => e.Tones.Count > 1));

    public static TheoryData<string, string> All => Matrix(TemplateCatalogue.All);

    [Theory, MemberData(nameof(Toned))]
    public void Dates_amounts_links_and_headings_are_the_same_in_every_tone(string step, string locale)
    {
        var mails = Enum.GetValues<Tone>().Select(tone => Renderer.Render(Mail(Item(step)) with { Tone = tone, Locale = locale })).ToList();

        mails.Select(m => m.Text).Distinct().Count().ShouldBe(3);
        mails.Select(m => m.Subject).Distinct().Count().ShouldBe(1);
        mails.Select(Facts).Distinct().Count().ShouldBe(1);
    }

    [Theory, MemberData(nameof(All))]
    public void Both_languages_state_the_same_dates_amounts_and_links(string step, string locale)
    {
        foreach (var tone in TemplateCatalogue.Get(step).Tones)
        {
            var mail = Renderer.Render(Mail(Item(step)) with { Tone = tone, Locale = locale });
            Numbers(mail).ShouldBe(Numbers(Renderer.Render(Mail(Item(step)) with { Tone = tone, Locale = "fr" })), $"{step} {tone}");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void English_is_typeset_as_English_and_holds_no_French(string step, string locale)
    {
        if (locale != "en")
            return;
        var full = Item(step) with { PlanName = "Care", StoppedServices = ["updates", "backups"], InvoiceNumber = "F-9" };
        MailItem[] variants = [full, full with { TransferAnnounced = true }, full with { NeedsLogin = true }, full with { PayUrl = null, SiteUrl = null, InvoiceNumber = null, OrderNumber = null, StoppedServices = [] }];
        foreach (var tone in TemplateCatalogue.Get(step).Tones)
        {
            foreach (var mail in variants.Select(v => Renderer.Render(Mail(v) with { Tone = tone, Locale = "en", Sender = Abroad })).Append(Renderer.Render(Mail(variants) with { Test = true, RedirectedFrom = "a@b.example", Specimen = true, Locale = "en", Sender = Abroad })))
                EnglishFaults($"{mail.Subject}\n{Regex.Replace(mail.Text, @"(mailto:|https?://)\S+", "")}").ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("Thank you !")]
    [InlineData("it's")]
    [InlineData("\"Care\"")]
    [InlineData("« Care »")]
    [InlineData("1 234,50 €")]
    [InlineData("Votre contrat")]
    public void The_lint_itself_sees_faults(string copy) => EnglishFaults(copy).ShouldNotBeEmpty();

    [Theory, MemberData(nameof(All))]
    public void Every_message_has_a_name_and_a_note_in_each_language(string step, string locale)
    {
        var name = Renderer.NameOf(step, locale);
        name.ShouldNotBeNullOrWhiteSpace();
        Renderer.Note(step, J, locale).ShouldBe(locale == "fr" ? $"Relance\u00A0: {name}. Message envoyé le 31 décembre 2026." : $"Relance: {name}. Message sent on 31 December 2026.");
        TemplateCatalogue.All.Count(e => Renderer.NameOf(e.Id, locale) == name).ShouldBe(1);
    }

    [Theory, MemberData(nameof(All))]
    public void Every_preview_stands_alone(string step, string locale)
    {
        var mails = TemplatePreview.All(Renderer, step, locale).ToList();

        mails.Select(m => m.Name).ShouldBe(TemplateCatalogue.Get(step).Tones.Select(t => $"{step}.{locale}.{t.ToString().ToLowerInvariant()}"));
        mails.ShouldAllBe(m => !m.Page.Contains("cid:") && m.Page.Contains("Sp") && m.Rendered.Subject.Length > 10);
        mails.ShouldAllBe(m => System.Text.Encoding.UTF8.GetString(m.Mail).Contains("MIME-Version: 1.0"));
    }

    [Fact]
    public void A_preview_of_an_unknown_id_or_language_lists_those_that_exist()
    {
        Should.Throw<ArgumentException>(() => TemplatePreview.One(Renderer, "maintenance.nope", "fr", Tone.Neutral)).Message.ShouldContain("maintenance.notice");
        Should.Throw<ArgumentException>(() => TemplatePreview.One(Renderer, "maintenance.notice", "xx", Tone.Neutral)).Message.ShouldContain("Expected one of: en, fr");
    }

    [Fact]
    public void Ten_contracts_in_one_mail_stay_below_what_mailboxes_clip()
    {
        var items = Enumerable.Range(1, 10).Select(n => Item("maintenance.suspension", $"MAINT-{n:000}") with { PayUrl = new Uri($"https://shop.example/paiement/{n}/?pay_for_order=true&key=wc_order_{n:000}") });
        // Gmail hides what follows the first 102 kB of HTML.
        System.Text.Encoding.UTF8.GetByteCount(Renderer.Render(Mail([.. items])).Html).ShouldBeLessThan(102 * 1024);
    }

    private static SenderIdentity Abroad => AnAgency with { Address = "12 Tanner Street, York" };

    private static string Facts(RenderedMail mail) => string.Join('|', [.. Numbers(mail), .. Regex.Matches(mail.Html, "<h[123][^>]*>(.*?)</h").Select(m => m.Groups[1].Value)]);

    // Every run of digits, and every address, in the order of the text.
    private static string Numbers(RenderedMail mail) => string.Join(' ', Regex.Matches(mail.Text.Replace("1er janvier", "1 janvier", StringComparison.Ordinal), @"https?://\S+|(?<![\w%=])\d+").Select(m => m.Value)
        .GroupBy(n => n, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key));

    private static IEnumerable<string> EnglishFaults(string copy) =>
        Regex.Matches(copy, """.{0,20}\s[;:!?].{0,5}|.{0,10}['"«»].{0,5}|\S {2,}\S|\d,\d\d\s?€|\{\{|\}\}|\b(?:votre|vous|contrat|le|les|des|du|et)\b""", RegexOptions.IgnoreCase).Select(m => m.Value);

    private static TheoryData<string, string> Matrix(IEnumerable<TemplateEntry> entries)
    {
        var rows = new TheoryData<string, string>();
        foreach (var entry in entries)
        {
            foreach (var locale in Renderer.Languages)
                rows.Add(entry.Id, locale);
        }

        return rows;
    }
}
