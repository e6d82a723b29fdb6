using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Reflection;

namespace Relance.Storage;

/// <summary>One statement for many, sent to the server together: what costs is the round trip, not the statement.</summary>
internal static class RoundTrip
{
    private static readonly ConcurrentDictionary<(Type, string), Parameter[]> s_parameters = new();

    /// <summary>Runs the statement with the properties of each of these as its parameters; the number of rows that each touched.</summary>
    public static async Task<IReadOnlyList<int>> RunAsync<T>(DbConnection connection, DbTransaction? transaction, string sql, IEnumerable<T> all, CancellationToken ct)
        where T : notnull
    {
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        var parameters = s_parameters.GetOrAdd((typeof(T), sql), static key => [.. key.Item1.GetProperties().Where(property => IsIn(key.Item2, property.Name)).Select(Parameter.Of)]);
        foreach (var args in all)
            batch.BatchCommands.Add(Command(batch, sql, parameters, args));
        await batch.ExecuteNonQueryAsync(ct);
        return [.. batch.BatchCommands.Select(command => command.RecordsAffected)];
    }

    private static DbBatchCommand Command(DbBatch batch, string sql, Parameter[] parameters, object args)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var (name, type, read) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, read(args) ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static bool IsIn(string sql, string name)
    {
        for (var at = sql.IndexOf('@' + name, StringComparison.Ordinal); at >= 0; at = sql.IndexOf('@' + name, at + 1, StringComparison.Ordinal))
        {
            if (at + name.Length + 1 == sql.Length || !char.IsAsciiLetterOrDigit(sql[at + name.Length + 1]))
                return true;
        }

        return false;
    }

    // Typed, so that a null is one of the column's type.
    private sealed record Parameter(string Name, DbType Type, Func<object, object?> Read)
    {
        public static Parameter Of(PropertyInfo property) => new(property.Name, TypeOf(property), property.GetValue);

        private static DbType TypeOf(PropertyInfo property) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
        {
            var type when type == typeof(string) => DbType.String,
            var type when type == typeof(long) || type == typeof(int) => DbType.Int64,
            var type when type == typeof(byte[]) => DbType.Binary,
            var type => throw new NotSupportedException($"{property.Name}: expected text, a number or bytes, got {type.Name}."),
        };
    }
}
