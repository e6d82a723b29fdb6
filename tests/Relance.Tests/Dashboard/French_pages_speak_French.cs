using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Relance.Dashboard;
using Relance.Demo;

namespace Relance.Tests.Dashboard;

/// <summary>A month of the demo's agency, and every page that a link leads to.</summary>
public sealed partial class French_pages_speak_French : IAsyncLifetime
{
    private DemoWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await DemoWorld.StartAsync(DemoRun.Start, ["Approvals:0=maintenance.attention"], CancellationToken.None);
        foreach (var client in DemoCast.Seed(_world.Shop, DemoRun.Anchor).Where(client => client.Role.Refused))
            _world.Catcher.Refuse(client.Email);
        await _world.LinkAsync("live", CancellationToken.None);
        for (var day = DemoRun.FirstDay; day <= DemoRun.Anchor.AddDays(-6); day = day.AddDays(1))
        {
            foreach (var window in _world.Playback.Of(day))
                await _world.PlayAsync(window, CancellationToken.None);
        }
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task No_page_says_an_English_sentence()
    {
        using var camille = new Visitor(_world.Url, "127.0.0.1");
        var link = (await _world.App.Services.GetRequiredService<Accounts>().FirstLinkAsync()).ShouldNotBeNull().Url.AbsolutePath;
        await camille.GetAsync(link);
        (await camille.PostAsync(link, ("name", "Camille Roux"), ("email", "camille@agence.example"), ("password", "quatre mots sans rapport"))).Location.ShouldBe("/");

        var (english, seen, waiting) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal), new Queue<string>(["/"]));
        while (waiting.TryDequeue(out var path))
        {
            var page = await camille.GetAsync(path);
            if (page.Status != HttpStatusCode.OK || !page.IsPage)
                continue;
            english.AddRange(page.Sentences.Where(sentence => English().IsMatch(sentence)).Select(sentence => $"{path}: {sentence}"));
            foreach (var next in page.Links.Where(next => IsNew(next, seen)))
                waiting.Enqueue(next);
        }

        ((string[])["/contracts", "/tasks", "/approvals", "/shops", "/legal", "/settings"]).ShouldBeSubsetOf(seen.Keys);
        string.Join('\n', english.Distinct(StringComparer.Ordinal)).ShouldBeEmpty();
    }

    // Of pages that differ by an id only, the first twelve.
    private static bool IsNew(string path, Dictionary<string, int> seen)
    {
        var kind = Id().Replace(path, "{id}");
        return (seen[kind] = seen.GetValueOrDefault(kind) + 1) <= (kind == path ? 1 : 12);
    }

    [GeneratedRegex("[0-9a-f]{32}|(?<==)[^&]+", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\b(the|and|with|this|that|is|are|was|were|of|from|nothing|not|has|have|been|its|by|will|expected)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex English();
}
