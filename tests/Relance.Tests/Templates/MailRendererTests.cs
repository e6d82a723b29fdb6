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

        foreach (var part in new[] { "MAINT-014", "commande n°\u00A02187", "1\u202F234,50\u00A0€ TTC", "31 décembre 2026", "1er janvier 2027", "FR76\u00A03000", "02 40 00 00 00" })
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
}
