using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Relance.Reminders;

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

    public static void AddTo(RootCommand root)
    {
        var command = new Command("plan", "What goes out on a day if nobody pays until then, and why not for the rest") { s_date };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
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

    private static DateOnly? Day(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError("--date: expected a day such as 2026-12-16.");
        return null;
    }
}
