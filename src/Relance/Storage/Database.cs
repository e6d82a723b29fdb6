using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Relance.Storage;

/// <summary>Which SQL dialect a connection speaks; all statements but the claims and triggers are common.</summary>
public enum Dialect
{
    /// <summary>SQLite, embedded: the default.</summary>
    Sqlite,
    /// <summary>PostgreSQL.</summary>
    Postgres,
}

/// <summary>Opens sessions on SQLite or PostgreSQL. One writer at a time in process on SQLite.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly DbDataSource? _postgres;
    private readonly string _sqlite = "";
    // SQLite has one writer: queueing here is fair and fast, its busy handler sleeps.
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <summary>A connection string with <c>Host=</c> is PostgreSQL, otherwise SQLite (<c>Data Source=file</c>).</summary>
    public Database(string connectionString)
    {
        if (connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            Dialect = Dialect.Postgres;
            _postgres = NpgsqlDataSource.Create(connectionString);
            return;
        }

        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30, Pooling = true };
        if (Path.GetDirectoryName(Path.GetFullPath(builder.DataSource)) is { } folder)
            CreatePrivate(folder);
        _sqlite = builder.ToString();
    }

    /// <summary>The dialect spoken.</summary>
    public Dialect Dialect { get; }

    /// <summary>Runs queries outside a transaction.</summary>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default)
    {
        await using var connection = await OpenAsync(ct);
        return await work(new Session(connection, null, Dialect, ct));
    }

    /// <summary>Runs work in one transaction; a serialization failure or deadlock runs it again (three times at most).</summary>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(work, ct);
            }
            catch (PostgresException e) when (attempt < 3 && e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected)
            {
                // The transaction left nothing behind.
            }
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Session, Task> work, CancellationToken ct = default) =>
        WriteAsync(async session => { await work(session); return true; }, ct);

    /// <summary>Whether an exception is a violated unique index.</summary>
    public static bool IsUniqueViolation(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
        or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        else
            CloseFile();
        _writer.Dispose();
    }

    // The last connection to close writes the WAL back into the file, so that copying the one file copies everything.
    private void CloseFile()
    {
        using var connection = new SqliteConnection(_sqlite);
        SqliteConnection.ClearPool(connection);
    }

    internal async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (_postgres is not null)
            return await _postgres.OpenConnectionAsync(ct);
        var connection = new SqliteConnection(_sqlite);
        await connection.OpenAsync(ct);
        // 20 µs an open, where a commit takes 2,500: a pooled connection has them already, a new one cannot be told from it.
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;";
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }

    // Clients' addresses and mails are in there: a folder we make is for nobody else on the machine.
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<T> WriteOnceAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        if (Dialect == Dialect.Sqlite)
            await _writer.WaitAsync(ct);
        try
        {
            await using var connection = await OpenAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var result = await work(new Session(connection, transaction, Dialect, ct));
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            if (Dialect == Dialect.Sqlite)
                _writer.Release();
        }
    }
}
