using System.CommandLine;
using Relance.Agency;
using Relance.Storage;

namespace Relance.Cli;

/// <summary><c>relance task list|show|close|postpone|reopen</c>: what waits for a person.</summary>
internal static class TaskCommand
{
    private static readonly Argument<string> s_id = new("id") { Description = "The task's id, from 'relance task list'" };
    private static readonly Option<string> s_outcome = new("--outcome") { Description = "How it ended, from 'relance task show'", Required = true };
    private static readonly Option<string?> s_note = new("--note") { Description = "What was said or done" };
    private static readonly Option<string?> s_contract = new("--contract") { Description = "For 'which-contract': the contract that the purchase renews" };
    private static readonly Option<DateOnly?> s_until = DayOption.Of("--until", "The day to put it off to", required: true);
    private static readonly Option<bool> s_done = new("--done") { Description = "Those that are closed" };
    private static readonly Option<bool> s_overdue = new("--overdue") { Description = "Only those whose day has passed" };

    public static void AddTo(RootCommand root) => root.Subcommands.Add(new Command("task", "What waits for a person") { List(), Show(), Close(), Assign(), Postpone(), Reopen() });

    private static Command List()
    {
        var command = new Command("list", "List tasks, the most urgent first") { s_done, s_overdue };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var tasks = await services.GetRequiredService<AgencyReads>().TasksAsync(
                new TaskFilter(State: parsed.GetValue(s_done) ? "done" : "open", Overdue: parsed.GetValue(s_overdue), Limit: 500), ct);
            output.Table(tasks.Items, "Nothing waits for you.", ("Id", t => t.Id), ("Due", t => t.DueOn.Text()), ("Task", t => t.Kind), ("Contract", t => t.Reference), ("Client", t => t.Client), ("About", t => t.About));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Show one task: what to do, and how it may end") { s_id };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var task = await services.GetRequiredService<AgencyReads>().TaskAsync(parsed.GetRequiredValue(s_id), "en", ct);
            output.Write(task, console => console.Profile.Out.Writer.WriteLine(
                $"{task.Title} (due {task.DueOn.Text()}, {task.State})\n{task.About}\n\n{task.Script}\n\n{string.Join('\n', task.Outcomes.Select(o => $"--outcome {o.Code}: {o.Label}"))}"));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Close()
    {
        var command = new Command("close", "Close a task with its outcome; some outcomes act") { s_id, s_outcome, s_note };
        command.SetAction((parsed, ct) => DoAsync(parsed, (tasks, id) => tasks.CloseAsync(id, parsed.GetRequiredValue(s_outcome), parsed.GetValue(s_note), Actor.CommandLine, ct), "closed", ct));
        return command;
    }

    private static Command Assign()
    {
        var command = new Command("assign", "Say which contract a purchase renews; without --contract, none of those asked about") { s_id, s_contract };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            await services.GetRequiredService<ContractActions>().AnswerAsync(parsed.GetRequiredValue(s_id), parsed.GetValue(s_contract), Actor.CommandLine, ct);
            return Said(output, parsed, "assigned");
        }, ct));
        return command;
    }

    private static Command Postpone()
    {
        var command = new Command("postpone", "Put a task off") { s_id, s_until };
        command.SetAction((parsed, ct) => DoAsync(parsed, (tasks, id) => tasks.PostponeAsync(id, parsed.GetValue(s_until)!.Value, Actor.CommandLine, ct), "put off", ct));
        return command;
    }

    private static Command Reopen()
    {
        var command = new Command("reopen", "Take a closed task up again") { s_id };
        command.SetAction((parsed, ct) => DoAsync(parsed, (tasks, id) => tasks.ReopenAsync(id, Actor.CommandLine, ct), "open again", ct));
        return command;
    }

    private static Task<int> DoAsync(ParseResult parsed, Func<AgencyTasks, string, Task> act, string done, CancellationToken ct) => Hosted.RunAsync(parsed, async (services, output) =>
    {
        await act(services.GetRequiredService<AgencyTasks>(), parsed.GetRequiredValue(s_id));
        return Said(output, parsed, done);
    }, ct);

    private static int Said(Output output, ParseResult parsed, string done)
    {
        var id = parsed.GetRequiredValue(s_id);
        output.Write(new { id, done }, console => console.Profile.Out.Writer.WriteLine($"Task {id}: {done}."));
        return ExitCode.Done;
    }
}
