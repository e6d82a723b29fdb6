using Relance.Operations.Backup;
using Relance.Operations.Heartbeats;
using Relance.Operations.Observing;
using Relance.Operations.Retention;
using Relance.Outbox;
using Relance.Storage;

namespace Relance.Operations;

/// <summary>Registers what keeps the service running and watched.</summary>
internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton(provider => new Backups(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<RelanceSettings>(), provider.GetRequiredService<Clocks>(), provider.GetRequiredService<SendRateMemory>().RememberAsync))
        .AddSingleton<RestoredShops>()
        .AddSingleton<Beats>().AddSingleton<JobRunner>().AddSingleton<AlarmMail>().AddSingleton<Alarms>().AddSingleton<Ping>().AddSingleton<HeartbeatJob>()
        .AddSingleton<RetentionJob>()
        .AddSingleton<QueueDepths>().AddHostedService<TelemetryExport>();
}
