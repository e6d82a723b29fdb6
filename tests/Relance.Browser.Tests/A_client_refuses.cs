using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Relance.Demo;
using Relance.Demo.Mail;
using Relance.Demo.Shop;

namespace Relance.Browser.Tests;

/// <summary>From the caught legal notice to the shop: link, page, refusal, confirmation mail; as on a desk and as on a phone, without JavaScript.</summary>
[Collection(Browsing.Name)]
public sealed class A_client_refuses(Chromium chromium) : IAsyncLifetime
{
    private static readonly DateOnly s_opened = new(2026, 1, 1), s_due = new(2026, 8, 31), s_end = new(2026, 12, 31);
    private Agency _agency = null!;

    private DemoWorld World => _agency.World;

    public async Task InitializeAsync()
    {
        _agency = await Agency.OpenAsync(chromium, At(s_opened, 8));
        var client = World.Shop.AddCustomer("jeanne@client.example", "Jeanne", "Lefèvre");
        var tacit = World.Shop.AddProduct("Maintenance WordPress Sérénité", "MAINT-12-TACITE", 540m);
        World.Shop.AddOrder(new(client, tacit, "completed", CreatedAt: At(s_opened, 7)));
        await World.LinkAsync("live", CancellationToken.None);
    }

    public async Task DisposeAsync() => await _agency.DisposeAsync();

