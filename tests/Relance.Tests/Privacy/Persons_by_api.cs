using System.Net;
using System.Text.Json;
using Relance.Api;
using Relance.Journal;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Api;
using Relance.Tests.Cli;

namespace Relance.Tests.Privacy;

/// <summary>What a person may ask for, over HTTP, beside the command line on the same database.</summary>
public abstract class Persons_by_api(Dialect dialect) : PrivacyTests(dialect)
{
    private ApiClient _api = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _api = new(World.Url, (await Of<AccessKeys>().MakeAsync("tout", KeyScope.Admin)).Secret, IPAddress.Loopback);
    }

    public override async Task DisposeAsync()
    {
        _api.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task An_erasure_says_and_does_what_the_command_line_does()
    {
        await EndAsync();
        var before = await World.SnapshotAsync();
        var seen = (await _api.PostAsync($"clients/{ClientId}/erase", new { reason = Reason, dryRun = true })).Being(200);
        (await World.SnapshotAsync()).ShouldBe(before);
        var line = await RelanceAsync("client", "erase", "--client", ClientId, "--reason", Reason, "--dry-run", "--json");
        line.Code.ShouldBe(0, line.Error);
        var said = JsonDocument.Parse(line.Output).RootElement;
        JsonElement.DeepEquals(seen.Json, said).ShouldBeTrue($"{seen.Text}\n{line.Output}");

        var done = (await _api.PostAsync($"clients/{ClientId}/erase", new { reason = Reason })).Being(200).Json;
        (done.GetProperty("done").GetBoolean(), done.GetProperty("keptFiles").GetInt32()).ShouldBe((true, said.GetProperty("keptFiles").GetInt32()));
        (await WhereAsync(Address, "Lefèvre", "jeanne")).Distinct().Order().ShouldBe(["content.bytes"]);
        (await World.ListAsync("SELECT entry FROM journal WHERE kind = 'client-erased'")).ShouldHaveSingleItem().ShouldContain("key:tout");
        (await World.Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, World.ShopId))).ShouldBeNull();
        (await _api.PostAsync($"clients/{ClientId}/erase", new { reason = Reason })).BeingProblem(409, "conflict", "client");
        (await RelanceAsync("client", "erase", "--client", ClientId, "--reason", Reason, "--yes")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Everything_held_comes_as_one_file()
    {
        var answer = (await _api.GetAsync($"clients/{ClientId}/export")).Being(200);
        answer.Headers["Content-Type"].ShouldBe("application/zip");
        var files = Evidence.EvidenceTests.Files(answer.Bytes);
        files.Keys.Order().ShouldBe((await ExportAsync(ClientId)).Keys.Order());
        JsonDocument.Parse(files["person.json"]).RootElement.GetProperty("clients")[0].GetProperty("email").GetString().ShouldBe(Address);
    }

    [Fact]
    public async Task What_cannot_be_is_a_problem_that_names_its_field_and_erases_nothing()
    {
        (await _api.GetAsync("clients/nobody/export")).BeingProblem(404, "not-found", "client");
        (await _api.PostAsync("clients/nobody/erase", new { reason = Reason })).BeingProblem(404, "not-found", "client");
        (await _api.PostAsync($"clients/{ClientId}/erase", new { reason = Reason })).BeingProblem(409, "conflict", "client")["detail"].ShouldContain("running contract");
        await EndAsync();
        foreach (var (body, field) in new[] { ("{}", "reason"), ("{\"reason\":\" \"}", "reason"), ("{\"reason\":7}", "reason"), ("{\"reason\":\"x\",\"dryRun\":\"no\"}", "dryRun"), ("{\"reason\":\"x\",\"sure\":true}", "sure") })
            (await _api.PostTextAsync($"clients/{ClientId}/erase", body)).BeingProblem(422, "invalid", field);
        (await World.ValueAsync<string>($"SELECT email FROM client WHERE id = '{ClientId}'")).ShouldBe(Address);
    }

    private async Task<Answer> RelanceAsync(params string[] arguments)
    {
        using var relance = new RelanceProcess();
        var settings = Of<RelanceSettings>();
        return await relance.RunAsync("", [.. arguments, "--set", $"Database={settings.ConnectionString}", "--set", $"DataFolder={settings.DataFolder}"]);
    }
}

public sealed class Persons_by_api_in_SQLite() : Persons_by_api(Dialect.Sqlite);

public sealed class Persons_by_api_in_PostgreSQL() : Persons_by_api(Dialect.Postgres);
