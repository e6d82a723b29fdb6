using System.Diagnostics;
using Relance.Api;
using Relance.Tests.Servers;

namespace Relance.Tests.Api;

/// <summary>The blocks of docs/api.md are run as they are printed, with curl, against a real service and a fake shop.</summary>
public sealed class The_tour_of_the_documentation
{
    [Fact]
    public async Task Every_command_works_as_printed()
    {
        await using var shop = await SeededShop.StartAsync();
        await using var host = await ApiHost.StartAsync();
        var folder = Directory.CreateTempSubdirectory("relance-tour-").FullName;
        var bash = new ProcessStartInfo("bash") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in new[]
        {
            ("RELANCE", host.Address.AbsoluteUri.TrimEnd('/')), ("KEY", host.Key(KeyScope.Admin)),
            ("SHOP_URL", shop.Url.AbsoluteUri), ("SHOP_KEY", shop.Options.Key), ("SHOP_SECRET", shop.Options.Secret),
        })
            bash.Environment[name] = value;
        using var process = Process.Start(bash)!;
        await process.StandardInput.WriteAsync("set -euo pipefail\n" + Blocks());
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, error + await output);
        (await output).ShouldContain("\"standings\":{");
        (await output).ShouldContain("\"whole\":true");
        (await output).ShouldContain("\"dryRun\":true");
        (await File.ReadAllLinesAsync(Path.Combine(folder, "contracts.csv"))).Length.ShouldBeGreaterThan(1);
        Directory.Delete(folder, recursive: true);
    }

    private static string Blocks()
    {
        var blocks = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api.md")).Split("```");
        return string.Join('\n', blocks.Where((_, n) => n % 2 == 1).Where(block => block.StartsWith("sh\n", StringComparison.Ordinal)).Select(block => block[3..]));
    }
}
