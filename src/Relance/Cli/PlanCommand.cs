using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Relance.Reminders;
using Relance.Storage;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance plan</c>: what goes out on a day, and why not for the rest. Reads only.</summary>
internal static class PlanCommand
{
    private static readonly Option<DateOnly?> s_date = new("--date")
    {
        Description = "The day, e.g. 2026-12-16; today by default",
        HelpName = "day",
        CustomParser = Day,
    };

    private static readonly Option<string> s_explain = new("--explain")
    {
        Description = "Explain every step of one contract: its id, or its reference such as ABO-56",
        HelpName = "contract",
    };

    public static void AddTo(RootCommand root)
    {
        var command = new Command("plan", "What goes out on a day if nobody pays until then, and why not for the rest") { s_date, s_explain };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            if (parsed.GetValue(s_explain) is { } contract)
            {
                Print(output, await services.GetRequiredService<Foresight>().ExplainAsync(contract, ct));
                return ExitCode.Done;
            }

            var preview = ActivatorUtilities.CreateInstance<PlanPreview>(services);
            var day = parsed.GetValue(s_date) ?? preview.Today;
            if (day < preview.Today || day > preview.Today.AddDays(PlanPreview.Horizon))
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--date: expected a day from {preview.Today:yyyy-MM-dd} to {preview.Today.AddDays(PlanPreview.Horizon):yyyy-MM-dd}."));
            Print(output, await preview.OnAsync(day, ct));
            return ExitCode.Done;
        }, ct));
        root.Subcommands.Add(command);
    }

    // What goes out first.
    private static void Print(Output output, IReadOnlyList<PlannedStep> steps) => output.Table(
        [.. steps.OrderBy(step => step.Decision != "send")], "No contract has an open term.",
        ("Contract", s => s.Reference), ("Client", s => s.Client), ("Shop", s => s.Shop), ("Step", s => s.Step),
        ("Decision", s => s.Decision), ("Reason", s => s.Reason), ("Date", s => s.Date));

    private static void Print(Output output, Explanation told) => output.Write(told, console =>
    {
        console.WriteLine($"{told.Reference}, {told.Client}, {told.Shop} ({told.Mode}): {told.Standing}{(told.Anchor is { } end ? $", paid until {ReasonTexts.Day(end)}" : "")}.");
        console.WriteLine(told.Now);
        foreach (var step in told.Steps)
            console.WriteLine($"  {step.Step}: due {step.DueOn.Text()}. {step.Sentence}");
        foreach (var change in told.WouldChange)
            console.WriteLine(change);
    });

    private static DateOnly? Day(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError("--date: expected a day such as 2026-12-16.");
        return null;
    }
}
