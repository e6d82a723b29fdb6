using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Relance.Tests.ThreeProcesses;

/// <summary>A line of the service's journal about a contract.</summary>
internal sealed record Line(long Seq, DateTimeOffset At, string Kind, string Reference, string Step);

/// <summary>The service's database, read from outside while it works.</summary>
internal sealed class Records(string data)
{
    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "relance.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    /// <summary>The journal about contracts from a number on.</summary>
    public async Task<IReadOnlyList<Line>> JournalAsync(long after = 0)
    {
        await using var connection = new SqliteConnection(_connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT j.seq, j.at, j.kind, c.source, c.external_key, j.entry FROM journal j JOIN contract c ON c.id = j.subject_id
            WHERE j.seq > @after AND j.kind IN ('planned', 'paid') ORDER BY j.seq
            """;
        command.Parameters.AddWithValue("@after", after);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<Line>();
        while (await reader.ReadAsync())
        {
            lines.Add(new Line(reader.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2),
                Reference(reader.GetString(3), reader.GetString(4)), ShopProcess.Text(JsonNode.Parse(reader.GetString(5))!, "step")));
        }

        return lines;
    }

    private static string Reference(string source, string key) => source.StartsWith("subscription", StringComparison.Ordinal) ? $"ABO-{key}" : $"CMD-{key.Split(':')[0]}";
}
