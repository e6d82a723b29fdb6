using System.Collections.Concurrent;

namespace Relance.Operations.Heartbeats;

/// <summary>How a job of this process stands; instants in real time.</summary>
/// <param name="Succeeded">End of the last run without an exception; null: none yet.</param>
/// <param name="Failures">Failed runs since the last success.</param>
internal sealed record Beat(DateTimeOffset Started, DateTimeOffset? Ended = null, DateTimeOffset? Succeeded = null, string? Outcome = null, long Failures = 0);

/// <summary>A job and how long it has been without a success.</summary>
internal sealed record JobAge(ScheduledJob Job, TimeSpan Age, long Failures)
{
    public bool IsStale => Age > Job.Limit;
}

/// <summary>The jobs of this process as they run. In memory: <see cref="HeartbeatJob"/> writes it down, so that an idle tick costs no commit.</summary>
internal sealed class Beats(IEnumerable<ScheduledJob> schedule, Clocks clocks)
{
    private readonly ConcurrentDictionary<string, Beat> _beats = new(StringComparer.Ordinal);
    // What happened before this process is not its fault: it gets its full limit.
    private readonly DateTimeOffset _began = clocks.Real;

    public IReadOnlyDictionary<string, Beat> All => _beats;

    public IReadOnlyList<ScheduledJob> Schedule { get; } = [.. schedule];

    public void Started(string job) => _beats.AddOrUpdate(job, _ => new(clocks.Real), (_, old) => old with { Started = clocks.Real });

    public void Succeeded(string job) => _beats.AddOrUpdate(job, _ => new(clocks.Real, clocks.Real, clocks.Real, "ok"),
        (_, old) => old with { Ended = clocks.Real, Succeeded = clocks.Real, Outcome = "ok", Failures = 0 });

    /// <summary>Notes a failure; how many in a row there are now.</summary>
    public long Failed(string job, string outcome) => _beats.AddOrUpdate(job, _ => new(clocks.Real, clocks.Real, null, outcome, 1),
        (_, old) => old with { Ended = clocks.Real, Outcome = outcome, Failures = old.Failures + 1 }).Failures;

    /// <summary>Every scheduled job; a job that never ran counts from the start of the process.</summary>
    public IReadOnlyList<JobAge> Ages() => [.. Schedule.Select(job =>
    {
        var beat = _beats.GetValueOrDefault(job.Name);
        return new JobAge(job, clocks.Real - (beat?.Succeeded ?? _began), beat?.Failures ?? 0);
    })];
}
