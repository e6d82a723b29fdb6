using System.Threading.Channels;

namespace Relance.Storage;

/// <summary>
/// The one writer of a SQLite file. Units that wait at the same time share a transaction and so an fsync, the dearest part of a small
/// write; each is atomic by itself (a savepoint), sees those before it, and is answered only once the common commit is on disk.
/// </summary>
internal sealed class GroupCommit(Func<KeptConnection> openConnection) : IAsyncDisposable
{
    private const int LargestGroup = 256;

    // Others wait for the commit: a group does not go on growing while there is always somebody more.
    private static readonly TimeSpan s_longestGroup = TimeSpan.FromMilliseconds(40);

    private readonly Channel<Unit> _waiting = Channel.CreateUnbounded<Unit>(new() { SingleReader = true });
    private readonly Lock _gate = new();
    private Task? _working;
    private KeptConnection? _connection;

    /// <summary>Runs a unit; returns when it is committed, or throws what it threw and leaves nothing of it.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        Start();
        var unit = new Unit<T>(work, ct);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(unit), typeof(Database));
        return unit.Result;
    }

    /// <summary>Commits what waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_working is { } working)
            await working;
        Close();
    }

    // What the first caller carries along (its request, its trace) is not everybody's.
    private void Start()
    {
        lock (_gate)
        {
            if (_working is not null)
                return;
            using (ExecutionContext.SuppressFlow())
                _working = Task.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var group = new List<Unit>();
            try
            {
                await CommitAsync(group);
                group.ForEach(unit => unit.Committed());
            }
            catch (Exception fault)
            {
                // Closing rolls back: nothing of the group is there, and each of its callers is told.
                Close();
                group.ForEach(unit => unit.Failed(fault));
            }
        }
    }

    private async Task CommitAsync(List<Unit> group)
    {
        var began = TimeProvider.System.GetTimestamp();
        var open = false;
        while (group.Count < LargestGroup && TimeProvider.System.GetElapsedTime(began) < s_longestGroup && _waiting.Reader.TryRead(out var unit))
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
        _connection ??= openConnection();
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
