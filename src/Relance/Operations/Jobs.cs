using Quartz;
using Relance.Inbox;
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

[DisallowConcurrentExecution]
internal sealed class SyncTick(Jobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await jobs.SyncAsync(cancellationToken);
}

[DisallowConcurrentExecution]
internal sealed class InboxTick(Jobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await jobs.InboxAsync(cancellationToken);
}

[DisallowConcurrentExecution]
internal sealed class PlanTick(Jobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await jobs.PlanAsync(cancellationToken);
}

[DisallowConcurrentExecution]
internal sealed class SendTick(Jobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await jobs.SendAsync(cancellationToken);
}

[DisallowConcurrentExecution]
internal sealed class PostBackTick(Jobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await jobs.PostBackAsync(cancellationToken);
}

[DisallowConcurrentExecution]
internal sealed class LinkCheckTick(Jobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await jobs.CheckLinksAsync(cancellationToken);
}
