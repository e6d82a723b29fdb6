using Microsoft.Extensions.DependencyInjection;
using Relance.Dashboard;

namespace Relance.Browser.Tests;

[Collection(Browsing.Name)]
public sealed class The_first_account(Chromium chromium) : IAsyncLifetime
{
    private Agency _agency = null!;

    public async Task InitializeAsync() => _agency = await Agency.OpenAsync(chromium);

    public async Task DisposeAsync() => await _agency.DisposeAsync();

    [Fact]
    public async Task The_link_makes_it_once_and_the_password_opens_the_pages()
    {
        var link = await _agency.FirstLinkAsync();
        var page = await _agency.BrowseAsync();
        await Agency.SetUpAsync(page, link);
        (await page.TextContentAsync("h1")).ShouldBe("Aujourd’hui");
        (await page.TextContentAsync(".flash")).ShouldNotBeNull().ShouldContain("Bienvenue");

        await page.ClickAsync("text=Se déconnecter");
        await page.WaitForURLAsync("**/login");
        await page.GotoAsync("/");
        page.Url.ShouldContain("/login");
        await page.GotoAsync(link.ToString());
        (await page.TextContentAsync("h1")).ShouldBe("Ce lien n’ouvre plus rien");

        await Agency.SignInAsync(page, Agency.Email.ToUpperInvariant(), Agency.Password);
        (await page.TextContentAsync("h1")).ShouldBe("Aujourd’hui");
        _agency.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("court", "de 12 à 128 caractères")]
    [InlineData("aaaaaaaaaaaaaaaa", "caractères différents")]
    [InlineData("camille-1234", "ne tient pas à votre nom")]
    public async Task A_weak_password_is_refused_at_its_field(string password, string says)
    {
        var page = await _agency.BrowseAsync();
        await Agency.SetUpAsync(page, await _agency.FirstLinkAsync(), password);
        (await page.TextContentAsync("#password-fault")).ShouldNotBeNull().ShouldContain(says);
        (await page.InputValueAsync("#email")).ShouldBe(Agency.Email);
        (await _agency.World.App.Services.GetRequiredService<Accounts>().ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_newer_link_replaces_the_older()
    {
        var page = await _agency.BrowseAsync();
        var older = await _agency.FirstLinkAsync();
        await _agency.FirstLinkAsync();
        (await page.GotoAsync(older.ToString()))!.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_reset_ends_every_session_and_asks_for_a_new_password()
    {
        var page = await _agency.SignedInAsync();
        var reset = await _agency.World.App.Services.GetRequiredService<Accounts>().ResetAsync(Agency.Email);
        await page.GotoAsync("/");
        page.Url.ShouldContain("/login");
        await Agency.SignInAsync(page, Agency.Email, Agency.Password);
        (await page.TextContentAsync(".alert")).ShouldNotBeNull().ShouldContain("incorrect");

        await page.GotoAsync(reset.Url.ToString());
        await page.FillAsync("#password", "un autre mot de passe");
        await page.ClickAsync("button.primary");
        (await page.TextContentAsync("h1")).ShouldBe("Aujourd’hui");
    }

    [Fact]
    public async Task The_language_is_the_browsers_until_somebody_chooses()
    {
        var page = await _agency.BrowseAsync(language: "en-GB");
        await page.GotoAsync("/login");
        (await page.TextContentAsync("h1")).ShouldBe("Sign in");
        await page.ClickAsync("text=Français");
        (await page.TextContentAsync("h1")).ShouldBe("Connexion");
        (await page.GetAttributeAsync("html", "lang")).ShouldBe("fr");
    }
}
