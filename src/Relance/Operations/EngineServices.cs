using Quartz;
using Relance.Agency.Digest;
using Relance.Bounces;
using Relance.Evidence.Stamps;
using Relance.Inbox;
using Relance.Operations.Heartbeats;
using Relance.Operations.Retention;
using Relance.Outbox;
using Relance.PostBack;
using Relance.Reminders;
using Relance.Shops;
using Relance.Sync;

namespace Relance.Operations;

/// <summary>Registers the path of the data: pull, plan, send, tell.</summary>
internal static class EngineServices
{
    /// <summary>The job bodies and what they need.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton<ShopPull>().AddSingleton<SyncJob>().AddSingleton<InboxJob>().AddSingleton<PlanningJob>()
        .AddSingleton<Claims>().AddSingleton<ShopCheck>().AddSingleton<LetterWriter>().AddSingleton<LetterComposer>().AddSingleton<Batches>()
        .AddSingleton<Attempts>().AddSingleton<StepEffects>().AddSingleton<AttemptResults>().AddSingleton<Outbox.Delivery>().AddSingleton<SendingJob>()
        .AddSingleton<PostBackWriter>().AddSingleton<PostBackJob>().AddSingleton<LinkCheckJob>()
        .AddSingleton<Jobs>()
        .AddSingleton<SendRateMemory>().AddHostedService(provider => provider.GetRequiredService<SendRateMemory>());

    /// <summary>Quartz on real time, in memory: the database holds the work.</summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services, RelanceSettings settings) => services
        .AddQuartz(quartz =>
        {
            Every<SyncJob>(quartz, settings.SyncEvery);
            Every<InboxJob>(quartz, TimeSpan.FromSeconds(5));
            Every<InboundMail>(quartz, TimeSpan.FromMinutes(1));
            Every<PlanningJob>(quartz, TimeSpan.FromSeconds(30));
            // A morning's messages may take an hour at a provider's pace.
            Every<SendingJob>(quartz, TimeSpan.FromSeconds(10), limit: TimeSpan.FromHours(2));
            Every<LinkCheckJob>(quartz, TimeSpan.FromHours(1));
            Every<PostBackJob>(quartz, TimeSpan.FromSeconds(10));
            Every<DigestJob>(quartz, TimeSpan.FromMinutes(1));
            Every<RetentionJob>(quartz, TimeSpan.FromHours(6));
            // An authority may be away for a day without an alarm: the next stamp covers what this one would have.
            Every<StampJob>(quartz, TimeSpan.FromHours(1), limit: TimeSpan.FromDays(2));
            Every<HeartbeatJob>(quartz, TimeSpan.FromSeconds(30));
        })
        .AddQuartzHostedService(options => options.WaitForJobsToComplete = true);

    /// <summary>The same jobs, played window by window on a moved clock.</summary>
    /// <param name="speed">Business seconds per second.</param>
    public static IServiceCollection AddPlayback(this IServiceCollection services, double speed) => services
        .AddHostedService(provider => new PacedPlayback(
            new Playback(provider.GetRequiredService<Jobs>(), (MovedClock)provider.GetRequiredService<Clocks>().Business, provider.GetRequiredService<RelanceSettings>()),
            provider.GetRequiredService<Clocks>(), speed));

    private static void Every<T>(IQuartzBuilder quartz, TimeSpan interval, TimeSpan? limit = null)
        where T : IJobBody
    {
        quartz.Services.AddSingleton(ScheduledJob.Of(ScheduledJob.NameOf(typeof(T)), interval, limit));
        quartz.ScheduleJob<Tick<T>>(trigger => trigger.StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()));
    }
}
