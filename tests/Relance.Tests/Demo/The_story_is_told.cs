using System.Text.Json.Nodes;
using Relance.Templates;
using Relance.Tests.Cli;

namespace Relance.Tests.Demo;

public sealed class The_story_is_told : IDisposable
{
    private readonly RelanceProcess _relance = new() { Limit = TimeSpan.FromMinutes(5) };

    [Fact]
    public async Task Demo_prints_one_document_in_which_nothing_went_wrong()
    {
        var answer = await _relance.RunAsync(null, "demo", "--exit", "--json");
        answer.ShouldSatisfyAllConditions(() => answer.Error.ShouldBeEmpty(), () => answer.Code.ShouldBe(0));
        // A second document, or a line beside it, would not parse.
        var report = JsonNode.Parse(answer.Output)!;
        report["duplicates"]!.GetValue<int>().ShouldBe(0);
        report["afterPayment"]!.GetValue<int>().ShouldBe(0);
        report["days"]!.GetValue<int>().ShouldBe(71);
        report["seconds"]!.GetValue<double>().ShouldBePositive();
        report["mailsCaught"]!.GetValue<int>().ShouldBeGreaterThan(100);
        report["sentByStep"]!.AsObject().Select(step => step.Key).ShouldBe(
            // The season begins when the lawful days of this year's notices are over, and nobody refuses.
            TemplateCatalogue.All.Select(entry => entry.Id).Except(["tacit.legal-notice", "tacit.reminder", "tacit.declined", "tacit.received", "tacit.ended"]), ignoreOrder: true);
        var contracts = report["contracts"]!.AsArray();
        contracts.Count.ShouldBe(40);
        foreach (var contract in contracts)
            contract!["shopStanding"]!.GetValue<string>().ShouldBe(contract["standing"]!.GetValue<string>(), contract.ToJsonString());
        Outcomes(contracts, "transfer").ShouldContain("maintenance.renewed sent");
        Outcomes(contracts, "refused").ShouldContain("maintenance.notice failed: address-refused");
        Outcomes(contracts, "no address").ShouldContain("maintenance.notice skipped: no-address");
        Directory.Exists(Path.Combine(_relance.Folder, "data")).ShouldBeFalse();
    }

    private static IEnumerable<string> Outcomes(JsonArray contracts, string does) =>
        contracts.Single(c => c!["does"]!.GetValue<string>().Contains(does, StringComparison.Ordinal))!["steps"]!.AsArray().Select(step => $"{step!["step"]} {step["outcome"]}");

    public void Dispose() => _relance.Dispose();
}
