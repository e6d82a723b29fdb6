using System.Text.Json;
using Relance.Tests.Cli;

namespace Relance.Tests.Legal;

public sealed class The_law_on_the_command_line : IDisposable
{
    private const string Window = "notice-window --term 2026-12-31 --notice P2M --client consumer";
    private const string Late = "late-payment --client business --principal 1200.00 --due 2026-05-31 --paid 2026-07-20";
    private const string Refund = "refund --paid 600.00 --from 2026-01-01 --to 2026-12-31 --ended 2026-04-10";

    private readonly LawLine _law = new();

    public static TheoryData<string, string> Vectors => LawQuestion.Every();

    [Theory, MemberData(nameof(Vectors))]
    public async Task Every_vector_is_answered(string family, string row)
    {
        var question = LawQuestion.Of(family, row);
        var (code, answer) = await _law.JsonAsync([question.Name, .. question.Given.SelectMany(given => new[] { $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(given.Field)}", given.Value })]);
        question.ShouldBeAnsweredBy(answer);
        code.ShouldBe(question.Expected.TryGetProperty("error", out _) ? 1 : 0);
    }

    [Theory]
    [InlineData("notice-window --notice P2M --client consumer", "--term")]
    [InlineData("notice-window --term 31/12/2026 --notice P2M --client consumer", "--term: expected a day such as 2026-12-31.")]
    [InlineData("notice-window --term 2026-02-30 --notice P2M --client consumer", "--term: expected a day")]
    [InlineData("notice-window --term 0001-01-01 --notice P2M --client consumer", "--term: expected a day")]
    [InlineData("notice-window --term 2026-12-31 --notice 2M --client consumer", "--notice: expected months or days such as P2M or P90D")]
    [InlineData("notice-window --term 2026-12-31 --notice P1M15D --client consumer", "--notice: expected")]
    [InlineData("notice-window --term 2026-12-31 --notice P2M", "--client")]
    [InlineData("notice-window --term 2026-12-31 --notice P2M --client Consumer", "--client: expected one of consumer, business, non-professional, public, unknown.")]
    [InlineData(Window + " --term-start 2027-01-01", "--term-start: expected a day up to the term, 2026-12-31.")]
    [InlineData(Window + " --term-start soon", "--term-start: expected a day")]
    [InlineData(Window + " --colour blue", "--colour")]
    [InlineData("late-payment --client business --principal 1200,00 --due 2026-05-31 --paid 2026-07-20", "--principal: expected euros above zero such as 1200.00.")]
    [InlineData("late-payment --client business --principal 0 --due 2026-05-31 --paid 2026-07-20", "--principal: expected")]
    [InlineData("late-payment --client business --principal -5 --due 2026-05-31 --paid 2026-07-20", "--principal: expected")]
    [InlineData("late-payment --client business --principal 1.005 --due 2026-05-31 --paid 2026-07-20", "--principal: expected")]
    [InlineData("late-payment --client business --principal 99999999999 --due 2026-05-31 --paid 2026-07-20", "--principal: expected")]
    [InlineData(Late + " --rate high", "--rate: expected default, legal-x3 or percent a year from 0 to 100 such as 8.00.")]
    [InlineData(Late + " --rate 101", "--rate: expected")]
    [InlineData(Late + " --rate 8%", "--rate: expected")]
    [InlineData(Late + " --formal-notice 2026-06-15", "--formal-notice: expected it for consumers")]
    [InlineData(Late + " --payment 100.00", "--payment: expected a day and euros above zero such as 2026-06-15:300.00.")]
    [InlineData(Late + " --payment 2026-06-15:300.00 --payment 2026-06-16:", "--payment: expected")]
    [InlineData(Late + " --payment 2026-08-01:300.00", "--payment: expected days up to the last one counted, 2026-07-20.")]
    [InlineData(Late + " --credit 2026-06-31:300.00", "--credit: expected")]
    [InlineData("late-payment --client consumer --principal 600.00 --due 2026-06-30 --paid 2026-09-15 --rate 8.00", "--rate: expected it for a business only")]
    [InlineData("late-payment --client public --principal 600.00 --due 2026-06-30 --paid 2026-09-15 --rate legal-x3", "--rate: expected it for a business only")]
    [InlineData("due-date --invoice 2026-1-10", "--invoice: expected a day")]
    [InlineData("due-date --invoice 2026-01-10 --terms soon", "--terms: expected default, '60 days'")]
    [InlineData("due-date --invoice 2026-01-10 --terms 366@days", "--terms: expected")]
    [InlineData("due-date --invoice 2026-01-10 --terms 45@days@end@of@month@(month@end,@then@45@days)", "--terms: expected")]
    [InlineData("due-date --invoice 2026-01-10 --client consumer", "--client: expected business or public")]
    [InlineData("limitation --client consumer --completed yesterday", "--completed: expected a day")]
    [InlineData("limitation --client consumer --completed 2024-11-15 --acknowledged 2024-11-14", "--acknowledged: expected a day from the completion on, 2024-11-15.")]
    [InlineData("refund --paid free --from 2026-01-01 --to 2026-12-31 --ended 2026-04-10", "--paid: expected euros")]
    [InlineData("refund --paid 600.00 --from 2026-01-01 --to 2025-12-31 --ended 2026-04-10", "--to: expected a day from 2026-01-01 on.")]
    [InlineData(Refund + " --client business", "--client: expected consumer, non-professional or unknown")]
    public async Task What_is_wrong_is_named_and_ends_with_2(string line, string said)
    {
        var answer = await _law.RunAsync([.. line.Split(' ').Select(word => word.Replace('@', ' '))]);
        answer.ShouldSatisfyAllConditions(() => answer.Code.ShouldBe(2), () => answer.Error.ShouldContain(said), () => answer.Output.ShouldBeEmpty());
    }

    [Fact]
    public async Task Partial_payments_and_credit_notes_are_counted()
    {
        var (_, late) = await _law.JsonAsync([.. Late.Split(' '), "--payment", "2026-06-15:300.00", "--payment", "2026-06-20:100.00", "--credit", "2026-06-10:50.00"]);
        // 1200 x 10 days, 1150 x 5, 855.7... : interest first, then principal (C. civ. 1343-1).
        late.GetProperty("segments").GetArrayLength().ShouldBe(5);
        late.GetProperty("articles").EnumerateArray().Select(a => a.GetString()).ShouldBe(["C. com. L441-10", "C. com. D441-5", "C. civ. 1343-1"]);
        late.GetProperty("working").EnumerateArray().Count(line => line.GetString()!.Contains("paid ", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task Rates_that_an_agency_adds_count_at_once_and_a_faulty_table_is_named()
    {
        string[] line = ["late-payment", "--client", "business", "--principal", "1200.00", "--due", "2026-12-15", "--paid", "2027-01-10"];
        var table = Path.Combine(_law.Folder, "rates.json");
        await File.WriteAllTextAsync(table, """{ "rates": [ { "semester": "2027-S1", "ecb": "2.40", "legalProfessionals": "2.80", "legalIndividuals": "6.90", "source": "a test", "recordedOn": "2026-12-28" } ] }""");
        (await _law.JsonAsync(line)).Json.GetProperty("interest").GetString().ShouldBe("10.60");
        await File.WriteAllTextAsync(table, """{ "rates": [ { "semester": "2027-S1" } ] }""");
        (await Should.ThrowAsync<FormatException>(() => _law.RunAsync(line))).Message.ShouldContain("rates.json: rates: 2027-S1.ecb: expected");
    }

    [Theory]
    [InlineData("fr_FR.UTF-8", "Date limite de non-reconduction", "Textes\u00A0:")]
    [InlineData("en_GB.UTF-8", "Last day to refuse", "Articles:")]
    public async Task People_read_a_table_in_their_language(string language, string deadline, string articles)
    {
        using var relance = new RelanceProcess();
        relance.Environment["LANG"] = relance.Environment["LC_ALL"] = language;
        var answer = await relance.RunAsync(null, ["law", .. Window.Split(' ')]);
        answer.Code.ShouldBe(0, answer.Error);
        answer.Output.ShouldSatisfyAllConditions(
            text => text.ShouldContain(deadline), text => text.ShouldContain("2026-10-31"), text => text.ShouldContain(articles), text => text.ShouldContain("C. consom. L215-1"),
            text => text.ShouldContain("D = T - P = 2026-12-31 - P2M = 2026-10-31"));
        Directory.Exists(Path.Combine(relance.Folder, "data")).ShouldBeFalse("a question about the law opens no database");
    }

    [Fact]
    public async Task The_process_answers_refuses_and_names_a_missing_semester()
    {
        using var relance = new RelanceProcess();
        var lawful = await relance.RunAsync(null, ["law", .. Refund.Split(' '), "--json"]);
        (lawful.Code, JsonDocument.Parse(lawful.Output).RootElement.GetProperty("payBy").GetString()).ShouldBe((0, "2026-05-10"));
        var wrong = await relance.RunAsync(null, "law", "limitation", "--client", "nobody", "--completed", "2024-11-15");
        (wrong.Code, wrong.Error).ShouldBe((2, "--client: expected one of consumer, business, non-professional, public, unknown." + Environment.NewLine));
        var missing = await relance.RunAsync(null, "law", "late-payment", "--client", "business", "--principal", "1200.00", "--due", "2026-12-15", "--paid", "2027-01-10");
        missing.Code.ShouldBe(1);
        missing.Output.ShouldBeEmpty();
        missing.Error.ShouldStartWith("semester 2027-S1 is not in the rate table: add it to rates.json in the data folder with ecb,");
    }

    [Theory]
    [InlineData(Window)]
    [InlineData("notice-window --term 2026-11-30 --notice P0M --client unknown --term-start 2026-11-01")]
    [InlineData("notice-window --term 2026-11-30 --notice P1M --client business")]
    [InlineData(Late + " --rate 8.00 --payment 2026-06-15:300.00")]
    [InlineData("late-payment --client consumer --principal 600.00 --due 2026-06-30 --paid 2026-09-15")]
    [InlineData("due-date --invoice 2026-01-10 --periodic --client public")]
    [InlineData("limitation --client public --completed 2024-11-15")]
    [InlineData(Refund + " --client non-professional")]
    public async Task Every_answer_prints_its_articles_and_its_working(string line)
    {
        var answer = await _law.RunAsync(line.Split(' '));
        answer.Code.ShouldBe(0, answer.Error);
        var lines = answer.Output.Split('\n').Select(l => l.Trim()).ToList();
        lines.FindIndex(l => l is "Articles:" or "Textes\u00A0:").ShouldBeLessThan(lines.FindIndex(l => l is "Working:" or "Calcul\u00A0:") - 1);
        lines.FindIndex(l => l is "Working:" or "Calcul\u00A0:").ShouldBeLessThan(lines.Count - 2, "there is a line of working");
    }

    public void Dispose() => _law.Dispose();
}
