namespace Relance.Channels.Smtp;

/// <summary>At most <see cref="SmtpOptions.PoolSize"/> connections; the last used is the first used again, so that spare ones grow old and close.</summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    private readonly SmtpOptions _options;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _places;
    private readonly Stack<SmtpConnection> _idle = new();
    private readonly ITimer _sweeper;

    public SmtpPool(SmtpOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _places = new(options.PoolSize, options.PoolSize);
        _sweeper = clock.CreateTimer(_ => _ = CloseIdleAsync(), null, options.IdleClose, options.IdleClose / 2);
    }

    /// <summary>A connection that is ready for MAIL, waiting for a place if all are taken.</summary>
    /// <exception cref="SmtpFailure">None could be opened.</exception>
    public async Task<SmtpConnection> RentAsync(CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            while (TakeIdle(_ => true) is { } connection)
            {
                if (!connection.Stale)
                    return connection;
                await connection.DisposeAsync();
            }
            return await SmtpHandshake.OpenAsync(_options, _clock, ct);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Takes back a connection whose conversation is where it should be, or closes it.</summary>
    public async Task ReturnAsync(SmtpConnection connection, bool usable)
    {
        try
        {
            if (!usable)
                await connection.DisposeAsync();
            else if (connection.Messages >= _options.MessagesPerConnection)
                await connection.QuitAsync(CancellationToken.None);
            else
                Keep(connection);
        }
        finally
        {
            _places.Release();
        }
    }

    private void Keep(SmtpConnection connection)
    {
        (connection.Reused, connection.IdleSince) = (true, _clock.GetUtcNow());
        lock (_idle)
            _idle.Push(connection);
    }

    private SmtpConnection? TakeIdle(Func<SmtpConnection, bool> wanted)
    {
        lock (_idle)
        {
            var all = _idle.ToArray();
            var taken = Array.Find(all, connection => wanted(connection));
            if (taken is null)
                return null;
            _idle.Clear();
            foreach (var connection in all.Reverse().Where(connection => connection != taken))
                _idle.Push(connection);
            return taken;
        }
    }

    private async Task CloseIdleAsync()
    {
        var latest = _clock.GetUtcNow() - _options.IdleClose;
        while (TakeIdle(connection => connection.IdleSince <= latest) is { } connection)
            await connection.QuitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync();
        while (TakeIdle(_ => true) is { } connection)
            await connection.QuitAsync(CancellationToken.None);
        _places.Dispose();
    }
}
