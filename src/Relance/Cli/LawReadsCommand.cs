using System.CommandLine;
using Relance.Legal;
using Relance.Storage;
using Spectre.Console;
using static Relance.Dashboard.Words;

namespace Relance.Cli;

/// <summary><c>relance law calendar</c> and <c>relance law audit</c>: what the law asks of the linked contracts. Reads only.</summary>
internal static class LawReadsCommand
{
    private static readonly Option<int?> s_days = new("--days") { Description = $"Days to look at, today included; {LegalReads.DefaultDays} by default" };
    private static readonly Option<string?> s_shop = new("--shop") { Description = "Only this shop, by its id" };

    public static Command Calendar() => Of("calendar", "The legal dates that come, of contracts that renew tacitly", [s_days, s_shop], async (reads, parsed, output, ct) =>
    {
        var calendar = await reads.CalendarAsync(parsed.GetValue(s_days), parsed.GetValue(s_shop), ct);
        output.Write(calendar, console =>
        {
            if (calendar.Dates.Count > 0)
                Table(console, [Say("Date", "Date"), Say("Quoi", "What"), Say("Contrat", "Contract"), Say("Client", "Client"), Say("Nature", "Kind"), Say("Information", "Notice"), Say("Fin de période", "Term ends")],
                    calendar.Dates.Select(d => new[] { d.On.Text(), LegalWords.What(d.What), d.Reference, d.Client, LegalWords.ClientKind(d.ClientKind), LegalWords.Notice(d.Notice), d.TermEnd.Text() }));
            console.WriteLine(Say($"Du {calendar.From.Text()} au {calendar.To.Text()} : {calendar.Dates.Count} dates, {calendar.Contracts} contrats à reconduction tacite.",
                $"{calendar.From.Text()} to {calendar.To.Text()}: {calendar.Dates.Count} dates, {calendar.Contracts} contracts that renew tacitly."));
        });
    });

    public static Command Audit() => Of("audit", "What is not in order for the law", [s_shop], async (reads, parsed, output, ct) =>
    {
        var audit = await reads.AuditAsync(parsed.GetValue(s_shop), Language, ct);
        output.Write(audit, console =>
        {
            foreach (var finding in audit.Findings)
            {
                console.Write(new Text(finding.Level == "fault" ? Say("DÉFAUT ", "FAULT  ") : Say("à voir ", "warning"), new Style(finding.Level == "fault" ? Color.Red : Color.Yellow)));
                console.WriteLine($"  {finding.Reference}, {finding.Client}: {finding.Message}");
                console.WriteLine($"         {finding.Mend} ({string.Join(", ", finding.Articles)})");
            }

            console.WriteLine(Say($"{audit.Findings.Count} points, {audit.Contracts} contrats regardés.", $"{audit.Findings.Count} findings, {audit.Contracts} contracts looked at."));
        });
    });

    private static Command Of(string name, string description, Option[] options, Func<LegalReads, ParseResult, Output, CancellationToken, Task> show)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => Options.NamedAsync(async () =>
        {
            await show(services.GetRequiredService<LegalReads>(), parsed, output, ct);
            return ExitCode.Done;
        }), ct));
        return command;
    }

    private static void Table(IAnsiConsole console, string[] titles, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in titles)
            table.AddColumn(Markup.Escape(title));
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        console.Write(table);
    }
}
