using System.CommandLine;
using System.Text.Json;
using Relance.Storage;

namespace Relance.Cli;

/// <summary><c>relance task list</c>: what waits for a person.</summary>
internal static class TaskCommand
{
    public static void AddTo(RootCommand root)
    {
        var list = new Command("list", "List open tasks, the most urgent first");
        list.SetAction((parsed, ct) => Hosted.RunAsync(parsed, ListAsync, ct));
        root.Subcommands.Add(new Command("task", "What waits for a person") { list });
    }

    private static async Task<int> ListAsync(IServiceProvider services, Output output)
    {
        var tasks = await services.GetRequiredService<Database>().ReadAsync(s => s.QueryAsync<TaskRow>(
            "SELECT id AS Id, kind AS Kind, subject_id AS Subject, due_on AS DueOn, data AS Data FROM task WHERE state = 'open' ORDER BY due_on, id"));
        output.Table([.. tasks.Select(t => new OpenTask(t.Id, t.Kind, t.Subject, t.DueOn, JsonDocument.Parse(t.Data).RootElement.GetProperty("about").GetString()))],
            "Nothing waits for you.", ("due", t => t.DueOn), ("task", t => t.Kind), ("about", t => t.About));
        return ExitCode.Done;
    }

    private sealed record OpenTask(string Id, string Kind, string Subject, string DueOn, string? About);

    private sealed class TaskRow
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string DueOn { get; init; } = "";
        public string Data { get; init; } = "";
    }
}
