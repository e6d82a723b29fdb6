using Relance.Domain.Billing;
using Relance.Domain.Calendar;

namespace Relance.Domain.Law;

/// <summary>When the notice of a tacit renewal may lawfully be sent (C. consom. L215-1). Local dates, both ends included.</summary>
/// <param name="Deadline">D: the last day on which the client may refuse.</param>
/// <param name="Covered">Consumers, non-professionals, and whoever is not known yet; false: the contract's clause governs.</param>
/// <param name="Earliest">First lawful day; null where not covered or blocked.</param>
/// <param name="Latest">Last lawful day, the hard stop; null where not covered or blocked.</param>
/// <param name="Reason">Why no day is lawful; null when one is.</param>
/// <param name="Articles">The texts it rests on.</param>
/// <param name="Working">The computation, line by line, in ISO dates and durations.</param>
public sealed record NoticeWindow(
    DateOnly Deadline, bool Covered, DateOnly? Earliest, DateOnly? Latest, string? Reason, IReadOnlyList<Article> Articles, IReadOnlyList<string> Working)
{
    /// <summary>Days before the hard stop from which the notice leaves at once, at any hour.</summary>
    public const int AlarmDays = 7;

    /// <summary>No lawful day exists: the term is too short for its notice.</summary>
    public bool Blocked => Reason is not null;

    /// <summary>From this day on the notice is late: it leaves at once. Null where there is no window.</summary>
    public DateOnly? AlarmFrom => Latest is { } latest ? Later(latest.AddDays(-AlarmDays), Earliest!.Value) : null;

    /// <summary>Computes the window of a contract.</summary>
    /// <param name="term">T: the last day of the running term.</param>
    /// <param name="notice">P: the contract's notice period.</param>
    /// <param name="client">What the law sees in the client.</param>
    /// <param name="termStart">First day of the running term, where known: a window that ends before it is blocked.</param>
    public static NoticeWindow For(DateOnly term, NoticePeriod notice, ClientKind client, DateOnly? termStart = null)
    {
        var deadline = notice.Before(term);
        var line = $"D = T - P = {term:yyyy-MM-dd} - {notice} = {deadline:yyyy-MM-dd}";
        if (!Covers(client))
            return new NoticeWindow(deadline, false, null, null, null, [Article.FixedTerm], [line]);
        var (earliest, latest) = (Safe(deadline), deadline.AddMonths(-1));
        var opens = termStart is { } first ? Later(earliest, first) : earliest;
        string[] working =
        [
            line,
            $"D - P3M = {deadline.AddMonths(-3):yyyy-MM-dd}" + (earliest == deadline.AddMonths(-3) ? "" : $" -> {earliest:yyyy-MM-dd}"),
            $"D - P1M = {latest:yyyy-MM-dd}",
            .. opens == earliest ? (string[])[] : [$"T0 = {opens:yyyy-MM-dd}"],
        ];
        return termStart is { } start && latest < start
            ? new NoticeWindow(deadline, true, null, null, $"latest lawful date {latest:yyyy-MM-dd} lies before the term begins", Basis(client), working)
            : new NoticeWindow(deadline, true, opens, latest, null, Basis(client), working);
    }

    /// <summary>Whether L215-1 protects this kind of client; unknown counts as covered (our cautious reading).</summary>
    public static bool Covers(ClientKind client) => client is ClientKind.Consumer or ClientKind.NonProfessional or ClientKind.Unknown;

    /// <summary>Whether a notice sent on a day is lawful; always true where the law sets no window.</summary>
    public bool Allows(DateOnly day) => !Covered || (Earliest <= day && day <= Latest);

    /// <summary>D - 2 months, within the window; null where there is none.</summary>
    public DateOnly? NominalOn => Latest is { } latest ? Earlier(Later(Deadline.AddMonths(-2), Earliest!.Value), latest) : null;

    /// <summary>The day the notice goes: D - 2 months, moved earlier off closed days, never out of the window. Null where there is no window.</summary>
    public DateOnly? DefaultOn(BusinessCalendar calendar)
    {
        if (NominalOn is not { } nominal)
            return null;
        // Moved before the window, the day itself stands: a notice on a Sunday is lawful, one before the window is not.
        return calendar.Move(nominal, DateMove.Earlier) is var moved && moved >= Earliest ? moved : nominal;
    }

    // Where the day number does not exist three months before, "at the earliest three months" is only safe the day after.
    private static DateOnly Safe(DateOnly deadline) => deadline.AddMonths(-3) is var earliest && earliest.Day < deadline.Day ? earliest.AddDays(1) : earliest;

    private static IReadOnlyList<Article> Basis(ClientKind client) => client == ClientKind.NonProfessional
        ? [Article.RenewalNotice, Article.NonProfessionals]
        : [Article.Definitions, Article.RenewalNotice];

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
