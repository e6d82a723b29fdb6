using Relance.Domain.Billing;
using Relance.Templates;
using static Relance.Tests.Templates.MailFixtures;

namespace Relance.Tests.Templates;

/// <summary>C. consom. L215-1: in clear terms, the deadline in a visible box, and what is true for this client.</summary>
public class TheLegalNotice
{
    private static RenderedMail Of(ClientKind kind, string locale = "fr", Uri? refuse = null)
    {
        var item = Item("tacit.legal-notice");
        return Renderer.Render(Mail(item with { Tacit = item.Tacit! with { Client = kind, RefuseUrl = refuse } }) with { Locale = locale, SentOn = new(2026, 8, 31) });
    }

    [Theory]
    [InlineData(ClientKind.Consumer, "fr", "article\u00A0L215-1", "un consommateur peut mettre gratuitement un terme")]
    [InlineData(ClientKind.NonProfessional, "fr", "article\u00A0L215-3", "un non-professionnel peut mettre gratuitement un terme")]
    [InlineData(ClientKind.Unknown, "fr", "Si vous êtes consommateur ou non-professionnel", "vous pourriez mettre gratuitement un terme")]
    [InlineData(ClientKind.Consumer, "en", "article L215-1", "A consumer who was not informed")]
    [InlineData(ClientKind.NonProfessional, "en", "article L215-3", "A non-professional who was not informed")]
    [InlineData(ClientKind.Unknown, "en", "If you are a consumer or a non-professional", "you could end the contract free of charge")]
    public void Whoever_the_law_protects_reads_its_own_articles(ClientKind kind, string locale, params string[] parts)
    {
        var text = Flat(Of(kind, locale).Text);
        foreach (var part in parts)
            text.ShouldContain(part.Replace('\u00A0', ' '));
        text.ShouldNotContain("1213");
    }

    [Theory]
    [InlineData(ClientKind.Business)]
    [InlineData(ClientKind.PublicBody)]
    public void A_business_reads_about_its_contract_and_no_consumer_law(ClientKind kind)
    {
        var text = Flat(Of(kind).Text);
        text.ShouldContain("articles 1213 à 1215 du code civil");
        text.ShouldNotContain("L215");
        text.ShouldNotContain("sans avoir à vous justifier");
    }

    [Fact]
    public void The_deadline_stands_in_a_frame_in_both_parts()
    {
        var mail = Of(ClientKind.Consumer);
        mail.Html.ShouldContain("border=\"1\"");
        mail.Html.ShouldContain("border:3px solid");
        var lines = mail.Text.Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains("Date limite de non-reconduction"));
        lines[at].ShouldStartWith("| Date limite de non-reconduction\u00A0: 31 octobre 2026");
        lines[at][^1].ShouldBe('|');
        lines[at - 1].ShouldBe("+" + new string('-', lines[at].Length - 2) + "+");
        lines[at + 1].ShouldBe(lines[at - 1]);
    }

    [Fact]
    public void It_says_contract_term_duration_price_and_how_to_refuse_and_asks_for_nothing()
    {
        var text = Flat(Of(ClientKind.Consumer, refuse: new Uri("https://relance.example/c/token")).Text);
        foreach (var part in (string[])["MAINT-014", "31 décembre 2026", "12 mois, du 1er janvier 2027 au 31 décembre 2027", "1\u202F234,50 € TTC", "https://relance.example/c/token", "12 rue des Tanneurs, 44000 Nantes"])
            text.ShouldContain(part.Replace('\u00A0', ' '));
        text.ShouldNotContain("IBAN");
        text.ShouldNotContain("shop.example");
        Of(ClientKind.Consumer).Text.ShouldNotContain("en ligne, sans créer de compte");
    }

    private static string Flat(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
