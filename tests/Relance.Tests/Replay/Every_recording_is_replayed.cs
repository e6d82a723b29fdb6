using Relance.Storage;
using Relance.Tests.Servers;
using Relance.Tests.Shops;

namespace Relance.Tests.Replay;

/// <summary>All recordings of a real shop, through intake or client and into billing, on both databases. What each comes to is a table that people
/// can read, <c>Recordings/outcomes.tsv</c>; <c>RELANCE_WRITE_OUTCOMES=1</c> writes it anew, to be read before it is committed.</summary>
public class Every_recording_is_replayed
{
    private const string WriteVariable = "RELANCE_WRITE_OUTCOMES";

    private static readonly string s_table = Path.Combine(Repository.Root, "tests/Relance.Tests/Recordings/outcomes.tsv");

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task And_comes_to_what_the_table_says(Dialect dialect)
    {
        await using var world = await ReplayWorld.StartAsync(dialect);
        var outcomes = new List<string>();
        foreach (var recording in Recording.All())
            outcomes.Add($"{recording.Name}\t{await world.PlayAsync(recording)}");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            await File.WriteAllLinesAsync(s_table, outcomes);
        outcomes.ShouldBe(await File.ReadAllLinesAsync(s_table));
    }

    [Fact]
    public void The_table_has_a_line_for_each_and_none_is_unexplained()
    {
        var lines = File.ReadAllLines(s_table).Select(line => line.Split('\t')).ToList();
        lines.Select(line => line[0]).ShouldBe(Recording.All().Select(recording => recording.Name));
        lines.Where(line => line[1].Contains("not-applied", StringComparison.Ordinal) || line[1].Contains("failed", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
