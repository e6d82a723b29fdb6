using Microsoft.Extensions.DependencyInjection;
using Relance.Bench.Running;
using Relance.Operations;

namespace Relance.Bench.Planning;

/// <summary>One run of the planning job and a second one with nothing left to do. Seconds, and megabytes of the process at its peak.</summary>
internal sealed record PlanResult(int Planned, double Seconds, double AgainSeconds, double PeakMegabytes);

/// <summary>The planning job in a process of its own.</summary>
internal static class PlanChild
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = RelanceApp.Build(
            [.. args.Select(setting => $"--Relance:{setting}"), "--Logging:LogLevel:Default=Warning"], new Clocks(new MovedClock(Filling.Now, 1, TimeProvider.System), TimeProvider.System));
        var jobs = app.Services.GetRequiredService<Jobs>();
        var began = TimeProvider.System.GetTimestamp();
        var planned = await jobs.PlanAsync(default);
        var first = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        began = TimeProvider.System.GetTimestamp();
        await jobs.PlanAsync(default);
        Child.Answer(new PlanResult(planned, first, TimeProvider.System.GetElapsedTime(began).TotalSeconds, Memory.Peak(Environment.ProcessId)));
        return 0;
    }
}
