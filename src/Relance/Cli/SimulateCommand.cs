using System.CommandLine;
using System.Globalization;
using Relance.Domain.Billing;
using Relance.Reminders;
using Relance.Storage;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance simulate</c>: what goes out during the next days if nobody pays. Reads only.</summary>
internal static class SimulateCommand
{
    private static readonly Option<int> s_days = new("--days") { Description = "How far to look, today included", DefaultValueFactory = _ => 90 };
    private static readonly Option<string> s_client = new("--client") { Description = "Only clients with this id, or whose name or address contains this" };
    private static readonly Option<string> s_shop = new("--shop") { Description = "Only this shop, by its id" };

    public static void AddTo(RootCommand root)
    {
        var command = new Command("simulate", "What goes out during the next days if nobody pays, on the real calendar") { s_days, s_client, s_shop };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var report = await services.GetRequiredService<Foresight>().RunAsync(parsed.GetValue(s_days), parsed.GetValue(s_shop), parsed.GetValue(s_client), ct);
            output.Write(report, console => Print(console, report));
            return ExitCode.Done;
        }, ct));
        root.Subcommands.Add(command);
    }

    /// <summary>A line for each message, a sum for each day.</summary>
    public static void Print(IAnsiConsole console, ForesightReport report)
    {
        console.WriteLine(report.Assumes);
        if (report.Totals.Messages > 0)
            console.Write(Table(report));
        foreach (var day in report.Days.Where(day => day.WaitingForSlot + day.WaitingForCeiling > 0))
            console.WriteLine($"{day.On.Text()}: {day.WaitingForSlot} wait for another day because the person gets a message already, {day.WaitingForCeiling} because of the ceiling of {report.Totals.Ceiling}.");
        var totals = report.Totals;
        console.WriteLine($"{report.From.Text()} to {report.To.Text()}: {totals.Messages} messages to {totals.Clients} clients, about {totals.Contracts} contracts with an open term"
            + (totals.BusiestDay is { } busiest ? $"; most on {busiest.Text()}: {totals.MessagesOnBusiestDay}." : "."));
    }

    private static Table Table(ForesightReport report)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in new[] { "Date", "Client", "Address", "Subject", "Steps", "Amount" })
            table.AddColumn(title);
        foreach (var day in report.Days.Where(day => day.Messages.Count > 0))
        {
            foreach (var message in day.Messages)
                table.AddRow([.. Cells(day.On, message).Select(cell => new Text(cell))]);
            table.AddRow(new Text($"{day.On.Text()}"), new Text($"{day.Messages.Count} messages"));
        }

        return table;
    }

    private static string[] Cells(DateOnly on, ForeseenMessage message) =>
    [
        $"{on.Text()}", message.Client, message.Address, message.Fault ?? message.Subject,
        string.Join(", ", message.Steps.Select(step => $"{step.Reference} {step.Step}")) + (message.NeedsApproval ? " (needs approval)" : ""),
        string.Join(", ", message.Steps.Select(step => new Money(step.Amount, step.Currency).Major.ToString("0.00", CultureInfo.InvariantCulture) + " " + step.Currency)),
    ];
}
