using Quartz;
using Relance.Inbox;
using Relance.Operations.Heartbeats;
using Relance.Outbox;
using Relance.PostBack;
using Relance.Reminders;
using Relance.Shops;
using Relance.Sync;

namespace Relance.Operations;

/// <summary>The bodies of all jobs. Quartz calls them on real time; the demo and <c>--speed</c> call them window by window.</summary>
public sealed class Jobs(SyncJob sync, InboxJob inbox, PlanningJob planning, SendingJob sending, PostBackJob postBack, LinkCheckJob linkCheck)
{
    /// <summary>Pulls every shop.</summary>
    public Task<int> SyncAsync(CancellationToken ct) => sync.RunAsync(ct);

    /// <summary>Follows webhooks.</summary>
    public Task<int> InboxAsync(CancellationToken ct) => inbox.RunAsync(ct);

    /// <summary>Plans what is due.</summary>
    public Task<int> PlanAsync(CancellationToken ct) => planning.RunAsync(ct);

    /// <summary>Sends what is planned.</summary>
    public Task<int> SendAsync(CancellationToken ct) => sending.RunAsync(ct);

    /// <summary>Tells the shops.</summary>
    public Task<int> PostBackAsync(CancellationToken ct) => postBack.RunAsync(ct);

    /// <summary>Looks at the links to the shops.</summary>
    public Task<int> CheckLinksAsync(CancellationToken ct) => linkCheck.RunAsync(ct);

    /// <summary>One round of everything but the pull, in the order of the data's path.</summary>
    public async Task RoundAsync(CancellationToken ct)
    {
        await InboxAsync(ct);
        await PlanAsync(ct);
        await PostBackAsync(ct);
        await SendAsync(ct);
        await PostBackAsync(ct);
    }
}

/// <summary>One job's work. Running it twice, or on two machines, changes nothing.</summary>
public interface IJobBody
{
    /// <summary>Does what is due; how much there was.</summary>
    Task<int> RunAsync(CancellationToken ct);
}

/// <summary>Quartz's handle on a job body; one run of each at a time.</summary>
[DisallowConcurrentExecution]
internal sealed class Tick<T>(T body, JobRunner runner) : IJob
    where T : IJobBody
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await runner.RunAsync(body, cancellationToken);
}
