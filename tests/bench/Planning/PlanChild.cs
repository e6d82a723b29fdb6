using Microsoft.Extensions.DependencyInjection;
using Relance.Bench.Running;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Bench.Planning;

/// <summary>One run of the planning job, the messages it made, and a second run with nothing left to do. Seconds, and megabytes of the process at its peak.</summary>
internal sealed record PlanResult(int Looked, int Planned, double Seconds, int LookedAgain, double AgainSeconds, double PeakMegabytes);

/// <summary>The planning job in a process of its own.</summary>
internal static class PlanChild
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = RelanceApp.Build(
            [.. args.Select(setting => $"--Relance:{setting}"), "--Logging:LogLevel:Default=Warning"], new Clocks(new MovedClock(Filling.Now, 1, TimeProvider.System), TimeProvider.System));
        var jobs = app.Services.GetRequiredService<Jobs>();
        var began = TimeProvider.System.GetTimestamp();
        var looked = await jobs.PlanAsync(default);
        var first = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var planned = await app.Services.GetRequiredService<Database>().ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM message"));
        began = TimeProvider.System.GetTimestamp();
        var again = await jobs.PlanAsync(default);
        Child.Answer(new PlanResult(looked, (int)planned, first, again, TimeProvider.System.GetElapsedTime(began).TotalSeconds, Memory.Peak(Environment.ProcessId)));
        return 0;
    }
}
