using AngleSharp.Html.Parser;
using QRCoder;
using Relance.Templates;
using static Relance.Tests.Templates.MailFixtures;

namespace Relance.Tests.Templates;

public class MailSafetyTests
{
    public static TheoryData<string> All => [.. TemplateCatalogue.All.Select(e => e.Id)];

    [Theory, MemberData(nameof(All))]
    public void Hostile_values_stay_text(string step)
    {
        const string Evil = "<script>alert(1)</script>{{planName}}\"' onload=x &amp;";
        var item = Item(step) with { ContractReference = Evil, PlanName = Evil, SiteUrl = Evil, OrderNumber = Evil, ReceiptReference = Evil, StoppedServices = [Evil] };

        var mail = Renderer.Render(Mail(item) with { ClientName = Evil, Sender = AnAgency with { TradeName = Evil, Address = Evil, Website = Evil } });

        var page = new HtmlParser().ParseDocument(mail.Html);
        page.QuerySelectorAll("script").ShouldBeEmpty();
        page.QuerySelectorAll("[onload]").ShouldBeEmpty();
        page.Body!.TextContent.ShouldContain(Evil);
        page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!.Split(':')[0]).ShouldBeSubsetOf(["https", "mailto"]);
    }

    [Fact]
    public void Line_breaks_and_direction_marks_never_reach_a_subject()
    {
        var item = Item("maintenance.notice") with { PlanName = "A\r\nBcc: x@y.example\u202Egpj\u2028B" };

        var mail = Renderer.Render(Mail(item) with { RedirectedFrom = "a@b.example\r\nBcc: z@y.example" });

        mail.Subject.ShouldStartWith("[Pour\u00A0: a@b.example Bcc: z@y.example] Renouvellement de votre maintenance A Bcc: x@y.examplegpj B\u00A0: ");
        mail.Subject.Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public void A_name_of_200_characters_is_whole_in_the_body_and_cut_in_the_subject()
    {
        var name = string.Concat(Enumerable.Repeat("é👩‍💻", 100));

        var mail = Renderer.Render(Mail(Item("maintenance.notice") with { PlanName = name }));

        mail.Text.ShouldContain(name);
        mail.Subject.ShouldContain("👩‍💻é…");
        mail.Subject.Length.ShouldBeLessThan(400);
    }

    [Fact]
    public void The_QR_code_holds_the_exact_link_and_is_sent_once_per_link()
    {
        var other = new Uri("https://shop.example/paiement/9/?key=b&x=é");
        var mail = Renderer.Render(Mail(Item("maintenance.notice", "A"), Item("maintenance.notice", "B"), Item("maintenance.notice", "C") with { PayUrl = other }));

        mail.Images.Count.ShouldBe(2);
        mail.Images[0].Bytes.ToArray().ShouldBe(Code(Item("x").PayUrl!.AbsoluteUri));
        mail.Images[1].Bytes.ToArray().ShouldBe(Code("https://shop.example/paiement/9/?key=b&x=%C3%A9"));
        mail.Images[0].MediaType.ShouldBe("image/png");
    }

    [Fact]
    public void Nothing_is_loaded_from_the_network()
    {
        var page = new HtmlParser().ParseDocument(Renderer.Render(Mail(Item("maintenance.notice"))).Html);

        page.QuerySelectorAll("[src]").Select(e => e.GetAttribute("src")!).ShouldAllBe(src => src.StartsWith("cid:"));
        page.QuerySelectorAll("link, script, iframe").ShouldBeEmpty();
        page.DocumentElement.OuterHtml.ShouldNotContain("url(");
    }

    [Fact]
    public void A_specimen_holds_no_trace_of_the_real_link()
    {
        var mail = Renderer.Render(Mail(Item("maintenance.notice")) with { Specimen = true });

        (mail.Html + mail.Text).ShouldNotContain("shop.example");
        mail.Text.ShouldContain("Lien spécimen");
        mail.Text.ShouldContain("https://specimen.invalid/");
        mail.Images[0].Bytes.ToArray().ShouldBe(Code(MailView.Specimen.AbsoluteUri));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    public void A_payment_link_that_is_no_web_address_is_refused(string url) =>
        Should.Throw<ArgumentException>(() => Renderer.Render(Mail(Item("maintenance.notice") with { PayUrl = new Uri(url) })))
            .Message.ShouldStartWith("PayUrl: expected an absolute http(s) address");

    private static byte[] Code(string link)
    {
        using var data = new QRCodeGenerator().CreateQrCode(link, QRCodeGenerator.ECCLevel.M);
        return new PngByteQRCode(data).GetGraphic(6);
    }
}