    [Theory]
    [InlineData(1280, "fr-FR", false, true)]
    [InlineData(1280, "fr-FR", false, false)]
    [InlineData(360, "en-GB", true, true)]
    public async Task From_the_mailed_link_to_the_shop_with_scripts_or_without(int width, string language, bool dark, bool scripts)
    {
        await PlayAsync(s_due, 9);
        var page = await OpenAsync(await LinkAsync("ne pas reconduire"), width, language, dark, scripts);
        (await page.TextContentAsync("h1")).ShouldBe("Ne pas reconduire votre contrat", "the client's language, not the browser's");
        await LooksWellAsync(page, "refuse", width, scripts);
        if (language == "en-GB")
        {
            await page.ClickAsync("a.other");
            (await page.GetAttributeAsync("html", "lang")).ShouldBe("en");
            await LooksWellAsync(page, "refuse-en", width);
        }

        await page.Keyboard.PressAsync("Tab");
        await page.Locator("input[name=confirm]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".flash");
        (await page.TextContentAsync(".flash"))!.Replace('\u00A0', ' ').ShouldContain(language == "en-GB" ? "ends on 31 December 2026" : "prend fin le 31 décembre 2026");
        await LooksWellAsync(page, "refused", width, scripts);
        await page.ReloadAsync();
        (await page.Locator("form").CountAsync()).ShouldBe(0);

        await PlayAsync(s_due, 18);
        Mail().Subject.ShouldContain("ne sera pas reconduit");
        ShopSnapshot.Of(World.Shop)["orders"]!.AsArray().SelectMany(order => order!["meta_data"]!.AsArray())
            .Where(meta => $"{meta!["key"]}" == "_relance_status").Select(meta => $"{meta!["value"]}").ShouldBe(["declined"]);
        _agency.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_other_pages_look_well_too()
    {
        await PlayAsync(s_due, 9);
        var (refuse, terminate) = (await LinkAsync("ne pas reconduire"), await LinkAsync("Résilier votre contrat"));
        foreach (var width in (int[])[360, 1280])
        {
            await LooksWellAsync(await OpenAsync(terminate, width), "terminate", width);
            await LooksWellAsync(await OpenAsync(new Uri(refuse, "/c/nothing"), width), "no-such-link", width);
        }

        var page = await OpenAsync(refuse, 360);
        await page.EvalOnSelectorAsync("input[name=confirm]", "box => box.required = false");
        await page.ClickAsync("button.primary");
        (await page.TextContentAsync(".alert")).ShouldNotBeNull().ShouldContain("la case n’est pas cochée");
        await LooksWellAsync(page, "unticked", 360);
        World.Shop.AdvanceTo(At(new(2026, 11, 1), 9));
        World.Clock.Set(At(new(2026, 11, 1), 9));
        foreach (var width in (int[])[360, 1280])
            await LooksWellAsync(await OpenAsync(refuse, width), "too-late", width);
    }

    [Fact]
    public async Task A_missed_notice_lets_the_client_end_at_once()
    {
        await PlayAsync(new(2026, 10, 1), 9);
        await PlayAsync(s_end, 9);
        await PlayAsync(s_end, 11);
        World.Shop.Pay(World.Shop.Locked(core => core.State.Orders.Keys.Max()));
        var link = await LinkAsync("Résilier votre contrat");
        await PlayAsync(new(2027, 1, 20), 15);
        foreach (var width in (int[])[360, 1280])
        {
            var page = await OpenAsync(link, width);
            (await page.TextContentAsync("main")).ShouldNotBeNull().ShouldContain("612,49");
            await LooksWellAsync(page, "end-now", width);
        }
    }

    [Fact]
    public async Task The_caught_notice_is_complete_and_fits_any_width()
    {
        await PlayAsync(s_due, 9);
        var text = string.Join(' ', Mail().Text.Split([' ', '\u00A0', '\u202F', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in (string[])["Jeanne Lefèvre", "Date limite de non-reconduction : 31 octobre 2026", "CMD-", "31 décembre 2026", "12 mois, du 1er janvier 2027 au 31 décembre 2027",
            "648,00 € TTC", $"{World.Url}c/", "bonjour@agence-demo.example", "4 rue de la République, 69001 Lyon", "L215-1", "L241-3", "Résilier votre contrat"])
            text.ShouldContain(part);
        foreach (var (width, dark) in from width in (int[])[320, 600, 1000] from dark in (bool[])[false, true] select (width, dark))
        {
            var page = await _agency.BrowseAsync(width, dark: dark);
            // Images off.
            await page.SetContentAsync(Regex.Replace(Mail().Html, "src=\"cid:[^\"]*\"", "src=\"\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
            (await page.Locator(".deadline-cell").IsVisibleAsync()).ShouldBeTrue();
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            await PictureAsync(page, $"mail-caught-notice-{width}{(dark ? "-dark" : "")}");
        }
    }

    private static DateTimeOffset At(DateOnly day, int hour, int minute = 2) => new(day.ToDateTime(new(hour, minute)), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris").GetUtcOffset(day.ToDateTime(new(hour, minute))));

    // The shop is pulled at another hour than mail leaves.
    private async Task PlayAsync(DateOnly day, int hour)
    {
        await World.PlayAsync(At(day, hour == 9 ? 0 : hour - 1), CancellationToken.None);
        await World.PlayAsync(At(day, hour), CancellationToken.None);
    }

    private CaughtMail Mail() => World.Catcher.Mails[^1];

    // Clicked in the mail itself, as its reader would.
    private async Task<Uri> LinkAsync(string words)
    {
        var page = await _agency.BrowseAsync(600);
        await page.SetContentAsync(Regex.Replace(Mail().Html, "src=\"cid:[^\"]*\"", "src=\"data:,\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return new Uri((await page.GetByText(words, new() { Exact = false }).And(page.Locator("a")).First.GetAttributeAsync("href"))!);
    }

    private async Task<IPage> OpenAsync(Uri link, int width, string language = "fr-FR", bool dark = false, bool scripts = true)
    {
        var page = await _agency.BrowseAsync(width, language, dark, scripts);
        await page.GotoAsync(link.ToString());
        return page;
    }

    // axe is a script itself.
    private static async Task LooksWellAsync(IPage page, string name, int width, bool scripts = true)
    {
        (await page.Locator("h1").CountAsync()).ShouldBe(1, name);
        if (!scripts)
            return;
        (await Axe.FaultsAsync(page)).ShouldBeEmpty(name);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, name);
        await PictureAsync(page, $"client-{name}-{width}");
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("RELANCE_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
