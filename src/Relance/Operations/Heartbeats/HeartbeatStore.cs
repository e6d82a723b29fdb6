using Relance.Storage;

namespace Relance.Operations.Heartbeats;

/// <summary>A job as all processes together see it.</summary>
internal sealed class JobRun
{
    public string Job { get; init; } = "";
    public long StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public long? SucceededAt { get; init; }
    public string? Outcome { get; init; }
    public long Failures { get; init; }
}

/// <summary>The table <c>job_run</c>: one row per job, the latest of every process.</summary>
internal static class HeartbeatStore
{
    public static Task WriteAsync(Session session, IEnumerable<KeyValuePair<string, Beat>> beats) => session.ExecuteAsync(
        """
        INSERT INTO job_run (job, started_at, ended_at, succeeded_at, outcome, failures) VALUES (@Job, @StartedAt, @EndedAt, @SucceededAt, @Outcome, @Failures)
        ON CONFLICT (job) DO UPDATE SET started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at, outcome = EXCLUDED.outcome, failures = EXCLUDED.failures,
          succeeded_at = CASE WHEN job_run.succeeded_at > COALESCE(EXCLUDED.succeeded_at, 0) THEN job_run.succeeded_at ELSE EXCLUDED.succeeded_at END
        """,
        beats.Select(beat => new
        {
            Job = beat.Key,
            StartedAt = beat.Value.Started.Millis(),
            EndedAt = beat.Value.Ended?.Millis(),
            SucceededAt = beat.Value.Succeeded?.Millis(),
            beat.Value.Outcome,
            beat.Value.Failures,
        }).ToArray());

    public static Task<IReadOnlyList<JobRun>> AllAsync(Session session) => session.QueryAsync<JobRun>(
        "SELECT job AS Job, started_at AS StartedAt, ended_at AS EndedAt, succeeded_at AS SucceededAt, outcome AS Outcome, failures AS Failures FROM job_run ORDER BY job");
}
