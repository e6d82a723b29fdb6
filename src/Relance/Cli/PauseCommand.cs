using System.CommandLine;
using Relance.Agency;
using Relance.Storage;

namespace Relance.Cli;

/// <summary><c>relance pause add|list|remove</c>: reminders wait until a day.</summary>
internal static class PauseCommand
{
    private static readonly Option<bool> s_all = new("--all") { Description = "Everything" };
    private static readonly Option<string?> s_shop = new("--shop") { Description = "A shop's id" };
    private static readonly Option<string?> s_client = new("--client") { Description = "A client's id" };
    private static readonly Option<string?> s_contract = new("--contract") { Description = "A contract's id" };
    private static readonly Option<DateOnly?> s_until = DayOption.Of("--until", "The first day on which reminders may go again", required: true);
    private static readonly Option<string> s_reason = new("--reason") { Description = "Why", Required = true };
    private static readonly Argument<string> s_id = new("id") { Description = "The pause's id, from 'relance pause list'" };

    public static void AddTo(RootCommand root) => root.Subcommands.Add(new Command("pause", "Let reminders wait until a day; legal notices never do") { Add(), List(), Remove() });

    private static Command Add()
    {
        var command = new Command("add", "Pause everything, a shop, a client or a contract") { s_all, s_shop, s_client, s_contract, s_until, s_reason };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var (scope, scopeId) = ScopeOf(parsed);
            var until = parsed.GetValue(s_until)!.Value;
            var id = await services.GetRequiredService<Pauses>().AddAsync(scope, scopeId, until, parsed.GetRequiredValue(s_reason), Actor.CommandLine, ct);
            output.Write(new { id, until }, console => console.Profile.Out.Writer.WriteLine($"Paused until {until.Text()} (excluded): {id}"));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the pauses that run");
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var pauses = await services.GetRequiredService<AgencyReads>().PausesAsync(new PauseFilter(Limit: 500), ct);
            output.Table(pauses.Items, "Nothing is paused.", ("Id", p => p.Id), ("Scope", p => p.Scope), ("Name", p => p.Name), ("Until", p => p.Until.Text()), ("Reason", p => p.Reason), ("By", p => p.By));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Remove()
    {
        var command = new Command("remove", "End a pause now") { s_id };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var id = parsed.GetRequiredValue(s_id);
            await services.GetRequiredService<Pauses>().RemoveAsync(id, Actor.CommandLine, ct);
            output.Write(new { id, removed = true }, console => console.Profile.Out.Writer.WriteLine("The pause is over."));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static (PauseScope Scope, string? Id) ScopeOf(ParseResult parsed)
    {
        (PauseScope Scope, string? Id)[] given =
        [
            .. parsed.GetValue(s_all) ? [(PauseScope.All, (string?)null)] : Array.Empty<(PauseScope, string?)>(),
            .. new[] { (PauseScope.Shop, parsed.GetValue(s_shop)), (PauseScope.Client, parsed.GetValue(s_client)), (PauseScope.Contract, parsed.GetValue(s_contract)) }.Where(scope => scope.Item2 is not null),
        ];
        return given is [var only] ? only : throw new UsageException("--contract: expected exactly one of --all, --shop, --client and --contract.");
    }
}
