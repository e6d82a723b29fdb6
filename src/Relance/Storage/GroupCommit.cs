using System.Threading.Channels;

namespace Relance.Storage;

/// <summary>
/// The one writer of a SQLite file. Units that wait at the same time share a transaction and so an fsync, the dearest part of a small
/// write; each is atomic by itself (a savepoint), sees those before it, and is answered only once the common commit is on disk.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int LargestGroup = 256;

    // Others wait for the commit: a group does not go on growing while there is always somebody more.
    private static readonly TimeSpan s_longestGroup = TimeSpan.FromMilliseconds(40);

    private readonly Func<KeptConnection> _openConnection;
    private readonly OneWorker<Unit> _worker;
    private KeptConnection? _connection;

    public GroupCommit(Func<KeptConnection> openConnection)
    {
        _openConnection = openConnection;
        _worker = new(RoundAsync);
    }

    /// <summary>Runs a unit; returns when it is committed, or throws what it threw and leaves nothing of it.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        var unit = new Unit<T>(work, ct);
        _worker.Add(unit);
        return unit.Result;
    }

    /// <summary>Commits what waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        Close();
    }

    private async Task RoundAsync(ChannelReader<Unit> waiting)
    {
        var group = new List<Unit>();
        try
        {
            await CommitAsync(waiting, group);
            group.ForEach(unit => unit.Committed());
        }
        catch (Exception fault)
        {
            // Closing rolls back: nothing of the group is there, and each of its callers is told.
            Close();
            group.ForEach(unit => unit.Failed(fault));
        }
    }

    private async Task CommitAsync(ChannelReader<Unit> waiting, List<Unit> group)
    {
        var began = TimeProvider.System.GetTimestamp();
        var open = false;
        while (group.Count < LargestGroup && TimeProvider.System.GetElapsedTime(began) < s_longestGroup && waiting.TryRead(out var unit))
        {
            if (unit.Cancelled())
                continue;
            group.Add(unit);
            open = open || Begin();
            if (!await RunAsync(unit, _connection!))
                group.Remove(unit);
        }

        if (open)
            _connection!.Execute("COMMIT");
    }

    private bool Begin()
    {
        _connection ??= _openConnection();
        _connection.Execute("BEGIN IMMEDIATE");
        return true;
    }

    private static async Task<bool> RunAsync(Unit unit, KeptConnection connection)
    {
        connection.Execute("SAVEPOINT unit");
        try
        {
            await unit.RunAsync(connection);
        }
        catch (Exception fault)
        {
            connection.Execute("ROLLBACK TO unit");
            connection.Execute("RELEASE unit");
            unit.Failed(fault);
            return false;
        }

        connection.Execute("RELEASE unit");
        return true;
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private abstract class Unit
    {
        public abstract bool Cancelled();

        public abstract Task RunAsync(KeptConnection connection);

        public abstract void Committed();

        public abstract void Failed(Exception fault);
    }

    private sealed class Unit<T>(Func<Session, Task<T>> work, CancellationToken ct) : Unit
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _value = default!;

        public Task<T> Result => _result.Task;

        public override bool Cancelled() => ct.IsCancellationRequested && _result.TrySetCanceled(ct);

        public override async Task RunAsync(KeptConnection connection) => _value = await work(new Session(connection, null, Dialect.Sqlite, ct));

        public override void Committed() => _result.SetResult(_value);

        public override void Failed(Exception fault) => _result.SetException(fault);
    }
}
