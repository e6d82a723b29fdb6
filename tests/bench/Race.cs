using Relance.Bench.Planning;
using Relance.Bench.Reminders;
using Relance.Bench.StartUp;
using Relance.Bench.Webhooks;

namespace Relance.Bench;

/// <summary>The race: one command, one run, everything beside its peer on the same machine.</summary>
internal static class Race
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["child", var name, .. var rest])
            return await RunChildAsync(name, rest);
        if (RaceOptions.Parse(args, out var options) is { } wrong)
        {
            await Console.Error.WriteLineAsync($"{wrong}\n{RaceOptions.Usage}");
            return 2;
        }

        var report = new Report(options);
        (string Name, Func<RaceOptions, Report, Task> Run)[] races =
            [("reminders", ReminderRace.RunAsync), ("webhooks", WebhookRace.RunAsync), ("plan", PlanRace.RunAsync), ("start", StartRace.RunAsync)];
        foreach (var race in races.Where(race => options.Runs(race.Name)))
            await race.Run(options, report);
        await report.WriteAsync();
        return 0;
    }

    // Each measured thing is a process of its own: its memory and processor time are nobody else's.
    private static Task<int> RunChildAsync(string name, string[] args) => name switch
    {
        "reminders" => ReminderChild.RunAsync(args),
        "plan" => PlanChild.RunAsync(args),
        "bare" => BareEndpoints.RunAsync(args),
        _ => throw new ArgumentException($"child: expected reminders, plan or bare, got '{name}'.", nameof(name)),
    };
}
