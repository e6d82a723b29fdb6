using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Relance.Dashboard;
using Relance.Demo;

namespace Relance.Browser.Tests;

/// <summary>The service with its pages, a fake shop and a mail catcher, and an agency that looks at it.</summary>
internal sealed class Agency : IAsyncDisposable
{
    public const string Email = "camille@agence.example";
    public const string Password = "quatre mots sans rapport";

    private readonly IBrowser _browser;
    private readonly List<IBrowserContext> _contexts = [];

    private Agency(DemoWorld world, IBrowser browser) => (World, _browser) = (world, browser);

    /// <summary>Service, shop and mailbox.</summary>
    public DemoWorld World { get; }

    /// <summary>What browsers complained about: a page must give no reason.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts it, with nobody and nothing in it.</summary>
    public static Task<Agency> OpenAsync(Chromium chromium, params string[] settings) => OpenAsync(chromium, DemoRun.Start, settings);

    /// <summary>The same, from an instant.</summary>
    public static async Task<Agency> OpenAsync(Chromium chromium, DateTimeOffset start, params string[] settings) =>
        new(await DemoWorld.StartAsync(start, settings, CancellationToken.None), chromium.Browser);

    /// <summary>A page of a browser of its own.</summary>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="scripts">Whether the pages may run any.</param>
    public async Task<IPage> BrowseAsync(int width = 1280, string language = "fr-FR", bool dark = false, bool scripts = true)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = World.Url.ToString(),
            Locale = language,
            JavaScriptEnabled = scripts,
            ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) => Note(message.Type is "error" or "warning" && !message.Text.Contains("the server responded with a status of", StringComparison.Ordinal), message.Text);
        page.PageError += (_, error) => Note(holds: true, error);
        return page;
    }

    /// <summary>The link that makes the first account.</summary>
    public async Task<Uri> FirstLinkAsync() => (await World.App.Services.GetRequiredService<Accounts>().FirstLinkAsync())!.Url;

    /// <summary>A page signed in as the first account.</summary>
    public async Task<IPage> SignedInAsync(int width = 1280, string language = "fr-FR", bool dark = false)
    {
        var page = await BrowseAsync(width, language, dark);
        if ((await World.App.Services.GetRequiredService<Accounts>().FirstLinkAsync())?.Url is { } link)
            await SetUpAsync(page, link);
        else
            await SignInAsync(page, Email, Password);
        (await page.Locator("nav").CountAsync()).ShouldBe(1);
        return page;
    }

    public static async Task SetUpAsync(IPage page, Uri link, string password = Password)
    {
        await page.GotoAsync(link.ToString());
        await page.FillAsync("#name", "Camille Roux");
        await page.FillAsync("#email", Email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("button.primary");
    }

    public static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GotoAsync("/login");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("button.primary");
    }

    /// <summary>For people who write the documentation: RELANCE_PICTURES names the folder. As on a desk, and as on a phone.</summary>
    /// <param name="from">The element at the top of the picture; the page's own top without one.</param>
    public static async Task PictureAsync(IPage page, string name, string? from = null)
    {
        if (Environment.GetEnvironmentVariable("RELANCE_PICTURES") is not { Length: > 0 } folder)
            return;
        foreach (var (width, height) in new[] { (360, 740), (1280, 900) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.Locator(from ?? "html").EvaluateAsync("element => element.scrollIntoView()");
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"page-{name}-{width}.png") });
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        await World.DisposeAsync();
    }

    private void Note(bool holds, string text)
    {
        if (holds)
            Complaints.Add(Regex.Replace(text, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
