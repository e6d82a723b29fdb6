using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Relance.Operations;
using Relance.Operations.Observing;
using Relance.Tests.Cli;

namespace Relance.Tests.Operations;

public class The_log_names_nobody
{
    [Fact]
    public async Task Not_in_seventy_one_days_of_forty_contracts_at_the_finest_level()
    {
        using var relance = new RelanceProcess { Limit = TimeSpan.FromMinutes(4) };
        relance.Environment["RELANCE_TRACE"] = "1";
        relance.Environment["Logging__LogLevel__Default"] = "Trace";
        relance.Environment["Relance__Logs__Format"] = "json";
        relance.Environment["Relance__Smtp__User"] = "";
        var answer = await relance.RunAsync(null, "demo", "--exit", "--json");
        answer.Code.ShouldBe(0, answer.Error.Length > 2000 ? answer.Error[^2000..] : answer.Error);
        var lines = answer.Error.Split('\n').Where(line => line.StartsWith('{')).ToList();
        lines.Count.ShouldBeGreaterThan(8, "the shop was silent for two days of four windows each, and an address was refused");
        foreach (var line in lines)
            JsonNode.Parse(line)!["message"].ShouldNotBeNull();
        lines.ShouldContain(line => line.Contains("exception", StringComparison.Ordinal));

        var people = JsonNode.Parse(answer.Output)!["contracts"]!.AsArray().Select(contract => $"{contract!["client"]}").Where(name => name.Length > 0).ToList();
        people.Count.ShouldBeGreaterThan(30);
        string[] personal = [.. people, .. people.SelectMany(name => name.Split(' ')).Where(word => word.Length > 3), "@client.example", "agence-demo.example", "FR7630006000011234567890189", "600,00"];
        foreach (var word in personal.Distinct())
            lines.Where(line => line.Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(word);
        lines.Where(line => Regex.IsMatch(line, "c[ks]_[0-9a-zA-Z]{8}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("550 5.1.1 <loic.benali@client.example>: unknown", "550 5.1.1 <…@…>: unknown")]
    [InlineData("key ck_0123456789abcdef and secret cs_0123456789abcdef", "key ck_… and secret cs_…")]
    [InlineData("https://ck_a:cs_b@boutique.example/wp-json/", "https://…@…/wp-json/")]
    [InlineData("IBAN FR76 3000 6000 0112 3456 7890 189.", "IBAN FR76….")]
    [InlineData("The job sync failed", "The job sync failed")]
    public void What_an_exception_repeats_is_taken_out(string text, string logged) => Redaction.Of(text).ShouldBe(logged);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_entry_is_one_line(bool json)
    {
        using var output = new StringWriter();
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(LogLevel.Warning, "Relance.Test", new EventId(7, "NotSynced"),
            [new("ShopId", "0190"), new("{OriginalFormat}", "Shop {ShopId}")], new InvalidOperationException("first\nsecond loic@client.example"), (_, _) => "Shop 0190\nsecond");
        new LogLines(new LogSettings(json)).Write(entry, null, output);
        var line = output.ToString().TrimEnd();
        line.ShouldNotContain("\n");
        line.ShouldNotContain("loic");
        if (!json)
            return;
        var read = JsonNode.Parse(line)!;
        read["level"]!.ToString().ShouldBe("warn");
        read["event"]!.ToString().ShouldBe("NotSynced");
        read["ShopId"]!.ToString().ShouldBe("0190");
        read["exception"]!.ToString().ShouldContain("InvalidOperationException");
    }
}
