using System.Globalization;
using Relance.Bench.Running;

namespace Relance.Bench.Planning;

/// <summary>A day's plan over many contracts, one in a hundred due: the cost must follow what is due.</summary>
internal static class PlanRace
{
    public static async Task RunAsync(RaceOptions options, Report report)
    {
        foreach (var database in options.Databases)
        {
            foreach (var contracts in options.Contracts)
                await RunAsync(database, contracts, report);
        }
    }

    private static async Task RunAsync(string database, int contracts, Report report)
    {
        using var stage = await Stage.CreateAsync(database);
        await using (var db = stage.Open())
            await Filling.FillAsync(db, contracts);
        var result = await Child.RunAsync<PlanResult>(["plan", .. stage.Settings()]);
        var due = contracts / Filling.DueOneIn;
        if (result.Looked != due || result.Planned != due || result.LookedAgain != 0)
            throw new InvalidOperationException($"{database}: {due} are due; {result.Looked} were looked at, {result.Planned} planned, and {result.LookedAgain} looked at again.");
        report.Add(new("plan", string.Create(CultureInfo.InvariantCulture, $"{database}, {contracts:#,0} contracts, {result.Planned:#,0} due"), result.Seconds, "s", Details: string.Create(
            CultureInfo.InvariantCulture, $"{result.Planned / result.Seconds:#,0} due/s; again, nothing due: {result.AgainSeconds * 1000:0} ms; peak {result.PeakMegabytes:0} MB")));
    }
}
