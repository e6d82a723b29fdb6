using System.Data;
using System.Data.Common;
using System.Text.Json;
using Relance.Agency;
using Relance.Storage;

namespace Relance.Operations.Backup;

/// <summary>Puts the rows of a backup into a database of the same schema, in place of its own.</summary>
internal static class BackupLoader
{
    /// <summary>Loads every table within the caller's transaction.</summary>
    /// <exception cref="RefusedException">A table, column or value that this schema does not have.</exception>
    public static async Task LoadAsync(Session session, BackupReader backup, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        var tables = await TableCatalogue.InOrderAsync(session);
        var saved = backup.Manifest.Tables.ToDictionary(table => table.Name);
        var loaded = tables.Where(TableCatalogue.IsSaved).ToList();
        if (loaded.Except(saved.Keys).Concat(saved.Keys.Except(loaded)).Order(StringComparer.Ordinal).FirstOrDefault() is { } odd)
            throw RefusedException.Invalid("backup", $"expected the tables of schema {backup.Manifest.Schema}; '{odd}' is on one side only");
        foreach (var table in tables.Reverse())
            await session.ExecuteAsync($"DELETE FROM \"{table}\"{(table == "instance" ? $" WHERE {TableCatalogue.Local}" : "")}");
        foreach (var table in loaded)
        {
            await LoadAsync(session, backup, table, ct);
            progress?.Report(new(table, saved[table].Rows, saved[table].Rows));
        }
    }

    private static async Task LoadAsync(Session session, BackupReader backup, string table, CancellationToken ct)
    {
        var columns = await ColumnsAsync(session, table, ct);
        await using var insert = session.Raw(
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})");
        foreach (var (column, i) in columns.Select((c, i) => (c, i)))
            insert.Parameters.Add(Parameter(insert, $"p{i}", column.Type));
        await insert.PrepareAsync(ct);
        await foreach (var (line, row) in backup.RowsAsync(table, ct))
        {
            Fill(insert, columns, row.RootElement, $"{table}, line {line}");
            await insert.ExecuteNonQueryAsync(ct);
        }
    }

    private static void Fill(DbCommand insert, List<Column> columns, JsonElement row, string where)
    {
        if (row.ValueKind != JsonValueKind.Object || row.EnumerateObject().Count() != columns.Count)
            throw RefusedException.Invalid("backup", $"{where}: expected the columns {string.Join(", ", columns.Select(c => c.Name))}");
        for (var i = 0; i < columns.Count; i++)
        {
            if (!row.TryGetProperty(columns[i].Name, out var value))
                throw RefusedException.Invalid("backup", $"{where}: expected the column {columns[i].Name}");
            try
            {
                insert.Parameters[i].Value = Rows.Value(value, columns[i].Type);
            }
            catch (FormatException wrong)
            {
                throw RefusedException.Invalid("backup", $"{where}, {columns[i].Name}: {wrong.Message}");
            }
        }
    }

    private static async Task<List<Column>> ColumnsAsync(Session session, string table, CancellationToken ct)
    {
        await using var command = session.Raw($"SELECT * FROM \"{table}\" LIMIT 0");
        await using var nothing = await command.ExecuteReaderAsync(ct);
        return [.. Enumerable.Range(0, nothing.FieldCount).Select(i => new Column(nothing.GetName(i), nothing.GetFieldType(i)))];
    }

    private static DbParameter Parameter(DbCommand command, string name, Type type)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type == typeof(long) ? DbType.Int64 : type == typeof(byte[]) ? DbType.Binary : DbType.String;
        return parameter;
    }

    private sealed record Column(string Name, Type Type);
}
