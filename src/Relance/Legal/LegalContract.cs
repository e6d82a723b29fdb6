using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Law;
using Relance.Domain.Reminders;

namespace Relance.Legal;

/// <summary>An open contract as the law looks at it on a day.</summary>
/// <param name="Email">Where its mails go; null when there is no address, or when its server refused it for good.</param>
/// <param name="Sent">Whether the notice of the running term reached the client's server.</param>
/// <param name="ByDefault">Days before the term at which a notice leaves where the law sets no window.</param>
internal sealed record LegalContract(StoredContract Stored, string Client, string? Email, string Shop, bool Sent, BusinessCalendar Calendar, DateOnly Today, int ByDefault)
{
    private const int FurthestTerms = 60;

    public ContractState State => Stored.State;

    public bool IsTacit => State.Kind == RenewalKind.Tacit;

    public string Reference => LegalNotices.Reference(Stored.Source, Stored.ExternalKey, State);

    /// <summary>The window of the running term; null while the notice period is not known.</summary>
    public NoticeWindow? Window => LegalNotices.WindowOf(State, Stored.ClientKind);

    /// <summary>The notice of the running term is given: by mail, or as a person says.</summary>
    public bool IsGiven => Sent || State.NoticeGiven?.TermNo == State.TermNo;

    /// <summary>given, off, blocked, missed or open.</summary>
    public string NoticeOf(NoticeWindow window, bool running) => window switch
    {
        _ when running && IsGiven => "given",
        { Blocked: true } => "blocked",
        { Latest: { } latest } when latest < Today => "missed",
        _ => State.NoticeOff is null ? "open" : "off",
    };

    /// <summary>Every legal date up to a day, of the running term and of those that follow it if the contract goes on.</summary>
    public IEnumerable<LegalDate> Dates(DateOnly until)
    {
        if (State.Notice is not { } notice)
            yield break;
        var term = new Term(State.TermStart, State.TermEnd);
        for (var n = 0; n < FurthestTerms && term.Start <= until; n++, term = After(term))
        {
            var window = NoticeWindow.For(term.End, notice, Stored.ClientKind, term.Start);
            var state = NoticeOf(window, n == 0);
            foreach (var (on, what) in Days(window, term, state).Where(day => day.On >= Today && day.On <= until))
                yield return new LegalDate(on, what, Stored.Id, Reference, Stored.ClientId, Client, Stored.ClientKind.Code(), Shop, term.End, window.Covered, state);
        }
    }

    private IEnumerable<(DateOnly On, string What)> Days(NoticeWindow window, Term term, string notice)
    {
        if (notice is "open" or "off" && window is { Earliest: { } earliest, Latest: { } latest })
        {
            yield return (earliest, "window-opens");
            yield return (window.DefaultOn(Calendar)!.Value, "send-on");
            yield return (window.AlarmFrom!.Value, "alarm");
            yield return (latest, "hard-stop");
        }
        else if (notice == "open")
        {
            yield return (Calendar.Move(term.End.AddDays(-ByDefault), DateMove.Earlier), "send-on");
        }

        yield return (window.Deadline, "deadline");
        yield return (term.End, "term");
    }

    private Term After(Term term) => new(term.End.AddDays(1), term.End.AddDays(1).AddMonths(Math.Max(1, State.RenewalMonths ?? State.Months)).AddDays(-1));
}
