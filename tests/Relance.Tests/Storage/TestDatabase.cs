using Relance.Storage;
using Relance.Tests.Servers;

namespace Relance.Tests.Storage;

/// <summary>A fresh database of either kind, with our schema; its file is deleted at the end.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _folder;

    private TestDatabase(string connectionString, string? folder)
    {
        (ConnectionString, _folder) = (connectionString, folder);
        Database = new Database(connectionString);
    }

    public string ConnectionString { get; }

    public Database Database { get; }

    public static async Task<TestDatabase> CreateAsync(Dialect dialect)
    {
        var made = await EmptyAsync(dialect);
        await Migrator.MigrateAsync(made.Database);
        return made;
    }

    public static async Task<TestDatabase> EmptyAsync(Dialect dialect)
    {
        if (dialect == Dialect.Postgres)
            return new(await PostgresServer.CreateDatabaseAsync(), null);
        var folder = Directory.CreateTempSubdirectory("relance-db-").FullName;
        return new($"Data Source={Path.Combine(folder, "relance.db")}", folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }
}
