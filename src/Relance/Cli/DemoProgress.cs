using System.Globalization;
using Relance.Demo;
using Spectre.Console;

namespace Relance.Cli;

/// <summary>Shows how far the story is: a bar on a terminal, a line every ten days elsewhere, nothing when a document is expected.</summary>
internal static class DemoProgress
{
    private static readonly int s_days = DemoRun.LastDay.DayNumber - DemoRun.FirstDay.DayNumber + 1;

    public static Task<DemoReport> ShowAsync(Output output, Func<Action<int>, Task<DemoReport>> play)
    {
        if (output.IsJson)
            return play(_ => { });
        return Console.IsOutputRedirected ? play(day => Line(output, day)) : BarAsync(play);
    }

    private static Task<DemoReport> BarAsync(Func<Action<int>, Task<DemoReport>> play) => AnsiConsole.Progress().StartAsync(async bar =>
    {
        var task = bar.AddTask(Title(1), maxValue: s_days);
        return await play(day =>
        {
            task.Value = day;
            task.Description = Title(day);
        });
    });

    private static void Line(Output output, int day)
    {
        if (day % 10 == 1)
            output.Say(Title(day));
    }

    private static string Title(int day) => string.Create(CultureInfo.InvariantCulture, $"{DemoRun.FirstDay.AddDays(day - 1):yyyy-MM-dd}  J{DemoRun.FirstDay.DayNumber + day - 1 - DemoRun.Anchor.DayNumber:+0;-0;+0}");
}
