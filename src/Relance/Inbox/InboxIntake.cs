using System.Threading.Channels;
using Relance.Storage;

namespace Relance.Inbox;

/// <summary>A verified delivery on its way into the database.</summary>
internal sealed record Delivery(string Id, string ShopId, string Topic, string Key, string Hash, byte[] Body, long At);

/// <summary>Stores deliveries; those that come at the same time share a transaction. A delivery is answered only once it is on disk.</summary>
internal sealed class InboxIntake(Database database) : IAsyncDisposable
{
    private const int MostTogether = 500;

    private readonly Channel<(Delivery Delivery, TaskCompletionSource Stored)> _waiting = Channel.CreateUnbounded<(Delivery, TaskCompletionSource)>();
    private readonly Lock _gate = new();
    private Task? _working;

    /// <summary>Returns when it is stored, or was already there unread.</summary>
    public Task StoreAsync(Delivery delivery)
    {
        Start();
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite((delivery, stored)), this);
        return stored.Task;
    }

    /// <summary>Stores what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_working is { } working)
            await working;
    }

    // What the first request carries along is not everybody's.
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
            var some = new List<(Delivery Delivery, TaskCompletionSource Stored)>();
            while (some.Count < MostTogether && _waiting.Reader.TryRead(out var next))
                some.Add(next);
            await StoreAsync(some);
        }
    }

    private async Task StoreAsync(List<(Delivery Delivery, TaskCompletionSource Stored)> some)
    {
        try
        {
            await database.WriteAsync(session => InboxStore.AddAsync(session, [.. some.Select(one => one.Delivery)]));
            some.ForEach(one => one.Stored.SetResult());
        }
        catch (Exception) when (some.Count > 1)
        {
            // One that cannot be stored never takes others along.
            foreach (var one in some)
                await StoreAsync([one]);
        }
        catch (Exception fault)
        {
            some[0].Stored.SetException(fault);
        }
    }
}
