using Microsoft.Playwright;

namespace Relance.Browser.Tests;

/// <summary>One Chromium for all tests: the system's own, never one that Playwright would download.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright _playwright = null!;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var path = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("These tests need Chromium: on Debian, apt-get install chromium.");
        _playwright = await Playwright.CreateAsync();
        // Root has no sandbox; a container's /dev/shm is small.
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class Browsing : ICollectionFixture<Chromium>
{
    public const string Name = "browsing";
}
