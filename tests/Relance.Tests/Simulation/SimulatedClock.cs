namespace Relance.Tests.Simulation;

/// <summary>A clock that stands where it is told to, also in the past: somebody has set the machine's clock wrongly.</summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public void Set(DateTimeOffset instant) => Volatile.Write(ref _ticks, instant.UtcTicks);
}
