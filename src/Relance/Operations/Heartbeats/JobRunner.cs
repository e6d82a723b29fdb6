using System.Diagnostics;
using Relance.Operations.Observing;

namespace Relance.Operations.Heartbeats;

/// <summary>Runs one job body: its failure is logged once, counted, and stops no other job.</summary>
internal sealed partial class JobRunner(Beats beats, Clocks clocks, ILogger<JobRunner> logger)
{
    /// <summary>Runs it; only an orderly stop of the service goes through to the caller.</summary>
    public async Task RunAsync(IJobBody body, CancellationToken ct)
    {
        var job = ScheduledJob.NameOf(body.GetType());
        using var span = Telemetry.Span("job", ("job", job));
        var began = clocks.System.GetTimestamp();
        beats.Started(job);
        try
        {
            var done = await body.RunAsync(ct);
            span?.SetTag("done", done);
            beats.Succeeded(job);
            Telemetry.JobDuration.Record(clocks.System.GetElapsedTime(began).TotalSeconds, new("job", job), new("outcome", "ok"));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            var outcome = fault.GetType().Name;
            span?.SetStatus(ActivityStatusCode.Error, outcome);
            Telemetry.JobDuration.Record(clocks.System.GetElapsedTime(began).TotalSeconds, new("job", job), new("outcome", outcome));
            Report(fault, job, beats.Failed(job, outcome));
        }
    }

    // A job that fails every five seconds must not bury the rest: the whole exception once, then at every doubling.
    private void Report(Exception fault, string job, long failures)
    {
        if (failures == 1)
            JobFailed(fault, job);
        else if (long.IsPow2(failures))
            JobStillFails(job, failures, fault.GetType().Name);
    }

    [LoggerMessage(LogLevel.Error, "The job {Job} failed; it runs again at its next time")]
    private partial void JobFailed(Exception fault, string job);

    [LoggerMessage(LogLevel.Error, "The job {Job} has failed {Failures} times in a row ({Fault})")]
    private partial void JobStillFails(string job, long failures, string fault);
}
