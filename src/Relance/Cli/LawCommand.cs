using System.CommandLine;
using System.Text.Json;
using Relance.Agency;
using Relance.Domain.Law;
using Relance.Legal;

namespace Relance.Cli;

/// <summary><c>relance law …</c>: dates and amounts that the law computes, with articles and working. Opens no database.</summary>
internal static class LawCommand
{
    private static readonly Option<string?> s_term = Text("--term", "Last day of the running term", "day", required: true);
    private static readonly Option<string?> s_termStart = Text("--term-start", "First day of the running term", "day");
    private static readonly Option<string?> s_notice = Text("--notice", "The contract's notice period, such as P2M, P90D or P0M", "period", required: true);
    private static readonly Option<string?> s_client = Text("--client", "consumer, business, non-professional, public or unknown", "kind", required: true);
    private static readonly Option<string?> s_kind = Text("--client", "consumer, business, non-professional, public or unknown", "kind");
    private static readonly Option<string?> s_principal = Text("--principal", "Euros incl. VAT, as invoiced", "euros", required: true);
    private static readonly Option<string?> s_due = Text("--due", "The due date", "day", required: true);
    private static readonly Option<string?> s_paidOn = Text("--paid", "The day of payment: the last one counted", "day", required: true);
    private static readonly Option<string?> s_rate = Text("--rate", "Between businesses: default, legal-x3 or the contract's percent a year", "rate");
    private static readonly Option<string?> s_formalNotice = Text("--formal-notice", "Day of the formal notice, from which consumers owe interest", "day");
    private static readonly Option<string[]> s_payments = new("--payment") { Description = "A partial payment; may be given several times", HelpName = "day:euros" };
    private static readonly Option<string[]> s_credits = new("--credit") { Description = "A credit note; may be given several times", HelpName = "day:euros" };
    private static readonly Option<string?> s_invoice = Text("--invoice", "Day of the invoice; of the performance, where nothing is agreed", "day", required: true);
    private static readonly Option<string?> s_terms = Text("--terms", "default, '60 days', '45 days end of month' or 'end of month 45 days'", "terms");
    private static readonly Option<bool> s_periodic = new("--periodic") { Description = "A periodic invoice" };
    private static readonly Option<string?> s_completed = Text("--completed", "Day on which the service was completed", "day", required: true);
    private static readonly Option<string?> s_acknowledged = Text("--acknowledged", "Day of the latest written acknowledgement", "day");
    private static readonly Option<string?> s_paid = Text("--paid", "Euros paid for the whole period", "euros", required: true);
    private static readonly Option<string?> s_from = Text("--from", "First day of the renewed period", "day", required: true);
    private static readonly Option<string?> s_to = Text("--to", "Its last day", "day", required: true);
    private static readonly Option<string?> s_ended = Text("--ended", "The contract's last day", "day", required: true);

    public static void AddTo(RootCommand root) => root.Subcommands.Add(new Command("law", "What the law says: dates and amounts, with articles and working")
    {
        Question("notice-window", "When the notice of a tacit renewal is lawful", (law, p) => law.Window(p.GetValue(s_term), p.GetValue(s_notice), p.GetValue(s_client), p.GetValue(s_termStart)), s_term, s_notice, s_client, s_termStart),
        Question("late-payment", "What late payment costs", (law, p) => law.Late(Late(p)), s_client, s_principal, s_due, s_paidOn, s_rate, s_formalNotice, s_payments, s_credits),
        Question("due-date", "When an invoice is due", (law, p) => law.Due(p.GetValue(s_invoice), p.GetValue(s_terms), p.GetValue(s_kind), p.GetValue(s_periodic)), s_invoice, s_terms, s_kind, s_periodic),
        Question("limitation", "Until when a debt can be claimed", (law, p) => law.Expiry(p.GetValue(s_client), p.GetValue(s_completed), p.GetValue(s_acknowledged)), s_client, s_completed, s_acknowledged),
        Question("refund", "What goes back when no lawful notice was given", (law, p) => law.Refund(p.GetValue(s_paid), p.GetValue(s_from), p.GetValue(s_to), p.GetValue(s_ended), p.GetValue(s_kind)), s_paid, s_from, s_to, s_ended, s_kind),
        LawReadsCommand.Calendar(),
        LawReadsCommand.Audit(),
    });

    private static LateQuestion Late(ParseResult p) => new(
        p.GetValue(s_client), p.GetValue(s_principal), p.GetValue(s_due), p.GetValue(s_paidOn), p.GetValue(s_rate), p.GetValue(s_formalNotice), p.GetValue(s_payments), p.GetValue(s_credits));

    private static Command Question(string name, string description, Func<LawDesk, ParseResult, ILawAnswer> ask, params Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var settings = RelanceApp.Settings(CommonOptions.HostArguments(parsed));
            return Answer(new LawDesk(settings, new RateFile(settings)), parsed, ask);
        });
        return command;
    }

    private static int Answer(LawDesk law, ParseResult parsed, Func<LawDesk, ParseResult, ILawAnswer> ask)
    {
        var output = CommonOptions.Output(parsed);
        try
        {
            var answer = ask(law, parsed);
            output.Write(answer, console => LawPrint.Write(console, answer));
            return ExitCode.Done;
        }
        catch (RefusedException refused)
        {
            throw new UsageException($"--{JsonNamingPolicy.KebabCaseLower.ConvertName(refused.Field)}: {refused.Expected}.");
        }
        catch (RateMissingException missing) when (output.IsJson)
        {
            output.Document(new { error = missing.Message });
            output.Say(missing.Message);
            return ExitCode.Failure;
        }
    }

    private static Option<string?> Text(string name, string description, string helpName, bool required = false) => new(name) { Description = description, HelpName = helpName, Required = required };
}
