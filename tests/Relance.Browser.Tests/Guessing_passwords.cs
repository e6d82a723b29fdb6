using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Relance.Dashboard;

namespace Relance.Browser.Tests;

[Collection(Browsing.Name)]
public sealed class Guessing_passwords(Chromium chromium) : IAsyncLifetime
{
    private Agency _agency = null!;

    public async Task InitializeAsync() => _agency = await Agency.OpenAsync(chromium);

    public async Task DisposeAsync() => await _agency.DisposeAsync();

    [Fact]
    public async Task A_thousand_wrong_logins_do_not_get_in_and_do_not_stop_the_owner()
    {
        var owner = await _agency.SignedInAsync();
        await owner.ClickAsync("text=Se déconnecter");
        await owner.WaitForURLAsync("**/login");

        var signIn = _agency.World.App.Services.GetRequiredService<SignIn>();
        var began = Stopwatch.GetTimestamp();
        var storm = Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (n, ct) =>
        {
            var guess = await signIn.TryAsync(Agency.Email, $"wrong password {n}", null, new IPAddress([10, 0, (byte)(n / 250), (byte)(n % 250)]), ct);
            guess.Outcome.ShouldNotBe(SignInOutcome.Welcome);
        });
        await Agency.SignInAsync(owner, Agency.Email, Agency.Password);
        (await owner.TextContentAsync("h1")).ShouldBe("Aujourd’hui");
        await storm;

        // Five free tries were looked at, and no other one.
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(60));
        var right = await signIn.TryAsync(Agency.Email, Agency.Password, null, IPAddress.Parse("192.0.2.1"), default);
        right.Outcome.ShouldBe(SignInOutcome.Wait);
        right.Wait.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Unknown_and_wrong_are_answered_alike_and_too_many_say_how_long()
    {
        await _agency.SignedInAsync();
        var page = await _agency.BrowseAsync();
        await Agency.SignInAsync(page, "personne@agence.example", "n’importe quoi du tout");
        var unknown = await page.TextContentAsync(".alert");
        await Agency.SignInAsync(page, Agency.Email, "n’importe quoi du tout");
        (await page.TextContentAsync(".alert")).ShouldBe(unknown);
        for (var n = 0; n < 5; n++)
            await Agency.SignInAsync(page, Agency.Email, "encore raté, dommage");
        (await page.TextContentAsync(".alert")).ShouldNotBeNull().ShouldContain("Trop de tentatives");
        (await page.InputValueAsync("#password")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        var page = await _agency.SignedInAsync();
        var answer = await page.APIRequest.PostAsync("/language", new() { Form = page.APIRequest.CreateFormData().Set("to", "en") });
        answer.Status.ShouldBe(400);
        (await answer.TextAsync()).ShouldContain("Rien n’a été fait".Replace("é", "&#xE9;").Replace("’", "&#x2019;"));
    }
}
