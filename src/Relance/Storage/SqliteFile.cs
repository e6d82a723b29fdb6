using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Relance.Storage;

/// <summary>A SQLite file: one writer that groups commits, and readers that see the last commit meanwhile (WAL).</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    // A spare reader keeps 2 MB of pages at most; more than a few at once are rare.
    private const int MostIdleReaders = 4;

    private readonly string _connectionString;
    private readonly ConcurrentBag<KeptConnection> _readers = [];
    private readonly GroupCommit _writer;

    public SqliteFile(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30, Pooling = false };
        if (Path.GetDirectoryName(Path.GetFullPath(builder.DataSource)) is { } folder)
            CreatePrivate(folder);
        _connectionString = builder.ToString();
        _writer = new GroupCommit(Open);
    }

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var connection = _readers.TryTake(out var idle) ? idle : Open();
        try
        {
            var result = await work(new Session(connection, null, Dialect.Sqlite, ct));
            Keep(ref connection);
            return result;
        }
        finally
        {
            connection?.Dispose();
        }
    }

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken ct) => _writer.WriteAsync(work, ct);

    // The last connection to close writes the WAL back into the file, so that copying the one file copies everything.
    public async ValueTask DisposeAsync()
    {
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        await _writer.DisposeAsync();
    }

    private void Keep(ref KeptConnection? connection)
    {
        if (_readers.Count >= MostIdleReaders)
            return;
        _readers.Add(connection!);
        connection = null;
    }

    /// <summary>A connection of the caller's own.</summary>
    // FULL: a commit that was answered survives a power cut, not just a crash. NORMAL would be faster, and could lose "handed over": a client would be mailed twice.
    public SqliteConnection OpenOwn()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA wal_autocheckpoint=4000;";
        command.ExecuteNonQuery();
        return connection;
    }

    private KeptConnection Open() => new(OpenOwn());

    // Clients' addresses and mails are in there: a folder we make is for nobody else on the machine.
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
