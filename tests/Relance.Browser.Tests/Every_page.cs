using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Relance.Demo;
using Relance.Evidence.Checking;
using Relance.Storage;

namespace Relance.Browser.Tests;

/// <summary>Every page with real contracts in it, as people and as axe see it.</summary>
[Collection(Browsing.Name)]
public sealed class Every_page(Chromium chromium) : IAsyncLifetime
{
    private Agency _agency = null!;

    public async Task InitializeAsync()
    {
        _agency = await Agency.OpenAsync(chromium, "Approvals:0=maintenance.attention");
        var clients = DemoCast.Seed(_agency.World.Shop, DemoRun.Anchor);
        foreach (var client in clients.Where(c => c.Role.Refused))
            _agency.World.Catcher.Refuse(client.Email);
        await _agency.World.LinkAsync("live", CancellationToken.None);
        for (var day = DemoRun.FirstDay; day <= DemoRun.Anchor.AddDays(-7); day = day.AddDays(1))
        {
            foreach (var window in _agency.World.Playback.Of(day))
                await _agency.World.PlayAsync(window, CancellationToken.None);
        }
    }

    public async Task DisposeAsync() => await _agency.DisposeAsync();

    [Theory]
    [InlineData(360, "fr-FR", false)]
    [InlineData(1280, "en-GB", true)]
    public async Task Has_no_fault_that_axe_or_the_browser_finds(int width, string language, bool dark)
    {
        var page = await _agency.SignedInAsync(width, language, dark);
        foreach (var path in await PathsAsync(page))
        {
            (await page.GotoAsync(path))!.Status.ShouldBe(200, path);
            (await page.Locator("h1").CountAsync()).ShouldBe(1, path);
            (await Axe.FaultsAsync(page)).ShouldBeEmpty(path);
            await PictureAsync(page, path, width);
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, path);
        }

        _agency.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shows_the_mail_as_it_left_and_runs_nothing_of_it()
    {
        var page = await _agency.SignedInAsync();
        await page.GotoAsync("/contracts");
        await page.Locator("tbody th a").First.ClickAsync();
        await page.Locator(".timeline li.mail a").First.ClickAsync();
        (await page.GetAttributeAsync("iframe", "sandbox")).ShouldBe("");
        (await page.FrameLocator("iframe").Locator("h1").TextContentAsync()).ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("fr-FR", "Télécharger le dossier de preuve", "Dossier de preuve")]
    [InlineData("en-GB", "Download the evidence", "Evidence of the contract")]
    public async Task Gives_the_dossier_of_a_contract_whole(string language, string button, string title)
    {
        var page = await _agency.SignedInAsync(language: language);
        await page.GotoAsync("/contracts");
        await page.Locator("tbody th a").First.ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync($"text={button}"));
        download.SuggestedFilename.ShouldMatch("^dossier-[0-9a-f]{32}-[0-9]{8}[.]zip$");
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());
        (await DossierCheck.VerifyAsync(new MemoryStream(bytes), null, CancellationToken.None)).ShouldSatisfyAllConditions(
            verdict => verdict.Findings.ShouldBeEmpty(), verdict => verdict.Whole.ShouldBeTrue(), verdict => verdict.Clear.ShouldBeGreaterThan(0));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var index = new StreamReader(zip.GetEntry("index.html").ShouldNotBeNull().Open());
        (await index.ReadToEndAsync()).ShouldContain(title);

        (await page.GotoAsync("/contracts/nobody/evidence"))!.Status.ShouldBe(404);
        var stranger = await _agency.BrowseAsync();
        await stranger.GotoAsync(download.Url);
        stranger.Url.ShouldContain("/login", Case.Sensitive, "nobody reads it who has not signed in");
    }

    [Fact]
    public async Task Shows_a_hostile_mail_and_runs_nothing_of_it()
    {
        var page = await _agency.SignedInAsync();
        var database = _agency.World.App.Services.GetRequiredService<Database>();
        var bytes = Encoding.UTF8.GetBytes("Content-Type: text/html; charset=utf-8\r\n\r\n<title>mail</title><h1>Bonjour</h1>"
            + "<script>top.document.title = document.title = document.querySelector('h1').textContent = 'owned'</script>"
            + "<img src=x onerror=\"document.querySelector('h1').textContent = 'owned'\"><a href=\"javascript:document.title='owned'\">lien</a>");
        var id = await database.WriteAsync(async session =>
        {
            var hash = Values.Hash(bytes);
            await session.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@hash, @bytes)", new { hash, bytes });
            var sent = await session.ValueAsync<string>("SELECT MIN(id) FROM message WHERE state = 'sent'");
            await session.ExecuteAsync("UPDATE message SET content_hash = @hash WHERE id = @sent", new { hash, sent });
            return sent;
        });

        await page.GotoAsync($"/messages/{id}");
        var frame = page.FrameLocator("iframe");
        (await frame.Locator("h1").TextContentAsync()).ShouldBe("Bonjour");
        await frame.Locator("a").ClickAsync();
        (await page.TitleAsync()).ShouldNotContain("owned");
        // Also where somebody opens the frame by itself.
        await page.GotoAsync($"/messages/{id}/frame");
        (await page.TextContentAsync("h1")).ShouldBe("Bonjour");
        (await page.TitleAsync()).ShouldBe("mail");
    }

    // For people who write the documentation: RELANCE_PICTURES names the folder.
    private static async Task PictureAsync(IPage page, string path, int width)
    {
        if (Environment.GetEnvironmentVariable("RELANCE_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{string.Join('-', path.Split('/', '?', '=').Where(part => part.Length is > 0 and < 20)) switch { "" => "today", var name => name }}-{width}.png") });
    }

    private async Task<IReadOnlyList<string>> PathsAsync(IPage page)
    {
        await page.GotoAsync("/contracts");
        var contract = await page.Locator("tbody th a").First.GetAttributeAsync("href");
        await page.GotoAsync(contract!);
        var mail = await page.Locator(".timeline li.mail a").First.GetAttributeAsync("href");
        var shop = $"/shops/{_agency.World.ShopId}";
        return
        [
            "/", "/contracts", "/contracts?standing=declined", contract!, mail!, $"{contract}/mark-paid", $"{contract}/flag", $"{contract}/end", "/tasks", "/tasks?state=done", "/approvals", "/pauses", "/legal",
            "/shops", "/shops/add", shop, $"{shop}/identity", $"{shop}/import", "/settings",
        ];
    }
}
