using System.Text.Json;

namespace Relance.Storage;

/// <summary>Lists in statements: an array on PostgreSQL, JSON on SQLite. The text stays the same for every length, so that it stays prepared.</summary>
internal static class Lists
{
    public static object Parameter(Dialect dialect, IEnumerable<string> values) =>
        dialect == Dialect.Postgres ? values.ToArray() : JsonSerializer.Serialize(values);

    public static string Contains(Dialect dialect, string list) =>
        dialect == Dialect.Postgres ? $"= ANY({list})" : $"IN (SELECT value FROM json_each({list}))";
}
