using System.Text.Json;
using Microsoft.Playwright;

namespace Relance.Browser.Tests;

/// <summary>axe-core, Deque's accessibility checker, run inside a page.</summary>
internal static class Axe
{
    private static readonly string s_script = File.ReadAllText(Path.Combine(Repository(), "tests", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>The root of the repository.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Relance.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        return folder.FullName;
    }

    /// <summary>Every fault, as "rule: element". Frames are left out: a mail is not ours to change once it left.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(s_script);
        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { iframes: false, resultTypes: ['violations'] })).violations.flatMap(v => v.nodes.map(n => v.impact + ' ' + v.id + ': ' + n.html))");
        return [.. found.EnumerateArray().Select(fault => fault.GetString()!)];
    }
}
