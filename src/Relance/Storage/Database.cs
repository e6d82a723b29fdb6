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
    private readonly NpgsqlDataSource? _postgres;
    private readonly SqliteFile? _sqlite;

    /// <summary>A connection string with <c>Host=</c> is PostgreSQL, otherwise SQLite (<c>Data Source=file</c>).</summary>
    public Database(string connectionString)
    {
        if (connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            Dialect = Dialect.Postgres;
            _postgres = NpgsqlDataSource.Create(Prepared(connectionString));
        }
        else
        {
            _sqlite = new SqliteFile(connectionString);
        }
    }

    /// <summary>The dialect spoken.</summary>
    public Dialect Dialect { get; }

    /// <summary>Runs queries outside a transaction.</summary>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default)
    {
        if (_sqlite is not null)
            return await _sqlite.ReadAsync(work, ct);
        await using var connection = await _postgres!.OpenConnectionAsync(ct);
        return await work(new Session(connection, null, Dialect, ct));
    }

    /// <summary>Runs work in one transaction, on disk when this returns; a serialization failure or deadlock runs it again (three times at most).</summary>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return _sqlite is not null ? await _sqlite.WriteAsync(work, ct) : await WriteOnceAsync(work, ct);
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
        if (_sqlite is not null)
            await _sqlite.DisposeAsync();
    }

    /// <summary>A connection of the caller's own, for a long reading.</summary>
    internal async Task<DbConnection> OpenAsync(CancellationToken ct) =>
        _sqlite is not null ? _sqlite.OpenOwn() : await _postgres!.OpenConnectionAsync(ct);

    // The driver prepares by itself what it sees again; who set this otherwise has a pooler that cannot.
    private static string Prepared(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ContainsKey("Max Auto Prepare"))
            (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (200, 2);
        return builder.ToString();
    }

    private async Task<T> WriteOnceAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await _postgres!.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var result = await work(new Session(connection, transaction, Dialect, ct));
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
