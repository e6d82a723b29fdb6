using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Law;

namespace Relance.Domain.Reminders;

/// <summary>What the tacit sequence is built for: one term of one contract.</summary>
/// <param name="Term">The running term; its last day is J.</param>
/// <param name="Notice">P: the contract's notice period.</param>
/// <param name="Client">What the law sees in the client.</param>
/// <param name="NoticeDays">Days before J at which whoever the law does not cover is told (setting).</param>
public sealed record TacitTerm(Term Term, NoticePeriod Notice, ClientKind Client, int NoticeDays = 30)
{
    /// <summary>When the law lets the notice go.</summary>
    public NoticeWindow Window { get; } = NoticeWindow.For(Term.End, Notice, Client, Term.Start);

    /// <summary>No notice of this term can be given: no day is lawful, or the deadline to refuse lies before its first day.</summary>
    public bool IsImpossible => Window.Blocked || Window.Deadline < Term.Start;

    /// <summary>The day the notice goes, before the calendar moves it: two months before the deadline within the lawful window; the setting for
    /// others, counted from J, or from the deadline where the contract's own comes first: told afterwards, nobody could refuse any more.</summary>
    public DateOnly NoticeOn => Window.NominalOn ?? Later(Earlier(Term.End, Window.Deadline).AddDays(-NoticeDays), Term.Start);

    /// <summary>The last day on which the notice may go.</summary>
    public DateOnly NoticeUntil => Window.Latest ?? Window.Deadline;

    /// <summary>The first day on which the renewal is certain: J, or the day after the deadline where the client may still refuse on J.</summary>
    public DateOnly RenewsOn => Later(Term.End, Window.Deadline.AddDays(1));

    /// <summary>How many days too late the setting would be; zero or less: it would not.</summary>
    public int SettingIsLateBy => Term.End.AddDays(-NoticeDays).DayNumber - NoticeUntil.DayNumber;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}

/// <summary>Builds the sequence of contracts that renew tacitly (catalogue §2, C. consom. L215-1).</summary>
public static class TacitSequence
{
    /// <summary>The name stored with cycles.</summary>
    public const string Name = "tacit";

    /// <summary>Ids of the dated steps.</summary>
    public const string LegalNotice = "tacit.legal-notice", Reminder = "tacit.reminder";

    /// <summary>Ids of the confirmations.</summary>
    public const string Confirmation = "tacit.confirmation", Declined = "tacit.declined", Ended = "tacit.ended", Received = "tacit.received";

    // A quarter leaves no room for a second message about the same deadline.
    private const int ShortTermDays = 100, ReminderDays = 15;

    /// <summary>The steps of a term.</summary>
    public static Sequence For(TacitTerm term)
    {
        var notice = new Step(LegalNotice, StepClass.Legal, Day(term, term.NoticeOn), Day(term, term.NoticeUntil), DateMove.Earlier, 1, IsPrerequisite: true)
        {
            FirstDay = Day(term, term.Window.Earliest ?? term.Term.Start),
            UrgentDay = term.Window.AlarmFrom is { } alarm ? Day(term, alarm) : null,
        };
        return new Sequence(Name, IsShort(term) || term.IsImpossible ? [notice] : [notice, ReminderOf(term)]);
    }

    private static Step ReminderOf(TacitTerm term) => new(
        Reminder, StepClass.Reminder, Day(term, term.Window.Deadline.AddDays(-ReminderDays)), Day(term, term.Window.Deadline.AddDays(-1)), DateMove.Earlier, 2, Requires: LegalNotice);

    private static bool IsShort(TacitTerm term) => term.Term.End.DayNumber - term.Term.Start.DayNumber < ShortTermDays;

    private static int Day(TacitTerm term, DateOnly day) => day.DayNumber - term.Term.End.DayNumber;
}
