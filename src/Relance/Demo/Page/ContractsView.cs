using System.Globalization;
using Relance.Demo.Mail;

namespace Relance.Demo.Page;

/// <summary>The contracts: what became of each, and what comes next and why.</summary>
internal static class ContractsView
{
    public static string Render(DemoReport report, IReadOnlyList<CaughtMail> mails)
    {
        var read = mails.Select((mail, i) => (Mail: MailAudit.Read(mail), Number: i + 1)).ToList();
        var total = string.Create(CultureInfo.InvariantCulture, $"{report.Contracts.Count} contracts, {report.Days} days, {report.MailsCaught} mails caught, {report.Duplicates} twice, {report.AfterPayment} after payment, {report.Seconds:0.0} s.");
        var verdict = report.IsRight ? "<span class=\"good\">Shop and Relance agree on every contract.</span>" : "<span class=\"bad\">Something went wrong: see the standings.</span>";
        return Html.Page("Contracts", $"<p>{Html.Text(total)} {verdict}</p>" + Html.Table(
            ["Contract", "What they did", "Steps", "Standing", "Next"],
            report.Contracts.Select(contract => new[] { Name(contract), Html.Text(contract.Does), Steps(contract, read), Standing(contract), Next(contract) })));
    }

    private static string Name(DemoContract contract) => $"<strong>{Html.Text(contract.Client)}</strong><br><span class=\"soft\">{Html.Text(contract.Reference)}, {Html.Text(contract.Kind)}</span>";

    private static string Standing(DemoContract contract) =>
        $"{Html.Text(contract.Standing)}<br><span class=\"{(contract.Agrees ? "soft" : "bad")}\">in the shop: {Html.Text(contract.ShopStanding)}{(contract.ShopStatus is { } status ? $" ({Html.Text(status)})" : "")}</span>";

    private static string Next(DemoContract contract) => contract.NextStep is { } step
        ? $"{Html.Text(Short(step))} {Html.Text(contract.NextDate)}<br><span class=\"soft\">{Html.Text(contract.Waiting)}</span>"
        : $"<span class=\"soft\">{Html.Text(contract.Waiting ?? contract.Standing)}</span>";

    private static string Steps(DemoContract contract, IReadOnlyList<(ReadMail Mail, int Number)> mails) =>
        $"<ol>{string.Concat(contract.Steps.Select(step => $"<li><span class=\"soft\">{Html.Text(step.Date)}</span> {Outcome(contract, step, mails)}</li>"))}</ol>";

    private static string Outcome(DemoContract contract, DemoStep step, IReadOnlyList<(ReadMail Mail, int Number)> mails)
    {
        var (mail, number) = mails.FirstOrDefault(m => m.Mail.Steps.Contains(step.Step) && m.Mail.References.Contains(contract.Reference));
        return mail is not null && step.Outcome == "sent"
            ? string.Create(CultureInfo.InvariantCulture, $"<a href=\"/mails/{number}\">{Html.Text(Short(step.Step))}</a>")
            : $"{Html.Text(Short(step.Step))} <span class=\"soft\">{Html.Text(step.Outcome)}</span>";
    }

    private static string Short(string step) => step[(step.LastIndexOf('.') + 1)..];
}
