using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Relance.Storage;

/// <summary>A SQLite connection that keeps its statements prepared: parsing one costs three times as much as running it. For one user at a time.</summary>
internal sealed class KeptConnection(SqliteConnection inner) : DbConnection
{
    // Our statements are texts in the code; one that is put together at run time must not fill the memory.
    private const int MostKept = 500;

    private readonly Dictionary<string, SqliteCommand> _idle = new(StringComparer.Ordinal);

    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    /// <summary>Runs a statement without parameters.</summary>
    public void Execute(string sql)
    {
        using var command = new KeptCommand(this) { CommandText = sql };
        command.ExecuteNonQuery();
    }

    /// <summary>The prepared command of a text; a new one while another user of this connection is reading from it.</summary>
    internal SqliteCommand Take(string sql)
    {
        if (!_idle.Remove(sql, out var command))
            return new SqliteCommand(sql, inner);
        command.Parameters.Clear();
        return command;
    }

    /// <summary>Takes it back for the next time.</summary>
    internal void GiveBack(SqliteCommand command)
    {
        if (_idle.Count >= MostKept || !_idle.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open() => inner.Open();

    public override void Close()
    {
        foreach (var command in _idle.Values)
            command.Dispose();
        _idle.Clear();
        inner.Close();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new KeptCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
