using System.Data.Common;
using Dapper;

namespace Relance.Storage;

/// <summary>One connection, and its transaction if any. Thin over Dapper, so that no statement forgets the transaction.</summary>
public sealed class Session(DbConnection connection, DbTransaction? transaction, Dialect dialect, CancellationToken ct)
{
    /// <summary>The dialect, for the few statements that differ.</summary>
    public Dialect Dialect { get; } = dialect;

    /// <summary>All rows.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args = null) => [.. await connection.QueryAsync<T>(Command(sql, args))];

    /// <summary>The first row or null.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? args = null) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, args));

    /// <summary>One value.</summary>
    public Task<T?> ValueAsync<T>(string sql, object? args = null) => connection.ExecuteScalarAsync<T>(Command(sql, args));

    /// <summary>Runs a statement; the number of rows touched.</summary>
    public Task<int> ExecuteAsync(string sql, object? args = null) => connection.ExecuteAsync(Command(sql, args));

    /// <summary>Runs one statement for each of these, in one round trip; the number of rows that each touched.</summary>
    public async Task<IReadOnlyList<int>> ExecuteManyAsync<T>(string sql, IReadOnlyCollection<T> all)
        where T : notnull
    {
        if (connection.CanCreateBatch && all.Count > 1)
            return await RoundTrip.RunAsync(connection, transaction, sql, all, ct);
        var touched = new List<int>(all.Count);
        foreach (var args in all)
            touched.Add(await ExecuteAsync(sql, args));
        return touched;
    }

    /// <summary>A list as one parameter; see <see cref="In"/>.</summary>
    internal object List(IEnumerable<string> values) => Lists.Parameter(Dialect, values);

    /// <summary>« is one of », where <paramref name="list"/> names a parameter that holds a <see cref="List"/>.</summary>
    internal string In(string list) => Lists.Contains(Dialect, list);

    /// <summary>A command of this transaction, for rows too many to hold.</summary>
    internal DbCommand Raw(string sql)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        return command;
    }

    private CommandDefinition Command(string sql, object? args) => new(sql, args, transaction, cancellationToken: ct);
}
