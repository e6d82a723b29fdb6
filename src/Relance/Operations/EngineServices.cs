using Quartz;
using Relance.Bounces;
using Relance.Inbox;
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
        .AddSingleton<Claims>().AddSingleton<ShopCheck>().AddSingleton<LetterWriter>().AddSingleton<Attempts>().AddSingleton<AttemptResults>().AddSingleton<SendingJob>()
        .AddSingleton<PostBackWriter>().AddSingleton<PostBackJob>().AddSingleton<LinkCheckJob>()
        .AddSingleton<Jobs>()
        .AddHostedService<SendRateMemory>();

    /// <summary>Quartz on real time, in memory: the database holds the work.</summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services, RelanceSettings settings) => services
        .AddQuartz(quartz =>
        {
            Every<SyncJob>(quartz, settings.SyncEvery);
            Every<InboxJob>(quartz, TimeSpan.FromSeconds(5));
            Every<InboundMail>(quartz, TimeSpan.FromMinutes(1));
            Every<PlanningJob>(quartz, TimeSpan.FromSeconds(30));
            Every<SendingJob>(quartz, TimeSpan.FromSeconds(10));
            Every<LinkCheckJob>(quartz, TimeSpan.FromHours(1));
            Every<PostBackJob>(quartz, TimeSpan.FromSeconds(10));
        })
        .AddQuartzHostedService(options => options.WaitForJobsToComplete = true);

    /// <summary>The same jobs, played window by window on a moved clock.</summary>
    /// <param name="speed">Business seconds per second.</param>
    public static IServiceCollection AddPlayback(this IServiceCollection services, double speed) => services
        .AddHostedService(provider => new PacedPlayback(
            new Playback(provider.GetRequiredService<Jobs>(), (MovedClock)provider.GetRequiredService<Clocks>().Business, provider.GetRequiredService<RelanceSettings>()),
            provider.GetRequiredService<Clocks>(), speed));

    private static void Every<T>(IQuartzBuilder quartz, TimeSpan interval)
        where T : IJobBody => quartz.ScheduleJob<Tick<T>>(trigger => trigger.StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()));
}
