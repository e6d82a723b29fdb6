using System.Globalization;
using Relance.Demo;
using Spectre.Console;

namespace Relance.Cli;

/// <summary>Prints the end of the demo for people.</summary>
internal static class DemoStory
{
    public static void Print(IAnsiConsole console, DemoReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Contract", "Client", "What they did", "Mails sent", "Standing", "In the shop");
        foreach (var contract in report.Contracts)
            table.AddRow([.. Cells(contract).Select(cell => new Text(cell))]);
        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Contracts.Count} contracts over {report.Days} days in {report.Seconds:0.0} s. {report.MailsCaught} mails caught, {report.Duplicates} twice, {report.AfterPayment} after payment."));
        console.WriteLine(string.Join(", ", report.SentByStep.Select(step => string.Create(CultureInfo.InvariantCulture, $"{Short(step.Key)} {step.Value}"))));
        console.WriteLine(report.Contracts.All(c => c.Agrees) ? "Shop and Relance agree on every contract." : $"Shop and Relance disagree on {string.Join(", ", report.Contracts.Where(c => !c.Agrees).Select(c => c.Reference))}.");
    }

    private static string[] Cells(DemoContract contract) =>
    [
        contract.Reference, contract.Client, contract.Does, Sent(contract), contract.Standing,
        contract.ShopStatus is null ? contract.ShopStanding ?? "" : $"{contract.ShopStanding} ({contract.ShopStatus})",
    ];

    private static string Sent(DemoContract contract)
    {
        var sent = contract.Steps.Where(step => step.Outcome == "sent").Select(step => $"{Short(step.Step)} {step.Date[5..]}").ToList();
        return sent.Count > 0 ? string.Join(", ", sent) : contract.Steps.Select(step => $"{Short(step.Step)} {step.Outcome}").FirstOrDefault() ?? $"none: {contract.Waiting}";
    }

    private static string Short(string step) => step[(step.LastIndexOf('.') + 1)..];
}
