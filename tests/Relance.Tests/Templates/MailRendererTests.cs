using Relance.Templates;
using static Relance.Tests.Templates.MailFixtures;

namespace Relance.Tests.Templates;

public class MailRendererTests
{
    public static TheoryData<string> Reminders =>
        [.. TemplateCatalogue.All.Where(e => e.Requires.Contains("payUrl")).Select(e => e.Id)];

    public static TheoryData<string> All => [.. TemplateCatalogue.All.Select(e => e.Id)];

    [Theory, MemberData(nameof(Reminders))]
    public void A_reminder_carries_all_that_the_client_needs_to_pay_or_to_answer(string step)
    {
        var mail = Renderer.Render(Mail(Item(step)));

        foreach (var part in new[] { "MAINT-014", "commande n°\u00A02187", "1\u202F234,50\u00A0€ TTC", "31 décembre 2026", "1er janvier 2027", "FR76 3000 6000", "02 40 00 00 00" })
        {
            mail.Text.ShouldContain(part);
            mail.Html.ShouldContain(part);
        }

        mail.Text.ShouldContain("https://shop.example/paiement/2187/?pay_for_order=true&key=wc_order_3Kd9\n");
        foreach (var reply in new[] { "D%C3%A9j%C3%A0%20r%C3%A9gl%C3%A9", "Demande%20d%E2%80%99%C3%A9ch%C3%A9ancier", "Contestation" })
            mail.Text.ShouldContain($"mailto:bonjour@atelier-lumen.example?subject={reply}");
        mail.Images.Count.ShouldBe(1);
        mail.Html.ShouldContain("cid:" + mail.Images[0].ContentId);
    }

    [Theory, MemberData(nameof(All))]
    public void Every_message_says_who_writes_and_why(string step)
    {
        var mail = Renderer.Render(Mail(Item(step)));

        mail.Text.ShouldContain("Atelier Lumen, SARL, SIREN 732\u00A0829\u00A0320");
        mail.Text.ShouldContain("12 rue des Tanneurs, 44000 Nantes");
        mail.Text.ReplaceLineEndings(" ").ShouldContain("parce que vous avez souscrit un contrat de maintenance");
        mail.Text.ShouldContain("Bonjour Camille Moreau,");
    }

    [Fact]
    public void An_announced_transfer_is_thanked_for_and_gets_bank_details_instead_of_a_link()
    {
        var mail = Renderer.Render(Mail(Item("maintenance.attention") with { TransferAnnounced = true }));

        mail.Text.ReplaceLineEndings(" ").ShouldContain("Vous nous avez annoncé un virement ou un chèque, et nous vous en remercions.");
        mail.Text.ShouldContain("IBAN\u00A0: FR76 3000 6000");
        mail.Html.ShouldNotContain("shop.example");
        mail.Images.ShouldBeEmpty();
    }

    [Fact]
    public void Without_link_nor_bank_details_the_client_is_told_how_to_get_them()
    {
        var mail = Renderer.Render(Mail(Item("maintenance.notice") with { PayUrl = null }) with { Sender = AnAgency with { Iban = null } });

        mail.Text.ShouldContain("Répondez à ce message pour recevoir nos coordonnées bancaires.");
    }

    [Fact]
    public void An_order_is_called_an_invoice_only_when_it_has_the_number_of_one()
    {
        Renderer.Render(Mail(Item("maintenance.notice"))).Text.ShouldNotContain("facture", Case.Insensitive);
        var invoiced = Renderer.Render(Mail(Item("maintenance.notice") with { InvoiceNumber = "F-77" })).Text;
        invoiced.ShouldContain("facture n°\u00A0F-77");
        invoiced.ShouldNotContain("commande n°");
    }

    [Fact]
    public void A_login_is_announced_only_where_the_shop_asks_for_one()
    {
        const string Sentence = "vous connecter à votre compte client";
        Renderer.Render(Mail(Item("maintenance.notice") with { NeedsLogin = true })).Html.ShouldContain(Sentence);
        Renderer.Render(Mail(Item("maintenance.notice"))).Html.ShouldNotContain(Sentence);
    }

