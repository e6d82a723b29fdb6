using System.CommandLine;
using Relance.Agency;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Spectre.Console;

namespace Relance.Cli;

/// <summary><c>relance shop mode</c>. A real shop goes live only once its next thirty days have been read and confirmed.</summary>
internal static class ShopModeCommand
{
    private static readonly Argument<string> s_mode = new("mode") { Description = "dry-run, redirect or live" };
    private static readonly Option<bool> s_suspension = new("--allow-suspension") { Description = "Live: the suspension and what follows it leave without approval" };
    private static readonly Option<string> s_confirm = new("--confirm") { Description = "Live: go live with the list of this fingerprint, without asking", HelpName = "fingerprint" };
    private static readonly Option<bool> s_yes = new("--yes") { Description = "Do not ask; live needs --confirm with it" };

    public static void AddTo(Command shop, Argument<string> id)
    {
        var command = new Command("mode", "Change what a shop's reminders do; live lists the next thirty days first") { id, s_mode, s_suspension, s_confirm, s_yes };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var shop = await services.GetRequiredService<Database>().ReadAsync(session => LinkedShop.FindAsync(session, parsed.GetRequiredValue(id)), ct);
            if (shop is { Test: 0 } && parsed.GetRequiredValue(s_mode) == "live")
                return await GoLiveAsync(parsed, services.GetRequiredService<GoingLive>(), shop.Id, output, ct);
            return Changed(output, await services.GetRequiredService<ShopLinker>().ChangeModeAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(s_mode), Actor.CommandLine, ct));
        }, ct));
        shop.Subcommands.Add(command);
    }

    private static int Changed(Output output, ModeChange change)
    {
        var shop = ShopView.Of(change.Shop);
        output.Write(shop, console =>
        {
            console.WriteLine($"{shop.Url} is now in {shop.Mode}; what was due before {shop.BaselineOn} is skipped.");
            if (change.Voided > 0)
                console.WriteLine($"{change.Voided} message(s) that waited were voided and will not leave.");
        });
        return ExitCode.Done;
    }

    private static async Task<int> GoLiveAsync(ParseResult parsed, GoingLive going, string id, Output output, CancellationToken ct)
    {
        var allow = parsed.GetValue(s_suspension);
        var fingerprint = parsed.GetValue(s_confirm);
        if (fingerprint is null && parsed.GetValue(s_yes))
            throw new UsageException("--confirm: expected the fingerprint of the list that you read; 'relance shop mode ID live' prints it.");
        if (fingerprint is null)
        {
            var report = await going.CheckAsync(id, ct, allow);
            output.Write(report, console => Print(console, report));
            if (!report.MayGoLive)
                return ExitCode.Failure;
            if (output.IsJson || !await AgreedAsync(output, report, ct))
                return ExitCode.Done;
            fingerprint = report.Fingerprint;
        }

        var live = await going.ConfirmAsync(id, fingerprint, Actor.CommandLine, ct, allow);
        return Changed(output, new ModeChange(live, "", 0));
    }

    private static async Task<bool> AgreedAsync(Output output, GoingLiveReport report, CancellationToken ct)
    {
        output.Say($"Real clients will get these {report.Next.Totals.Messages} messages. Type yes to go live with this list and no other:");
        if ((await Console.In.ReadLineAsync(ct))?.Trim() == "yes")
            return true;
        output.Say($"Nothing was changed. Later, or in a script: relance shop mode {report.ShopId} live --confirm {report.Fingerprint}{(report.AllowSuspension ? " --allow-suspension" : "")}");
        return false;
    }

    private static void Print(IAnsiConsole console, GoingLiveReport report)
    {
        console.WriteLine($"{report.Shop} ({report.Url}) goes live on {report.Baseline.Text()}. What was due before that day is skipped.");
        SimulateCommand.Print(console, report.Next);
        foreach (var skipped in report.Next.Totals.Skipped)
            console.WriteLine($"Skipped, {Reminders.ReasonTexts.Of(skipped.Key).Because}: {skipped.Value}.");
        console.WriteLine(report.AllowSuspension
            ? "The suspension and what follows it leave without approval."
            : "The suspension and what follows it wait for a person's approval; --allow-suspension lets them leave.");
        foreach (var finding in report.Warnings.Concat(report.Problems))
        {
            console.WriteLine($"{(finding.Level == FindingLevel.Fault ? "BLOCKS" : "Note")}  {finding.Check}: {finding.Message}");
            if (finding.Mend is not null)
                console.WriteLine($"        {finding.Mend}");
        }

        if (report.MayGoLive)
            console.WriteLine($"Fingerprint of this list: {report.Fingerprint}");
    }
}
