using System.CommandLine;
using Relance.Operations;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance doctor</c>: what is wrong and how to mend it. Ends with 1 when there is a fault.</summary>
internal static class DoctorCommand
{
    public static void AddTo(RootCommand root)
    {
        var command = new Command("doctor", "Check settings, database, shops and mail server");
        command.SetAction(ExamineAsync);
        root.Subcommands.Add(command);
    }

    private static async Task<int> ExamineAsync(ParseResult parsed, CancellationToken ct)
    {
        var findings = await FindingsAsync(parsed, ct);
        var healthy = findings.All(finding => finding.Level != FindingLevel.Fault);
        CommonOptions.Output(parsed).Write(new { healthy, findings }, console => Print(console, findings));
        return healthy ? ExitCode.Done : ExitCode.Failure;
    }

    private static async Task<IReadOnlyList<Finding>> FindingsAsync(ParseResult parsed, CancellationToken ct)
    {
        try
        {
            await using var app = RelanceApp.Build(CommonOptions.HostArguments(parsed), CommonOptions.Clocks(parsed));
            return await ActivatorUtilities.CreateInstance<Doctor>(
                app.Services, ActivatorUtilities.CreateInstance<ShopDoctor>(app.Services), ActivatorUtilities.CreateInstance<MachineDoctor>(app.Services),
                ActivatorUtilities.CreateInstance<SenderDomainDoctor>(app.Services)).ExamineAsync(ct);
        }
        catch (SettingsException faults)
        {
            return [.. faults.Faults.Select(fault => Finding.Fault("settings", fault, "Correct this setting; nothing else was looked at."))];
        }
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var (mark, colour) = finding.Level switch { FindingLevel.Ok => ("ok     ", Color.Green), FindingLevel.Warning => ("warning", Color.Yellow), _ => ("FAULT  ", Color.Red) };
            console.Write(new Text(mark, new Style(colour)));
            console.WriteLine($"  {finding.Check}: {finding.Message}");
            if (finding.Mend is not null)
                console.WriteLine($"         {finding.Mend}");
        }
    }
}
