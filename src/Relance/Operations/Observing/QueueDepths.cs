using System.Diagnostics.Metrics;
using Relance.Storage;

namespace Relance.Operations.Observing;

/// <summary>How much waits, and for how long. Read twice a minute, and only while telemetry is exported; each figure is a partial index's.</summary>
internal sealed class QueueDepths(Database database, RelanceSettings settings, Clocks clocks)
{
    private volatile IReadOnlyList<Queue> _queues = [];

    /// <summary>Makes the gauges.</summary>
    public void Register()
    {
        Telemetry.Meter.CreateObservableGauge("relance.queue.depth", () => _queues.Select(q => new Measurement<long>(q.Waiting, new KeyValuePair<string, object?>("queue", q.Name))), "{item}", "Items that are due");
        Telemetry.Meter.CreateObservableGauge("relance.queue.age", () => _queues.Select(q => new Measurement<double>(q.AgeSeconds, new KeyValuePair<string, object?>("queue", q.Name))), "s", "Age of the oldest item that is due");
    }

    public async Task ReadAsync(CancellationToken ct)
    {
        if (settings.Otlp.Endpoint is not null)
            _queues = await database.ReadAsync(ReadAsync, ct);
    }

    private async Task<IReadOnlyList<Queue>> ReadAsync(Session session)
    {
        var (now, real) = (clocks.Now, clocks.Real);
        var queues = new List<Queue>();
        // An inbox row's age is the lag of our webhooks.
        foreach (var (name, since, rows, at) in new[]
        {
            ("inbox", "received_at", "inbox WHERE state = 'new'", real),
            ("outbox", "not_before", "message WHERE state = 'due' AND not_before <= @At", now),
            ("post-back", "retry_at", "postback WHERE state = 'due' AND retry_at <= @At", real),
            ("planner", "next_at", "cycle WHERE state = 'open' AND next_at <= @At", now),
            ("tasks", "created_at", "task WHERE state = 'open'", now),
        })
        {
            var found = (await session.FirstAsync<Found>($"SELECT COUNT(*) AS Waiting, MIN(CASE WHEN {since} > 0 THEN {since} END) AS Since FROM {rows}", new { At = at.Millis() }))!;
            queues.Add(new(name, found.Waiting, found.Since is { } oldest ? Math.Max(0, (at - Values.Instant(oldest)).TotalSeconds) : 0));
        }
        return queues;
    }

    private sealed record Queue(string Name, long Waiting, double AgeSeconds);

    private sealed class Found
    {
        public long Waiting { get; init; }
        public long? Since { get; init; }
    }
}
