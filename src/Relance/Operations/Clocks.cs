namespace Relance.Operations;

/// <summary>Two clocks: the business clock decides dates; the system clock rules leases, back-off, time-outs and rate limits.</summary>
/// <param name="Business">May be moved (<c>--clock</c>, demo) as long as no real shop is live.</param>
/// <param name="System">Real time.</param>
public sealed record Clocks(TimeProvider Business, TimeProvider System)
{
    /// <summary>The business instant.</summary>
    public DateTimeOffset Now => Business.GetUtcNow();

    /// <summary>The real instant.</summary>
    public DateTimeOffset Real => System.GetUtcNow();

    /// <summary>Both clocks real.</summary>
    public static Clocks RealTime { get; } = new(TimeProvider.System, TimeProvider.System);
}

/// <summary>A business clock that starts elsewhere, runs at a speed, and can be set forward.</summary>
public sealed class MovedClock(DateTimeOffset start, double speed, TimeProvider system) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _start = start;
    private DateTimeOffset _since = system.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return (_start + (system.GetUtcNow() - _since) * speed).ToUniversalTime();
    }

    /// <summary>Sets the business instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies before the present business instant.</exception>
    public void Set(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
        lock (_lock)
            (_start, _since) = (instant, system.GetUtcNow());
    }
}
