using System.Globalization;
using Relance.Bench.Running;
using Relance.Tests.Servers;

namespace Relance.Bench.StartUp;

/// <summary>From the start of the process to the first healthy answer, and the memory it keeps when nothing happens; embedded defaults.</summary>
internal static class StartRace
{
    private const int Times = 5;
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(RaceOptions options, Report report)
    {
        var folder = Directory.CreateTempSubdirectory("relance-race-start-").FullName;
        try
        {
            var (first, _) = await StartAsync(options, folder, TimeSpan.Zero);
            var again = new List<double>();
            for (var i = 0; i < Times; i++)
                again.Add((await StartAsync(options, folder, TimeSpan.Zero)).Seconds);
            var (_, idle) = await StartAsync(options, folder, s_idle);
            again.Sort();
            report.Add(new("start", "first healthy answer, median", again[Times / 2], "s", Details: string.Create(
                CultureInfo.InvariantCulture, $"best {again[0]:0.00}, worst {again[^1]:0.00} of {Times}; on an empty folder {first:0.00}")));
            report.Add(new("start", $"resident after {s_idle.TotalSeconds:0} s idle", idle, "MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Seconds, double Megabytes)> StartAsync(RaceOptions options, string folder, TimeSpan idle)
    {
        var port = OwnedProcess.FreePort();
        var began = TimeProvider.System.GetTimestamp();
        using var serve = Service.Start(options.Service, [$"DataFolder={folder}", $"Urls=http://127.0.0.1:{port}"]);
        await Service.HealthyAsync(serve, port);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(idle);
        var megabytes = Memory.Resident(serve.Id);
        await Service.StopAsync(serve);
        return (seconds, megabytes);
    }
}
