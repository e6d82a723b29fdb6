using Microsoft.Extensions.DependencyInjection;
using Relance.Bench.Running;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Bench.Reminders;

/// <summary>What the engine did. Seconds of each job, processor seconds of this process, megabytes at its peak.</summary>
internal sealed record ReminderResult(int Sent, double PlanSeconds, double SendSeconds, double ProcessorSeconds, double PeakMegabytes, string Body);

/// <summary>The engine itself, job by job: links and reads the shop, then plans, checks, renders, sends and records against the clock.</summary>
internal static class ReminderChild
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (url, key, secret, day) = (args[0], args[1], args[2], DateTimeOffset.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));
        var clock = new MovedClock(day.AddDays(-1).AddHours(8), 1, TimeProvider.System);
        await using var app = RelanceApp.Build([.. args[4..].Select(setting => $"--Relance:{setting}"), "--Logging:LogLevel:Default=Warning"], new Clocks(clock, TimeProvider.System));
        await app.StartAsync();
        await app.Services.GetRequiredService<ShopLinker>().AddAsync(new LinkRequest(url, key, secret, AllowPrivate: true, Test: true, Mode: "live"), default);
        var jobs = app.Services.GetRequiredService<Jobs>();
        await jobs.SyncAsync(default);
        await WarmUpAsync(jobs, clock, day.AddDays(-1));
        clock.Set(day.AddHours(9).AddMinutes(1));
        var processor = Environment.CpuUsage.TotalTime;
        var (plan, _) = await TimeAsync(jobs.PlanAsync);
        var (send, sent) = await TimeAsync(jobs.SendAsync);
        var used = Environment.CpuUsage.TotalTime - processor;
        var database = app.Services.GetRequiredService<Database>();
        var bytes = await database.ReadAsync(s => s.ValueAsync<byte[]>("SELECT bytes FROM content LIMIT 1")) ?? [];
        var body = Path.Combine(app.Services.GetRequiredService<RelanceSettings>().DataFolder, "body.eml");
        await File.WriteAllBytesAsync(body, bytes);
        Child.Answer(new ReminderResult(sent, plan, send, used.TotalSeconds, Memory.Peak(Environment.ProcessId), body));
        await app.StopAsync();
        return 0;
    }

    // A service runs for months: its first second, while code is still being compiled, is the start race's subject.
    private static async Task WarmUpAsync(Jobs jobs, MovedClock clock, DateTimeOffset day)
    {
        clock.Set(day.AddHours(9).AddMinutes(1));
        await jobs.PlanAsync(default);
        await jobs.SendAsync(default);
    }

    private static async Task<(double Seconds, int Done)> TimeAsync(Func<CancellationToken, Task<int>> job)
    {
        var began = TimeProvider.System.GetTimestamp();
        var done = await job(CancellationToken.None);
        return (TimeProvider.System.GetElapsedTime(began).TotalSeconds, done);
    }
}
