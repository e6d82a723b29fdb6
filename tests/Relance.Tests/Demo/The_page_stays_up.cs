using System.Net;
using Relance.Demo;
using Relance.Demo.Mail;
using Relance.Demo.Page;

namespace Relance.Tests.Demo;

public sealed class The_page_stays_up : IAsyncLifetime
{
    private const string Raw = "Subject: =?utf-8?Q?<b>=C3=A9t=C3=A9</b>?=\r\nTo: a@client.example\r\nFrom: b@agence.example\r\nDate: Fri, 08 Jan 2027 09:02:00 +0100\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<h1>\"Bonjour\"</h1><script>alert(1)</script>";
    private readonly HttpClient _browser = new();
    private DemoPage _page = null!;

    public async Task InitializeAsync()
    {
        var mail = CaughtMail.Read("b@agence.example", ["a@client.example"], System.Text.Encoding.UTF8.GetBytes(Raw), DateTimeOffset.UnixEpoch);
        var contract = new DemoContract("1", "CMD-14", "<i>Élodie</i>", "product-rule", "never pays", [new DemoStep("maintenance.notice", "2026-12-16", "sent")], "not-due", "maintenance.attention", "2027-01-08", "renewal-due", "renewal-due", null);
        _page = await DemoPage.StartAsync(new DemoReport([contract], new Dictionary<string, int>(), 1, 0, 0, 71, 1), [mail], default);
    }

    [Fact]
    public async Task The_link_opens_the_page_once()
    {
        (await _browser.GetStringAsync(_page.Link)).ShouldContain("&lt;i&gt;Élodie&lt;/i&gt;");
        using var stranger = new HttpClient();
        (await stranger.GetAsync(_page.Link)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _browser.GetAsync(new Uri(_page.Link, "/"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mails")]
    [InlineData("/mails/1/raw")]
    [InlineData("/open/0000")]
    public async Task Without_the_link_nothing_opens(string path) =>
        (await _browser.GetAsync(new Uri(_page.Link, path))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("/mails/2")]
    [InlineData("/mails/1/elsewhere")]
    [InlineData("/nothing")]
    public async Task What_is_not_there_is_404(string path)
    {
        await _browser.GetStringAsync(_page.Link);
        (await _browser.GetAsync(new Uri(_page.Link, path))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_mail_is_shown_and_never_run()
    {
        await _browser.GetStringAsync(_page.Link);
        foreach (var view in new[] { "/mails/1", "/mails/1/text", "/mails/1/raw", "/mails" })
        {
            var page = await _browser.GetStringAsync(new Uri(_page.Link, view));
            page.ShouldNotContain("<script");
            page.ShouldNotContain("<b>été");
        }

        (await _browser.GetStringAsync(new Uri(_page.Link, "/mails/1"))).ShouldContain("<iframe sandbox=\"\"");
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _page.DisposeAsync();
    }
}
