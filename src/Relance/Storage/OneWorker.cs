using System.Threading.Channels;

namespace Relance.Storage;

/// <summary>
/// One worker for what many ask at the same time. It starts with the first, and carries along nothing of its callers (a request, a trace):
/// what it does is everybody's.
/// </summary>
/// <param name="round">Takes what waits and deals with it; it tells each caller of faults, and throws none.</param>
internal sealed class OneWorker<T>(Func<ChannelReader<T>, Task> round) : IAsyncDisposable
{
    private readonly Channel<T> _waiting = Channel.CreateUnbounded<T>(new() { SingleReader = true });
    private readonly Lock _gate = new();
    private Task? _working;

    /// <summary>Adds to what waits.</summary>
    /// <exception cref="ObjectDisposedException">The worker was disposed of.</exception>
    public void Add(T one)
    {
        Start();
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(one), this);
    }

    /// <summary>Deals with what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_working is { } working)
            await working;
    }

    private void Start()
    {
        if (_working is not null)
            return;
        lock (_gate)
        {
            using (ExecutionContext.SuppressFlow())
                _working ??= Task.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
            await round(_waiting.Reader);
    }
}
