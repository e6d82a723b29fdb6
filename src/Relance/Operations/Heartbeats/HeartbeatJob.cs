using System.Globalization;
using Relance.Operations.Observing;
using Relance.Storage;

namespace Relance.Operations.Heartbeats;

/// <summary>Writes down how the jobs run, raises and ends alarms, and pings the monitor outside.</summary>
internal sealed class HeartbeatJob(Database database, Beats beats, Alarms alarms, Ping ping, QueueDepths queues, Clocks clocks) : IJobBody
{
    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await database.WriteAsync(session => HeartbeatStore.WriteAsync(session, beats.All), ct);
        var runs = (await database.ReadAsync(HeartbeatStore.AllAsync, ct)).ToDictionary(run => run.Job, StringComparer.Ordinal);
        var stale = beats.Ages().Where(age => age.IsStale && !RanElsewhere(age, runs.GetValueOrDefault(age.Job.Name))).ToList();
        foreach (var age in stale)
            await alarms.RaiseAsync($"job:{age.Job.Name}", About(age), ct);
        foreach (var job in beats.Schedule.Where(job => stale.TrueForAll(age => age.Job != job)))
            await alarms.EndAsync($"job:{job.Name}", $"Le travail « {job.Name} » aboutit de nouveau.", ct);
        await queues.ReadAsync(ct);
        if (stale.Count == 0 && !alarms.Unheard)
            await ping.SendAsync(ct);
        return stale.Count;
    }

    // Two services share the work: it is enough that one of them does it.
    private bool RanElsewhere(JobAge age, JobRun? run) => run?.SucceededAt is { } at && clocks.Real - Values.Instant(at) <= age.Job.Limit;

    private static string About(JobAge age) => string.Create(CultureInfo.GetCultureInfo("fr-FR"),
        $"Le travail « {age.Job.Name} » n’a pas abouti depuis {(long)age.Age.TotalMinutes} minutes (limite : {(long)age.Job.Limit.TotalMinutes}), {age.Failures} échecs de suite. Voyez le journal du service et « relance doctor ».");
}
