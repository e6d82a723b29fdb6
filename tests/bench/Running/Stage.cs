using Relance.Storage;
using Relance.Tests.Servers;

namespace Relance.Bench.Running;

/// <summary>A fresh database and data folder for one measurement, migrated; gone at the end. PostgreSQL runs with fsync on.</summary>
internal sealed class Stage : IDisposable
{
    private Stage(string folder, string connectionString) => (Folder, ConnectionString) = (folder, connectionString);

    public string Folder { get; }

    public string ConnectionString { get; }

    public static async Task<Stage> CreateAsync(string database, bool migrated = true)
    {
        var folder = Directory.CreateTempSubdirectory("relance-race-").FullName;
        var stage = new Stage(folder, database == "postgres" ? await PostgresServer.CreateDatabaseAsync(durable: true) : $"Data Source={Path.Combine(folder, "relance.db")}");
        if (migrated)
        {
            await using var db = stage.Open();
            await Migrator.MigrateAsync(db);
        }

        return stage;
    }

    public Database Open() => new(ConnectionString);

    /// <summary>Settings of a service on this stage.</summary>
    public IReadOnlyList<string> Settings(params string[] more) =>
        [$"Database={ConnectionString}", $"DataFolder={Folder}", "DailyCeiling=100000", "Sender:TradeName=Agence du Rhône", "Sender:Email=bonjour@agence.example", .. more];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
