using System.Globalization;
using System.Text.Json;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Cli;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Agency;

/// <summary>The built command line, on the database of a running story.</summary>
public sealed class People_decide_on_the_command_line() : AgencyTests(Dialect.Sqlite)
{
    protected override string[] Settings => ["Approvals:0=maintenance.notice"];

    private async Task<Answer> RelanceAsync(params string[] arguments)
    {
        using var relance = new RelanceProcess();
        var settings = Of<RelanceSettings>();
        var at = Of<Clocks>().Now.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        return await relance.RunAsync("", [.. arguments, "--clock", at, "--set", $"Database={settings.ConnectionString}", "--set", $"DataFolder={settings.DataFolder}", "--set", "Approvals:0=maintenance.notice"]);
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var answer = await RelanceAsync([.. arguments, "--json"]);
        answer.Code.ShouldBe(0, answer.Error);
        return JsonDocument.Parse(answer.Output).RootElement;
    }

    [Fact]
    public async Task A_message_is_seen_and_approved()
    {
        await World.PlayAsync(Day0);
        var id = (await JsonAsync("today")).GetProperty("awaitingApproval")[0].GetProperty("messageId").GetString()!;
        (await RelanceAsync("approve", "show", id)).Output.ShouldContain("To: jeanne@client.example");
        (await RelanceAsync("approve", "--reject", id)).Code.ShouldBe(2, "a refusal has a reason");
        var both = await RelanceAsync("approve", id, "nothing", "--yes");
        both.Code.ShouldBe(2, "one of them does not exist");
        both.Output.ShouldContain("done");
        both.Output.ShouldContain("refused: message");
        (await JsonAsync("approve", "list")).GetArrayLength().ShouldBe(0);
        (await World.ValueAsync<string>("SELECT approved_by FROM message")).ShouldNotBeNull().ShouldStartWith("command-line:");
    }

    [Fact]
    public async Task Several_are_not_decided_without_a_yes()
    {
        var answer = await RelanceAsync("contract", "end", await ContractIdAsync(), "nothing", "--reason", "Fin");
        (answer.Code, answer.Error.Contains("--yes", StringComparison.Ordinal)).ShouldBe((2, true));
        (await World.ContractAsync()).Standing.ShouldNotBe("ended");
    }

    [Fact]
    public async Task A_pause_is_made_listed_and_ended()
    {
        (await RelanceAsync("pause", "add", "--all", "--shop", World.ShopId, "--until", "2026-03-12", "--reason", "Congés")).Code.ShouldBe(2);
        var id = (await JsonAsync("pause", "add", "--contract", await ContractIdAsync(), "--until", "2026-03-12", "--reason", "Congés")).GetProperty("id").GetString()!;
        (await JsonAsync("pause", "list"))[0].GetProperty("reason").GetString().ShouldBe("Congés");
        (await JsonAsync("pause", "remove", id)).GetProperty("removed").GetBoolean().ShouldBeTrue();
        (await RelanceAsync("pause", "remove", id)).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_contract_is_flagged_paid_and_tells_its_story()
    {
        var id = (await JsonAsync("contract", "list"))[0].GetProperty("id").GetString()!;
        (await RelanceAsync("contract", "flag", "dispute", id, "--reason", "Courrier")).Code.ShouldBe(0);
        (await JsonAsync("contract", "show", id)).GetProperty("summary").GetProperty("dispute").GetBoolean().ShouldBeTrue();
        (await JsonAsync("task", "list"))[0].GetProperty("kind").GetString().ShouldBe("disputed");
        (await RelanceAsync("contract", "flag", "dispute", id, "--reason", "Accord", "--clear")).Code.ShouldBe(0);
        (await RelanceAsync("contract", "mark-paid", id, "--on", "2026-13-01")).Error.ShouldContain("2026-12-16");
        var early = await RelanceAsync("contract", "mark-paid", id, "--on", "2026-03-03");
        (early.Code, early.Output.Contains("refused: on", StringComparison.Ordinal)).ShouldBe((2, true));
        (await RelanceAsync("contract", "mark-paid", id, "--reference", "VIR 7")).Code.ShouldBe(0);
        (await World.StateAsync()).TermNo.ShouldBe(2);
    }

    [Fact]
    public async Task A_task_is_shown_put_off_and_closed()
    {
        World.Buy(Day0, status: "on-hold", method: "bacs");
        await World.PullAsync();
        var id = (await JsonAsync("task", "list"))[0].GetProperty("id").GetString()!;
        (await RelanceAsync("task", "show", id)).Output.ShouldContain("--outcome not-paid");
        (await RelanceAsync("task", "postpone", id, "--until", "2026-03-10")).Code.ShouldBe(0);
        (await RelanceAsync("task", "close", id, "--outcome", "whatever")).Error.ShouldContain("not-paid");
        (await RelanceAsync("task", "close", id, "--outcome", "not-paid", "--note", "Rien")).Code.ShouldBe(0);
        (await RelanceAsync("task", "reopen", id)).Code.ShouldBe(0);
        (await RelanceAsync("task", "show", "nothing")).Code.ShouldBe(2);
    }
}
