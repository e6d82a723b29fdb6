using System.CommandLine;
using Relance.Demo;
using Relance.Demo.Mail;
using Relance.Demo.Page;

namespace Relance.Cli;

/// <summary><c>relance demo</c>: seventy-one days of forty contracts on this machine; ends with 1 when anything went wrong in them.</summary>
internal static class DemoCommand
{
    public static void AddTo(RootCommand root)
    {
        var exit = new Option<bool>("--exit") { Description = "End after the story, instead of leaving its page up" };
        var command = new Command("demo", "Play the story of forty contracts on this machine; nothing leaves it") { exit };
        command.SetAction((parsed, ct) => RunAsync(CommonOptions.Output(parsed), parsed.GetValue(exit), ct));
        root.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(Output output, bool exit, CancellationToken ct)
    {
        await using var world = await DemoWorld.StartAsync(DemoRun.Start, [], ct);
        var report = await DemoProgress.ShowAsync(output, progress => new DemoRun(world).PlayAsync("live", progress, ct));
        output.Write(report, console => DemoStory.Print(console, report));
        if (!exit)
            await LeaveUpAsync(output, report, world.Catcher.Mails, ct);
        return report.IsRight ? ExitCode.Done : ExitCode.Failure;
    }

    private static async Task LeaveUpAsync(Output output, DemoReport report, IReadOnlyList<CaughtMail> mails, CancellationToken ct)
    {
        await using var page = await DemoPage.StartAsync(report, mails, ct);
        output.Say($"The contracts and their mails (the link works once): {page.Link}");
        output.Say("Ctrl-C ends the demo and removes what it wrote.");
        var stopped = new TaskCompletionSource();
        await using var registration = ct.Register(stopped.SetResult);
        await stopped.Task;
    }
}
