using System.CommandLine;
using System.Globalization;
using Relance.Agency;
using Relance.Storage;

namespace Relance.Cli;

/// <summary><c>relance contract …</c>: what a person sees and decides about contracts.</summary>
internal static class ContractCommand
{
    private static readonly Argument<string> s_id = new("id") { Description = "The contract's id, from 'relance contract list'" };
    private static readonly Argument<string[]> s_ids = new("id") { Description = "Ids of contracts, from 'relance contract list'", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<ContractFlag> s_flag = new("flag") { Description = "dispute or insolvent" };
    private static readonly Option<string?> s_shop = new("--shop") { Description = "A shop's id" };
    private static readonly Option<string?> s_standing = new("--standing") { Description = "active, renewal-due, grace, suspended, ended or declined" };
    private static readonly Option<string?> s_search = new("--search") { Description = "Part of a client's name or address, or of the reference" };
    private static readonly Option<DateOnly?> s_on = DayOption.Of("--on", "The day the money arrived; today by default");
    private static readonly Option<string?> s_reference = new("--reference") { Description = "Of the transfer or cheque" };
    private static readonly Option<string> s_reason = new("--reason") { Description = "Why", Required = true };
    private static readonly Option<bool> s_clear = new("--clear") { Description = "Clear the flag" };
    private static readonly Option<bool> s_client = new("--client") { Description = "The client with all its contracts" };

    public static void AddTo(RootCommand root)
    {
        var contract = new Command("contract", "Contracts: what comes next, and what you decide")
        {
            List(), Show(), MarkPaid(), Close("decline"), Close("end"), Flag(),
            Plain("approve-price", "The open order's price is right", (a, id, ct) => a.ApprovePriceAsync(id, Actor.CommandLine, ct)),
            Plain("show-notice", "Show the suspension to the administrators of the maintained site", (a, id, ct) => a.ShowNoticeAsync(id, Actor.CommandLine, ct)),
            Plain("hide-notice", "Hide it again", (a, id, ct) => a.HideNoticeAsync(id, Actor.CommandLine, ct)),
            Plain("reopen", "Take a refusal or an end back", (a, id, ct) => a.ReopenAsync(id, Actor.CommandLine, ct)),
        };
        foreach (var command in ContractClausesCommand.All())
            contract.Subcommands.Add(command);
        root.Subcommands.Add(contract);
    }

    private static Command List()
    {
        var command = new Command("list", "List contracts with what comes next") { s_shop, s_standing, s_search };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var contracts = await services.GetRequiredService<AgencyReads>().ContractsAsync(new ContractFilter(parsed.GetValue(s_shop), parsed.GetValue(s_standing), parsed.GetValue(s_search), Limit: 500), ct);
            output.Table(contracts.Items, "No contract matches.", ("Id", c => c.Id), ("Contract", c => c.Reference), ("Client", c => c.Client), ("Until", c => c.TermEnd.Text()),
                ("Standing", c => c.Standing), ("Next", c => c.NextStep), ("On", c => c.NextOn?.Text()), ("Because", c => c.Because));
            if (contracts.Next is not null)
                output.Say("More than 500: narrow it with --standing, --shop or --search.");
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Show a contract and its story") { s_id };
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, async (services, output) =>
        {
            var contract = await services.GetRequiredService<AgencyReads>().ContractAsync(parsed.GetRequiredValue(s_id), ct);
            var c = contract.Summary;
            output.Write(contract, console => console.Profile.Out.Writer.WriteLine(
                $"{c.Reference} {c.Client} <{contract.Email}>: {c.Plan}, {c.TermStart.Text()} to {c.TermEnd.Text()}, {c.Standing}; next {c.NextStep ?? "nothing"} {c.NextOn?.Text()} ({c.Because})\n"
                + string.Join('\n', contract.Timeline.Select(t => $"{t.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}  {t.Kind} {t.Step} {t.State} {t.Reason} {t.By}"))));
            return ExitCode.Done;
        }, ct));
        return command;
    }

    private static Command MarkPaid()
    {
        var command = new Command("mark-paid", "The money arrived: renews as an order would, and completes the order in the shop") { s_ids, s_on, s_reference, Deciding.Yes };
        command.SetAction((parsed, ct) => EachAsync(parsed, "Mark paid", (actions, services, id) => actions.MarkPaidAsync(
            id, parsed.GetValue(s_on) ?? services.GetRequiredService<AgencyReads>().Today, parsed.GetValue(s_reference), Actor.CommandLine, ct), ct));
        return command;
    }

    private static Command Close(string name)
    {
        var command = new Command(name, name == "decline" ? "The client does not renew" : "The contract is over") { s_ids, s_reason, Deciding.Yes };
        command.SetAction((parsed, ct) => EachAsync(parsed, name, (actions, _, id) => name == "decline"
            ? actions.DeclineAsync(id, parsed.GetRequiredValue(s_reason), Actor.CommandLine, ct)
            : actions.EndAsync(id, parsed.GetRequiredValue(s_reason), Actor.CommandLine, ct), ct));
        return command;
    }

    private static Command Flag()
    {
        var command = new Command("flag", "Stop all reminders for a dispute or an insolvency, or clear it") { s_flag, s_ids, s_reason, s_clear, s_client, Deciding.Yes };
        command.SetAction((parsed, ct) => EachAsync(parsed, "Flag", (actions, _, id) =>
        {
            var flag = parsed.GetRequiredValue(s_flag);
            return actions.SetFlagAsync(id, flag, !parsed.GetValue(s_clear), parsed.GetRequiredValue(s_reason), parsed.GetValue(s_client) || flag == ContractFlag.Insolvent, Actor.CommandLine, ct);
        }, ct));
        return command;
    }

    private static Command Plain(string name, string description, Func<ContractActions, string, CancellationToken, Task> act)
    {
        var command = new Command(name, description) { s_ids, Deciding.Yes };
        command.SetAction((parsed, ct) => EachAsync(parsed, name, (actions, _, id) => act(actions, id, ct), ct));
        return command;
    }

    private static Task<int> EachAsync(ParseResult parsed, string what, Func<ContractActions, IServiceProvider, string, Task> act, CancellationToken ct) => Hosted.RunAsync(parsed, (services, output) =>
        Deciding.EachAsync(parsed, output, parsed.GetRequiredValue(s_ids), what, id => act(services.GetRequiredService<ContractActions>(), services, id)), ct);
}
