using System.Reflection;

namespace Relance.Storage;

/// <summary>Applies the numbered scripts, each once, in order, in one transaction each.</summary>
public static class Migrator
{
    private const string Prefix = "Relance.Storage.Migrations.";

    /// <summary>Brings the schema up to date; does nothing when it is.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer Relance.</exception>
    public static Task MigrateAsync(Database database, CancellationToken ct = default) => MigrateAsync(database, long.MaxValue, ct);

    /// <summary>The newest schema that this Relance knows.</summary>
    internal static long Newest(Dialect dialect) => Scripts(dialect)[^1].Number;

    /// <summary>As far as one schema, which an older version had: to read what that version wrote.</summary>
    internal static async Task MigrateAsync(Database database, long upTo, CancellationToken ct)
    {
        await database.WriteAsync(CreateAsync, ct);
        var scripts = Scripts(database.Dialect);
        var applied = await database.ReadAsync(s => s.ValueAsync<long?>("SELECT MAX(number) FROM migration"), ct) ?? 0;
        if (applied > scripts[^1].Number)
            throw new InvalidOperationException($"The database is at schema {applied}; this Relance knows {scripts[^1].Number}. Install the newer version.");
        foreach (var script in scripts.Where(s => s.Number > applied && s.Number <= upTo))
            await database.WriteAsync(s => ApplyAsync(s, script), ct);
    }

    private static async Task CreateAsync(Session session)
    {
        await AloneAsync(session);
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)");
    }

    // Two machines may start at once. SQLite has one writer anyway; PostgreSQL's IF NOT EXISTS alone fails when two create together.
    private static Task AloneAsync(Session session) =>
        session.Dialect == Dialect.Postgres ? session.ExecuteAsync("SELECT pg_advisory_xact_lock(7236710)") : Task.CompletedTask;

    private static async Task ApplyAsync(Session session, Script script)
    {
        await AloneAsync(session); // the second finds the row and does nothing
        if (await session.ValueAsync<long>("SELECT COUNT(*) FROM migration WHERE number = @Number", new { script.Number }) > 0)
            return;
        await session.ExecuteAsync(script.Sql);
        await session.ExecuteAsync("INSERT INTO migration (number, name) VALUES (@Number, @Name)", new { script.Number, script.Name });
    }

    private static List<Script> Scripts(Dialect dialect)
    {
        var assembly = typeof(Migrator).Assembly;
        var other = dialect == Dialect.Sqlite ? ".postgres.sql" : ".sqlite.sql";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !name.EndsWith(other, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, dialect)).OrderBy(script => script.Number)];
    }

    private static Script Read(Assembly assembly, string resource, Dialect dialect)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[Prefix.Length..];
        var sql = reader.ReadToEnd().Replace("{bytes}", dialect == Dialect.Sqlite ? "BLOB" : "BYTEA", StringComparison.Ordinal);
        return new Script(long.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name, sql);
    }

    private sealed record Script(long Number, string Name, string Sql);
}
