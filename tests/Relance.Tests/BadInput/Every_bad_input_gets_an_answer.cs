using System.Text.RegularExpressions;
using Relance.Tests.Servers;

namespace Relance.Tests.BadInput;

/// <summary>
/// The cases of <c>docs/reliability.md</c>, run. The document says what each got, so that a change of any answer is seen and read.
/// <c>RELANCE_REGENERATE=1 dotnet test --filter BadInput</c> writes the tables anew.
/// </summary>
public sealed partial class Every_bad_input_gets_an_answer
{
    private static readonly bool s_write = Environment.GetEnvironmentVariable("RELANCE_REGENERATE") is "1";

    private static string File { get; } = Path.Combine(Repository.Root, "docs", "reliability.md");

    public static TheoryData<string> Titles => [.. Family.All.Select(family => family.Title)];

    [Theory, MemberData(nameof(Titles))]
    public async Task As_the_document_says(string title)
    {
        var table = await Family.All.Single(family => family.Title == title).TableAsync();
        if (s_write)
            await WriteAsync(title, table);
        Section(await System.IO.File.ReadAllTextAsync(File), title).ShouldBe(table);
    }

    [Fact]
    public async Task There_are_at_least_two_hundred()
    {
        var document = await System.IO.File.ReadAllTextAsync(File);
        Section(document, Family.All[0].Title).ShouldNotBeEmpty();
        Family.All.Sum(family => Rows(Section(document, family.Title))).ShouldBeGreaterThanOrEqualTo(200);
    }

    private static int Rows(string section) => section.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal)) - 1;

    private static string Section(string document, string title)
    {
        var start = document.IndexOf($"## {title}\n", StringComparison.Ordinal);
        if (start < 0)
            return "";
        var end = NextHeading().Match(document, start + 3);
        return document[start..(end.Success ? end.Index : document.Length)].TrimEnd('\n') + "\n";
    }

    private static async Task WriteAsync(string title, string table)
    {
        var document = await System.IO.File.ReadAllTextAsync(File);
        var old = Section(document, title);
        await System.IO.File.WriteAllTextAsync(File, old.Length == 0 ? document.TrimEnd('\n') + "\n\n" + table : document.Replace(old, table, StringComparison.Ordinal));
    }

    [GeneratedRegex("^## ", RegexOptions.Multiline, 1000)]
    private static partial Regex NextHeading();
}
