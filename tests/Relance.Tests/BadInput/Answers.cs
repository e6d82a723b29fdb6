using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Tests.BadInput;

/// <summary>One bad input and what it got.</summary>
internal sealed record Answered(string Case, string Got);

/// <summary>A kind of input: its cases are run against the real thing.</summary>
/// <param name="Title">The heading in <c>docs/reliability.md</c>.</param>
/// <param name="Way">How the cases come in, one sentence.</param>
internal sealed partial record Family(string Title, string Way, Func<Task<IReadOnlyList<Answered>>> RunAsync)
{
    /// <summary>All of them, in the order of the document.</summary>
    public static IReadOnlyList<Family> All { get; } =
    [
        WebhookCases.Family, ShopAnswerCases.Family, OrderFieldCases.Dates, OrderFieldCases.Amounts, OrderFieldCases.Others, AddressCases.Family,
        ReportCases.Family, InboundCases.Family, CsvCases.Import, CsvCases.Export, ApiCases.Family, SettingCases.Family, TemplateCases.Family, CommandCases.Family,
    ];

    /// <summary>As a table of Markdown.</summary>
    public async Task<string> TableAsync()
    {
        var table = new StringBuilder($"## {Title}\n\n{Way}\n\n| case | what it got |\n|---|---|\n");
        foreach (var (name, got) in await RunAsync())
            table.Append("| ").Append(Cell(name)).Append(" | ").Append(Cell(got)).Append(" |\n");
        return table.ToString();
    }

    /// <summary>Runs cases one after another.</summary>
    public static async Task<IReadOnlyList<Answered>> EachAsync<T>(IEnumerable<(string Case, T Input)> cases, Func<T, Task<string>> answer)
    {
        var answered = new List<Answered>();
        foreach (var (name, input) in cases)
            answered.Add(new(name, await answer(input)));
        return answered;
    }

    private static string Cell(string text)
    {
        // What exists, and where in a template, changes with every new template: it is not the case's answer.
        var line = string.Join(' ', Number().Replace(Lists().Replace(text, "${what}: …"), "(line): ").Split((char[])['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
        var shown = string.Concat(line.Select(c => char.IsControl(c) ? '\uFFFD' : c));
        return shown.Length <= 220 ? shown : shown[..220] + "…";
    }

    [GeneratedRegex("(?<what>allowed|there are|Expected one of): .*", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lists();

    [GeneratedRegex(@"(?<=^fr/maintenance\.notice:)\d+: ", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
