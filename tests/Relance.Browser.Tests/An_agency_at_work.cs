using System.Text;
using Microsoft.Playwright;
using Relance.Demo;

namespace Relance.Browser.Tests;

/// <summary>What a new user tries, by page.</summary>
[Collection(Browsing.Name)]
public sealed class An_agency_at_work(Chromium chromium) : IAsyncLifetime
{
    private Agency _agency = null!;

    public async Task InitializeAsync()
    {
        _agency = await Agency.OpenAsync(chromium, "Approvals:0=maintenance.notice");
        DemoCast.Seed(_agency.World.Shop, DemoRun.Anchor);
    }

    public async Task DisposeAsync() => await _agency.DisposeAsync();

    [Fact]
    public async Task Links_a_shop_imports_reads_the_list_goes_live_approves_pauses_and_notes_a_payment()
    {
        var page = await _agency.SignedInAsync();
        await LinkAsync(page);
        await ImportAsync(page);
        await GoLiveAsync(page);

        foreach (var day in Enumerable.Range(0, 7).Select(DemoRun.FirstDay.AddDays))
        {
            foreach (var window in _agency.World.Playback.Of(day))
                await _agency.World.PlayAsync(window, CancellationToken.None);
        }

        await ApproveAsync(page);
        await PauseAsync(page);
        await MarkPaidAsync(page);
        _agency.Complaints.ShouldBeEmpty();
    }

    private async Task LinkAsync(IPage page)
    {
        await page.GotoAsync("/shops/add");
        await page.FillAsync("#url", _agency.World.Shop.Url.ToString());
        await page.FillAsync("#key", "pas une clé");
        await page.FillAsync("#secret", _agency.World.Shop.Options.Secret);
        await page.CheckAsync("[name=private]");
        await page.CheckAsync("[name=test]");
        await page.ClickAsync("button.primary");
        (await page.TextContentAsync("#key-fault")).ShouldNotBeNull().ShouldContain("ck_");
        (await page.InputValueAsync("#secret")).ShouldBeEmpty();

        await page.FillAsync("#key", _agency.World.Shop.Options.Key);
        await page.FillAsync("#secret", _agency.World.Shop.Options.Secret);
        await page.ClickAsync("button.primary");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("essai à blanc");
    }

    private static async Task ImportAsync(IPage page)
    {
        await page.ClickAsync("text=Importer un fichier");
        var csv = "reference;client;email;plan;term_start;term_end;amount\nX-1;<b>Zoé</b> & Fils;zoe@client.example;Maintenance;2026-01-20;2027-01-19;480,00\nX-2;Hugo;pas une adresse;Maintenance;2026-01-20;2027-01-19;480,00\n";
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "contrats.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await page.ClickAsync("text=Voir ce qu’il ferait");
        (await page.TextContentAsync("tbody")).ShouldNotBeNull().ShouldContain("email");
        await page.ClickAsync("text=Importer maintenant");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("1");
        // A hostile name is text.
        (await page.TextContentAsync("tbody")).ShouldNotBeNull().ShouldContain("<b>Zoé</b> & Fils");
    }

    private static async Task GoLiveAsync(IPage page)
    {
        await page.ClickAsync("nav >> text=Boutiques");
        await page.ClickAsync("article h2 a");
        await page.ClickAsync("text=Mettre en service…");
        (await page.TextContentAsync("#list")).ShouldNotBeNull().ShouldContain("30 prochains jours");
        await page.ClickAsync("text=Lire toute la boutique");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("lus");
        (await Axe.FaultsAsync(page)).ShouldBeEmpty();
        (await page.Locator("#problems").CountAsync()).ShouldBe(0, await page.TextContentAsync("main"));
        await page.ClickAsync("text=J’ai lu cette liste");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("en service");
    }

    private static async Task ApproveAsync(IPage page)
    {
        await page.ClickAsync("nav >> text=Approbations");
        await page.Locator("article h2 a").First.ClickAsync();
        // What is approved is what would leave.
        await page.WaitForURLAsync("**/approvals/*");
        var frame = await page.APIRequest.GetAsync((await page.GetAttributeAsync("iframe", "src"))!);
        frame.Status.ShouldBe(200, await frame.TextAsync());
        (await page.FrameLocator("iframe").Locator("h1").TextContentAsync()).ShouldNotBeNullOrWhiteSpace();
        await page.ClickAsync("text=Approuver ce message");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("Approuvé");
    }

    private static async Task PauseAsync(IPage page)
    {
        await page.ClickAsync("nav >> text=Pauses");
        await page.FillAsync("#until", "2027-01-04");
        await page.FillAsync("#reason", "congés");
        await page.ClickAsync("button.primary");
        (await page.TextContentAsync("tbody")).ShouldNotBeNull().ShouldContain("congés");
        await page.ClickAsync(".flash button");
        (await page.Locator("tbody").CountAsync()).ShouldBe(0);
    }

    private static async Task MarkPaidAsync(IPage page)
    {
        await page.ClickAsync("nav >> text=Contrats");
        await page.Locator("tbody th a").First.ClickAsync();
        await page.ClickAsync("text=Noter un paiement");
        await page.FillAsync("#reference", "VIR 42");
        await page.ClickAsync("button.primary");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("paiement est noté");
    }
}
