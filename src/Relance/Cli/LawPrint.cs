using System.Globalization;
using Relance.Legal;
using Spectre.Console;
using static Relance.Dashboard.Words;

namespace Relance.Cli;

/// <summary>Prints answers about the law for people, in French or English as their machine speaks.</summary>
internal static class LawPrint
{
    public static void Write(IAnsiConsole console, ILawAnswer answer)
    {
        Rows(console, null, [.. Facts(answer).Where(fact => fact.Value is not null).Select(fact => new[] { fact.Name, fact.Value! })]);
        if (answer is LatePaymentAnswer { Segments.Count: > 0 } late)
            Rows(console, [Say("Semestre", "Semester"), Say("Du", "From"), Say("Au", "To"), Say("Jours", "Days"), Say("Taux %", "Rate %"), Say("Plancher %", "Floor %"), Say("Sur", "On"), Say("Intérêts", "Interest")],
                [.. late.Segments.Select(s => new[] { s.Semester, Iso(s.From)!, Iso(s.To)!, $"{s.Days}", s.Rate, s.BelowFloor ? $"{s.Floor} !" : s.Floor ?? "", s.Balance, s.Interest })]);
        Lines(console, Say("Textes :", "Articles:"), answer.Articles);
        Lines(console, Say("Calcul :", "Working:"), answer.Working);
    }

    private static IEnumerable<(string Name, string? Value)> Facts(ILawAnswer answer) => answer switch
    {
        NoticeWindowAnswer a =>
        [
            (Say("Date limite de non-reconduction", "Last day to refuse"), Iso(a.Deadline)), (Say("Client protégé (L215-1)", "Client covered (L215-1)"), YesNo(a.Covered)),
            (Say("Au plus tôt", "Earliest"), Iso(a.Earliest)), (Say("Au plus tard", "Latest"), Iso(a.Latest)), (Say("Envoi prévu", "Sent on"), Iso(a.SendOn)), (Say("Alerte dès le", "Alarm from"), Iso(a.AlarmFrom)),
            (Say("J-30", "J-30"), $"{Iso(a.JMinus30)} ({(a.JMinus30Lawful ? Say("licite", "lawful") : Say("hors délai légal", "not lawful"))})"), (Say("Impossible", "Blocked"), Blocked(a)),
        ],
        LatePaymentAnswer a =>
        [
            (Say("Intérêts", "Interest"), a.Interest), (Say("Intérêts restant dus", "Interest due"), a.InterestDue), (Say("Indemnité forfaitaire", "Lump sum"), a.LumpSum),
            (Say("Principal restant dû", "Principal due"), a.PrincipalDue), (Say("Trop-perçu", "Surplus"), a.Surplus == "0.00" ? null : a.Surplus), (Say("Total dû", "Total due"), a.Total),
        ],
        DueDateAnswer a =>
        [
            (Say("Échéance", "Due"), Iso(a.Due)), (Say("Au plus tard selon la loi", "Latest the law allows"), Iso(a.LatestAllowed)), (Say("Délai trop long", "Beyond the maximum"), YesNo(a.BeyondMaximum)), (Say("Délai compris", "Terms"), a.Terms),
        ],
        LimitationAnswer a => [(Say("Prescription le", "Last day to claim"), Iso(a.Expires)), (Say("Alertes", "Alerts"), string.Join(", ", a.Alerts.Select(day => Iso(day))))],
        RefundAnswer a =>
        [
            (Say("À rembourser", "Refund"), a.Refund), (Say("Au plus tard le", "Pay by"), Iso(a.PayBy)), (Say("Intérêt légal dès le", "Legal interest from"), Iso(a.InterestFrom)),
            (Say("Taux", "Rate"), a.InterestRate == "individuals" ? Say("particuliers", "individuals") : Say("professionnels", "professionals")),
        ],
        _ => throw new InvalidOperationException($"No facts are printed of {answer.GetType().Name}."),
    };

    private static string? Blocked(NoticeWindowAnswer a) => a.Reason is null ? null : Say(
        $"la dernière date licite, le {Iso(a.Deadline.AddMonths(-1))}, précède le début de la période : proposez un contrat à durée indéterminée",
        $"{a.Reason}: propose an open-ended contract");

    private static void Rows(IAnsiConsole console, string[]? titles, IReadOnlyList<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in titles ?? ["", ""])
            table.AddColumn(Markup.Escape(title));
        table.ShowHeaders = titles is not null;
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        console.Write(table);
    }

    private static void Lines(IAnsiConsole console, string title, IReadOnlyList<string> lines)
    {
        console.WriteLine(title);
        foreach (var line in lines)
            console.WriteLine($"  {line}");
    }

    private static string YesNo(bool yes) => yes ? Say("oui", "yes") : Say("non", "no");

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