    [Fact]
    public void Services_that_nobody_listed_are_those_of_the_contract() =>
        Renderer.Render(Mail(Item("maintenance.suspension") with { StoppedServices = [] })).Text.ReplaceLineEndings(" ")
            .ShouldContain("L’ensemble des prestations de maintenance prévues au contrat MAINT-014.");

    [Fact]
    public void A_test_or_redirected_mail_says_so_in_its_subject_and_at_its_top()
    {
        var mail = Renderer.Render(Mail(Item("maintenance.notice")) with { Test = true, RedirectedFrom = "client@x.example" });

        mail.Subject.ShouldStartWith("[Pour\u00A0: client@x.example] [TEST] Renouvellement");
        mail.Text.ShouldStartWith("Message redirigé. Il était destiné à client@x.example");
        mail.Text.ShouldContain("Message de test.");
    }

    [Fact]
    public void Several_contracts_make_one_mail_with_the_hardest_step_first()
    {
        var second = new Uri("https://shop.example/paiement/9/");
        var mail = Renderer.Render(Mail(Item("maintenance.notice", "A-1"), Item("maintenance.suspension", "B-2") with { PayUrl = second }, Item("maintenance.lapsed", "C-3")));

        mail.Subject.ShouldBe("3 contrats de maintenance, dont\u00A0: suspension au 7 janvier 2027");
        var places = new[] { "Contrat\u00A0: B-2", "Contrat\u00A0: C-3", "Contrat\u00A0: A-1" }.Select(c => mail.Text.IndexOf(c, StringComparison.Ordinal)).ToArray();
        places.ShouldBeInOrder();
        places[0].ShouldBeGreaterThan(0);
        mail.Images.Count.ShouldBe(2);
        mail.Text.Split("Bonjour Camille Moreau,").Length.ShouldBe(2);
    }

    [Fact]
    public void Contracts_at_the_same_point_share_their_subject() =>
        Renderer.Render(Mail(Item("maintenance.notice", "A"), Item("maintenance.notice", "B"))).Subject
            .ShouldBe("2 contrats de maintenance\u00A0: renouvellement à prévoir d’ici le 31 décembre 2026");

    [Theory]
    [InlineData(5, "7 janvier 2027")]
    [InlineData(7, "7 janvier 2027")]
    [InlineData(20, "20 janvier 2027")]
    public void A_suspension_is_never_backdated(int day, string expected)
    {
        var late = Mail(Item("maintenance.suspension")) with { SentOn = J.AddDays(day) };
        Renderer.Render(late).Subject.ShouldEndWith("maintenance suspendue à compter du " + expected);
    }

    [Fact]
    public void The_payment_link_of_the_last_day_comes_before_what_stops()
    {
        var text = Renderer.Render(Mail(Item("maintenance.last-day"))).Text;
        new[] { "https://shop.example", "- les sauvegardes", "IBAN", "Déjà réglé" }.Select(p => text.IndexOf(p, StringComparison.Ordinal)).ShouldBeInOrder();
    }

    [Fact]
    public void A_client_who_reads_English_gets_English()
    {
        var mail = Renderer.Render(Mail(Item("maintenance.notice")) with { Locale = "en-GB" });

        mail.Subject.ShouldBe("Renewing your Sérénité maintenance: your term ends on 31 December 2026");
        mail.Html.ShouldContain("<html lang=\"en\"");
        mail.Text.ShouldContain("Pay €1,234.50 online:\n");
        mail.Text.ShouldContain("Kind regards,");
    }

    [Fact]
    public void A_model_that_lacks_a_date_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => Renderer.Render(Mail(Item("maintenance.lapsed") with { SuspensionOn = null })))
            .Message.ShouldStartWith("SuspensionOn: maintenance.lapsed prints this date; expected one, got none.");

    [Fact]
    public void An_empty_mail_is_refused() =>
        Should.Throw<ArgumentException>(() => Renderer.Render(Mail())).Message.ShouldStartWith("Items: expected at least one.");

    [Theory]
    [InlineData("fr-FR")]
    [InlineData("de")]
    public void A_language_without_templates_is_written_in_French(string locale) =>
        Renderer.Render(Mail(Item("maintenance.notice")) with { Locale = locale }).Text.ShouldContain("Bonjour");
}
