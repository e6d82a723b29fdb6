using System.Text.Json;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Cli;

namespace Relance.Tests.Evidence;

/// <summary>The built command line: its answers, its exit codes.</summary>
public sealed class Evidence_by_command_line() : EvidenceTests(Dialect.Sqlite)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relance-dossier-").FullName;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_dossier_is_exported_checked_and_its_change_found()
    {
        var file = Path.Combine(_folder, "dossier.zip");
        var made = await RelanceAsync("evidence", "export", "--contract", Mine, "--out", file, "--no-pdf", "--json");
        made.Code.ShouldBe(0, made.Error);
        var head = JsonDocument.Parse(made.Output).RootElement.GetProperty("dossier").GetProperty("head").GetString();
        (await RelanceAsync("evidence", "export", "--contract", Mine, "--out", file)).ShouldSatisfyAllConditions(a => a.Code.ShouldBe(2), a => a.Error.ShouldContain("--force"));
        (await RelanceAsync("evidence", "export", "--contract", "nobody", "--out", file, "--force")).Code.ShouldBe(2);

        // No database, no settings: another machine.
        using var elsewhere = new RelanceProcess();
        var whole = await elsewhere.RunAsync("", "evidence", "verify", file, "--json");
        whole.Code.ShouldBe(0, whole.Error);
        JsonDocument.Parse(whole.Output).RootElement.GetProperty("verdict").GetProperty("head").GetString().ShouldBe(head);

        var bytes = await File.ReadAllBytesAsync(file);
        var mail = Files(bytes).Single(f => f.Key.StartsWith("mails/", StringComparison.Ordinal));
        bytes[bytes.AsSpan().IndexOf(mail.Value) + 100] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var changed = await elsewhere.RunAsync("", "evidence", "verify", file);
        (changed.Code, changed.Output.Contains(mail.Key, StringComparison.Ordinal)).ShouldBe((1, true));
        (await elsewhere.RunAsync("", "evidence", "verify", Path.Combine(_folder, "none.zip"))).Code.ShouldBe(2);
    }

    private async Task<Answer> RelanceAsync(params string[] arguments)
    {
        using var relance = new RelanceProcess();
        var settings = Of<RelanceSettings>();
        return await relance.RunAsync("", [.. arguments, "--set", $"Database={settings.ConnectionString}", "--set", $"DataFolder={settings.DataFolder}"]);
    }
}
