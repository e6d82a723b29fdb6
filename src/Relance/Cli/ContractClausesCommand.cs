using System.CommandLine;
using Relance.Agency;

namespace Relance.Cli;

/// <summary><c>relance contract clauses|legal-notice-off|legal-notice-on|notice-given</c>: what a signed contract says, and its legal notice.</summary>
internal static class ContractClausesCommand
{
    private static readonly Argument<string[]> s_ids = new("id") { Description = "Ids of contracts, from 'relance contract list'", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> s_notice = new("--notice") { Description = "How long before the end a refusal must arrive: P2M, P30D" };
    private static readonly Option<int?> s_months = new("--renewal-months") { Description = "Months by which it renews" };
    private static readonly Option<string?> s_reference = new("--reference") { Description = "The reference that the signed contract bears" };
    private static readonly Option<bool?> s_online = new("--online") { Description = "Whether it was concluded online: true or false" };
    private static readonly Option<string> s_reason = new("--reason") { Description = "Why", Required = true };
    private static readonly Option<DateOnly?> s_on = DayOption.Of("--on", "The day on which it left; today by default");
    private static readonly Option<string> s_how = new("--how") { Description = "How, such as the number of a registered letter", Required = true };

    /// <summary>The commands.</summary>
    public static IEnumerable<Command> All()
    {
        yield return Of("clauses", "Record what the signed contract says about tacit renewal", [s_notice, s_months, s_reference, s_online], (parsed, actions, _, id, ct) => actions.SetClausesAsync(
            id, new ContractClauses(parsed.GetValue(s_notice), parsed.GetValue(s_months), parsed.GetValue(s_reference), parsed.GetValue(s_online)), Actor.CommandLine, ct));
        yield return Of("legal-notice-off", "Keep the legal notice from going, until it is switched on again", [s_reason], (parsed, actions, _, id, ct) => actions.SwitchNoticeOffAsync(id, parsed.GetRequiredValue(s_reason), Actor.CommandLine, ct));
        yield return Of("legal-notice-on", "Let the legal notice go again", [], (_, actions, _, id, ct) => actions.SwitchNoticeOnAsync(id, Actor.CommandLine, ct));
        yield return Of("notice-given", "The legal notice of the running term was given another way, such as by registered letter", [s_on, s_how], (parsed, actions, reads, id, ct) => actions.NoticeGivenAsync(
            id, parsed.GetValue(s_on) ?? reads.Today, parsed.GetRequiredValue(s_how), Actor.CommandLine, ct));
    }

    private static Command Of(string name, string description, Option[] options, Func<ParseResult, ContractActions, AgencyReads, string, CancellationToken, Task> act)
    {
        var command = new Command(name, description) { s_ids, Deciding.Yes };
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((parsed, ct) => Hosted.RunAsync(parsed, (services, output) => Deciding.EachAsync(
            parsed, output, parsed.GetRequiredValue(s_ids), name, id => act(parsed, services.GetRequiredService<ContractActions>(), services.GetRequiredService<AgencyReads>(), id, ct)), ct));
        return command;
    }
}
