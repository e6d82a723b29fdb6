using Relance.Storage;

namespace Relance.Operations.Backup;

/// <summary>The tables a backup holds, read off the database itself: a new migration needs no line here.</summary>
internal static class TableCatalogue
{
    // The schema's own number travels in the manifest; how long ago a job ran says something of one machine only.
    private static readonly string[] s_left = ["migration", "job_run", "job_alarm"];

    // Who is logged in to the original is not logged in to its copy, and an answer kept for a repeated call is of that day.
    private static readonly string[] s_passing = ["account_session", "account_link", "sign_in_failure", "idempotency", "link_code", "call_nonce"];

    /// <summary>Rows of <c>instance</c> that stay: the key ring travels apart, the rest is about this one machine.</summary>
    public const string Local = "key NOT LIKE 'key-ring:%' AND key NOT LIKE 'local:%'";

    /// <summary>Whether a backup holds this table; the others are emptied by a restore.</summary>
    public static bool IsSaved(string table) => !s_passing.Contains(table);

    /// <summary>All of them, each after those it refers to.</summary>
    /// <exception cref="InvalidOperationException">Two tables refer to each other.</exception>
    public static async Task<IReadOnlyList<string>> InOrderAsync(Session session)
    {
        var waiting = (await session.QueryAsync<string>(session.Dialect == Dialect.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"))
            .Except(s_left).Order(StringComparer.Ordinal).ToList();
        var references = await ReferencesAsync(session);
        var ordered = new List<string>();
        while (waiting.Count > 0)
        {
            var next = waiting.Find(table => references.All(r => r.Child != table || r.Parent == table || ordered.Contains(r.Parent)))
                ?? throw new InvalidOperationException($"These tables refer to each other: {string.Join(", ", waiting)}.");
            ordered.Add(next);
            waiting.Remove(next);
        }
        return ordered;
    }

    /// <summary>How to read a table, in an order that is the same on both databases.</summary>
    public static async Task<string> SelectAsync(Session session, string table)
    {
        var key = await KeyAsync(session, table);
        var collation = session.Dialect == Dialect.Postgres ? " COLLATE \"C\"" : "";
        var order = string.Join(", ", key.Select(column => $"\"{column.Name}\"{(column.Text == 1 ? collation : "")}"));
        return $"{From(table, "*")}{(order.Length > 0 ? " ORDER BY " + order : "")}";
    }

    /// <summary>How to count what <see cref="SelectAsync"/> reads.</summary>
    public static string Count(string table) => From(table, "COUNT(*)");

    private static string From(string table, string what) => $"SELECT {what} FROM \"{table}\"{(table == "instance" ? $" WHERE {Local}" : "")}";

    private static Task<IReadOnlyList<Reference>> ReferencesAsync(Session session) => session.QueryAsync<Reference>(session.Dialect == Dialect.Sqlite
        ? """SELECT m.name AS Child, f."table" AS Parent FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"""
        : """
          SELECT c.relname AS Child, p.relname AS Parent FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
          WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace
          """);

    private static Task<IReadOnlyList<KeyColumn>> KeyAsync(Session session, string table) => session.QueryAsync<KeyColumn>(session.Dialect == Dialect.Sqlite
        ? "SELECT name AS Name, CAST(type = 'TEXT' AS BIGINT) AS Text FROM pragma_table_info(@table) WHERE pk > 0 ORDER BY pk"
        : """
          SELECT a.attname AS Name, CASE WHEN a.atttypid = 'text'::regtype THEN 1 ELSE 0 END::BIGINT AS Text
          FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
          WHERE i.indrelid = @table::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)
          """, new { table });

    private sealed class Reference
    {
        public string Child { get; init; } = "";
        public string Parent { get; init; } = "";
    }

    private sealed class KeyColumn
    {
        public string Name { get; init; } = "";
        public long Text { get; init; }
    }
}
