using System.CommandLine;
using Relance.Agency;
using Relance.Storage;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance today</c>: what a person wants to know in the morning.</summary>
internal static class TodayCommand
{
    public static void AddTo(RootCommand root)
    {
        var command = new Command("today", "What goes out today, what waits for you, and what went wrong");
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var today = await services.GetRequiredService<AgencyReads>().TodayAsync(ct);
            output.Write(today, console => Print(console, today));
            return ExitCode.Done;
        }, ct));
        root.Subcommands.Add(command);
    }

    private static void Print(IAnsiConsole console, TodayView today)
    {
        console.WriteLine($"{today.Date.Text()}: {today.SentToday} sent, {today.GoingOut.Count} going out, {today.OpenTasks} tasks open.");
        console.WriteLine($"Contracts: {string.Join(", ", today.Standings.Select(s => $"{s.Value} {s.Key}"))}");
        List(console, "Going out", today.GoingOut.Select(Line));
        List(console, "Awaiting approval", today.AwaitingApproval.Select(a => $"{a.MessageId}  {a.Client}: {Steps(a.Items)}, until {a.Until.Text()}"));
        List(console, "Failed since yesterday", today.Bounced.Select(Line));
        List(console, "Overdue tasks", today.OverdueTasks.Select(t => $"{t.Id}  {t.DueOn.Text()} {t.Title}: {t.About}"));
        List(console, "Shops that wait", today.SilentShops.Select(s => $"{s.Name} ({s.Url}): {s.Because}"));
    }

    private static void List(IAnsiConsole console, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        console.WriteLine();
        console.WriteLine($"{title} ({all.Count})");
        all.ForEach(line => console.WriteLine($"  {line}"));
    }

    private static string Line(MessageSummary message) => $"{message.Client}: {Steps(message.Items)} ({message.Hold ?? message.Reason ?? message.State})";

    private static string Steps(IReadOnlyList<MessageItem> items) => string.Join(", ", items.Select(item => $"{item.Step} of {item.Reference}"));
}
