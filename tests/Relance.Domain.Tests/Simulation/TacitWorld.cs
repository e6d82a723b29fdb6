using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Law;
using Relance.Domain.Reminders;
using Relance.Domain.Tests.Planning;

namespace Relance.Domain.Tests.Simulation;

/// <summary>A tacit contract of a random kind in five random years: outages of the service, refusals of the mail server, pauses, disputes, other mails.</summary>
internal sealed class TacitWorld
{
    private static readonly ClientKind[] s_kinds = [ClientKind.Consumer, ClientKind.Consumer, ClientKind.Unknown, ClientKind.NonProfessional, ClientKind.Business, ClientKind.PublicBody];
    private static readonly int[] s_months = [1, 2, 3, 6, 12, 12, 12, 24, 36];
    private static readonly NoticePeriod[] s_notices =
    [
        NoticePeriod.OfMonths(0), NoticePeriod.OfMonths(1), NoticePeriod.OfMonths(2), NoticePeriod.OfMonths(2), NoticePeriod.OfMonths(3), NoticePeriod.OfMonths(6),
        NoticePeriod.OfDays(15), NoticePeriod.OfDays(30), NoticePeriod.OfDays(60), NoticePeriod.OfDays(90),
    ];

    private readonly Random _random;
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _outages = [];

    public TacitWorld(int seed)
    {
        _random = new Random(seed);
        Seed = seed;
        Kind = Pick(s_kinds);
        Months = Pick(s_months);
        Notice = Pick(s_notices);
        FirstStart = new DateOnly(2025, 1, 1).AddDays(_random.Next(365));
        Calendar = new BusinessCalendar(Story.Paris, SendingWindow.Default, region: Pick(Enum.GetValues<HolidayRegion>()));
        Linked = FirstStart.AddDays(_random.Next(3) == 0 ? _random.Next(400) : 0);
        MailFailsOneIn = Pick([2, 5, 1000]);
        // One world in four suffers weeks of silence, the others hours and days.
        for (var at = Calendar.StartOf(FirstStart); at < End; at = at.AddDays(1 + _random.Next(90)))
            _outages.Add((at, at.AddHours(1 + _random.Next(_random.Next(4) == 0 ? 24 * 45 : 60))));
    }

    public int Seed { get; }
    public ClientKind Kind { get; }
    public int Months { get; }
    public NoticePeriod Notice { get; }
    public DateOnly FirstStart { get; }
    public DateOnly Linked { get; }
    public BusinessCalendar Calendar { get; }
    public int MailFailsOneIn { get; }
    public DateTimeOffset End => Calendar.StartOf(FirstStart.AddYears(5));

    public TacitTerm Term(int number) => new(Domain.Billing.Term.Nth(FirstStart, Months, number), Notice, Kind);

    /// <summary>Pauses, disputes, holds, announced transfers and other mails of the day: nothing of that keeps a legal notice from going.</summary>
    public Cycle Cycle(TacitTerm term, int number, DateOnly today) => new(
        CycleState.Open, RenewalKind.Tacit, number, term.Term.End, Linked, _random.Next(3) == 0 ? today.AddDays(30) : null, _random.Next(3) == 0 ? today : null,
        _random.Next(4) == 0 ? SkipReason.NeedsDecision : null, _random.Next(4) == 0 ? SkipReason.Disputed : null, LegalHold: term.IsImpossible ? SkipReason.NoticeImpossible : null);

    public bool SlotTaken() => _random.Next(2) == 0;

    public bool MailFails() => _random.Next(MailFailsOneIn) == 0;

    public bool Bounces() => _random.Next(15) == 0;

    public TimeSpan Soon() => TimeSpan.FromMinutes(1 + _random.Next(30));

    /// <summary>The first instant from one on at which the service runs.</summary>
    public DateTimeOffset Up(DateTimeOffset at) => _outages.Where(o => at >= o.From && at < o.To).Select(o => o.To).DefaultIfEmpty(at).Max() is var up && up > at ? Up(up) : at;

    /// <summary>Whether the service runs all the time between two instants.</summary>
    public bool IsUp(DateTimeOffset from, DateTimeOffset to) => !_outages.Exists(o => o.From < to && o.To > from);

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
