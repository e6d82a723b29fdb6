using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Relance.Demo;
using Relance.Journal;
using Relance.Storage;

namespace Relance.Browser.Tests;

/// <summary>What a new user tries, by page: from the first link to a backup that another machine serves.</summary>
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
    public async Task Sets_up_links_imports_reads_the_list_goes_live_approves_pauses_notes_a_payment_and_restores()
    {
        var page = await SetUpAsync();
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
        await RestoreAsync(page);
        _agency.Complaints.ShouldBeEmpty();
    }

    private async Task<IPage> SetUpAsync()
    {
        var page = await _agency.BrowseAsync();
        var link = await _agency.FirstLinkAsync();
        await page.GotoAsync(link.ToString());
        (await Axe.FaultsAsync(page)).ShouldBeEmpty();
        await Agency.PictureAsync(page, "set-up");
        await Agency.SetUpAsync(page, link);
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("Bienvenue");
        return page;
    }

    private async Task LinkAsync(IPage page)
    {
        await page.GotoAsync("/shops/add");
        await page.FillAsync("#url", _agency.World.Shop.Url.ToString());
        await page.FillAsync("#key", "pas une clé");
        await page.FillAsync("#secret", _agency.World.Shop.Options.Secret);
        await page.CheckAsync("[name=private]");
        await page.CheckAsync("[name=test]");
        await Agency.PictureAsync(page, "link");
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
        var csv = "reference;client;email;plan;term_start;term_end;amount\nX-1;<b>Zoé</b> & Fils;zoe@client.example;Maintenance;2026-01-20;2027-01-19;480,00\nX-2;Hugo Petit;pas une adresse;Maintenance;2026-01-20;2027-01-19;480,00\n";
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "contrats.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await page.ClickAsync("text=Voir ce qu’il ferait");
        (await page.TextContentAsync("tbody")).ShouldNotBeNull().ShouldContain("email");
        await Agency.PictureAsync(page, "import");
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
        await Agency.PictureAsync(page, "30-days");
        await page.ClickAsync("text=J’ai lu cette liste");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("en service");
    }

    private async Task ApproveAsync(IPage page)
    {
        await page.ClickAsync("nav >> text=Aujourd’hui");
        await Agency.PictureAsync(page, "today");
        await page.ClickAsync("nav >> text=Tâches");
        await Agency.PictureAsync(page, "task");
        await page.ClickAsync("nav >> text=Approbations");
        await page.Locator("article h2 a").First.ClickAsync();
        // What is approved is what would leave.
        await page.WaitForURLAsync("**/approvals/*");
        var frame = await page.APIRequest.GetAsync((await page.GetAttributeAsync("iframe", "src"))!);
        frame.Status.ShouldBe(200, await frame.TextAsync());
        (await page.FrameLocator("iframe").Locator("h1").TextContentAsync()).ShouldNotBeNullOrWhiteSpace();
        await Agency.PictureAsync(page, "approval");
        _agency.World.Catcher.Mails.ShouldBeEmpty("nobody has said yes");
        await page.ClickAsync("text=Approuver ce message");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("Approuvé");

        foreach (var window in _agency.World.Playback.Of(DemoRun.FirstDay.AddDays(7)))
            await _agency.World.PlayAsync(window, CancellationToken.None);
        var mail = _agency.World.Catcher.Mails.ShouldHaveSingleItem();
        await page.GotoAsync($"/contracts?search={Uri.EscapeDataString(mail.EnvelopeTo[0])}");
        await page.Locator("tbody th a").First.ClickAsync();
        await Agency.PictureAsync(page, "contract");
        await page.Locator(".timeline li.mail a").First.ClickAsync();
        (await page.FrameLocator("iframe").Locator("h1").TextContentAsync()).ShouldNotBeNullOrWhiteSpace();
        await Agency.PictureAsync(page, "mail");
    }

    private static async Task PauseAsync(IPage page)
    {
        await page.ClickAsync("nav >> text=Pauses");
        await page.FillAsync("#until", "2027-01-04");
        await page.FillAsync("#reason", "congés");
        await page.ClickAsync("button.primary");
        (await page.TextContentAsync("tbody")).ShouldNotBeNull().ShouldContain("congés");
        await Agency.PictureAsync(page, "pause");
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

    private async Task RestoreAsync(IPage page)
    {
        await page.ClickAsync("nav >> text=Réglages");
        await page.FillAsync("#passphrase", "trop court");
        await page.ClickAsync("text=Télécharger une sauvegarde");
        (await page.TextContentAsync("#passphrase-fault")).ShouldNotBeNull().ShouldContain("12 caractères");
        await page.FillAsync("#passphrase", "une phrase assez longue");
        var file = await (await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("text=Télécharger une sauvegarde"))).PathAsync();

        await using var elsewhere = await Agency.OpenAsync(chromium);
        var copy = await elsewhere.BrowseAsync();
        await copy.GotoAsync((await elsewhere.FirstLinkAsync()).ToString());
        await UploadAsync(copy, Path.Combine(AppContext.BaseDirectory, "Relance.Browser.Tests.dll"), "une phrase assez longue");
        (await copy.TextContentAsync("#backup-fault")).ShouldNotBeNull().ShouldContain("fichier entier");
        await UploadAsync(copy, file, "une autre phrase secrète");
        (await copy.TextContentAsync("#passphrase-fault")).ShouldNotBeNull().ShouldContain("celle de la sauvegarde");
        (await copy.Locator("#name").CountAsync()).ShouldBe(1, "nothing was changed: the first account can still be made");
        (await Axe.FaultsAsync(copy)).ShouldBeEmpty();
        await Agency.PictureAsync(copy, "restore", from: "#restore");

        await UploadAsync(copy, file, "une phrase assez longue");
        (await copy.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("La sauvegarde est restaurée");
        await Agency.SignInAsync(copy, Agency.Email, Agency.Password);
        (await copy.TextContentAsync("[role=alert]")).ShouldNotBeNull().ShouldContain("restaurée");
        await SameContractsAsync(page, copy);
        await ConfirmAsync(elsewhere, copy);
        elsewhere.Complaints.ShouldBeEmpty();
    }

    private static async Task UploadAsync(IPage page, string file, string passphrase)
    {
        await page.SetInputFilesAsync("#backup", file);
        await page.FillAsync("#passphrase", passphrase);
        await page.ClickAsync("text=Restaurer cette sauvegarde");
    }

    private static async Task SameContractsAsync(IPage page, IPage copy)
    {
        foreach (var each in new[] { page, copy })
            await each.GotoAsync("/contracts");
        (await copy.TextContentAsync("tbody")).ShouldBe(await page.TextContentAsync("tbody"));
    }

    // The service was not restarted: it reads the shop with the keys that the backup brought.
    private static async Task ConfirmAsync(Agency elsewhere, IPage copy)
    {
        await copy.ClickAsync("nav >> text=Boutiques");
        await copy.ClickAsync("article h2 a");
        await copy.CheckAsync("[name=nothing-sent]");
        await copy.ClickAsync("text=L’ancienne est arrêtée");
        (await copy.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("reprend");
        await copy.ClickAsync("text=Relever maintenant");
        (await copy.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("lu");
        var database = elsewhere.World.App.Services.GetRequiredService<Database>();
        var shop = await database.ReadAsync(session => session.ValueAsync<string>("SELECT id FROM shop"));
        (await database.ReadAsync(session => JournalWriter.FirstBrokenAsync(session, shop!))).ShouldBeNull();
    }
}
