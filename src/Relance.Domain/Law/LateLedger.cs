using System.Globalization;

namespace Relance.Domain.Law;

/// <summary>Walks the days of lateness: semesters change the rate, payments and credit notes change the balance. Nothing is rounded here.</summary>
internal sealed class LateLedger(LateClaim claim, RateTable rates)
{
    private readonly List<LateSegment> _segments = [];
    private readonly List<string> _working = [];
    private decimal _paidInterest;
    private SemesterRates? _frozen;

    public decimal Principal { get; private set; } = claim.Principal;

    public decimal Accrued { get; private set; }

    public decimal Surplus { get; private set; }

    public decimal InterestDue => Accrued - _paidInterest;

    public bool WasLate { get; private set; }

    public IReadOnlyList<LateSegment> Segments => _segments;

    public IReadOnlyList<string> Working => _working;

    public void Run()
    {
        var next = claim.RunsAfter?.AddDays(1) ?? DateOnly.MaxValue;
        foreach (var day in Changes())
        {
            // A payment counts on its own day: interest runs up to it, included.
            next = Accrue(next, day.On);
            Apply(day);
        }

        Accrue(next, claim.Until);
    }

    // Payments of one day are one: their order cannot matter. A credit note lowers the principal before the day's payment is set against it.
    private IEnumerable<(DateOnly On, decimal Paid, decimal Credited)> Changes() => claim.Payments.Select(p => (p.On, Paid: p.Amount, Credited: 0m))
        .Concat(claim.Credits.Select(c => (c.On, Paid: 0m, Credited: c.Amount)))
        .Where(change => change.On <= claim.Until)
        .GroupBy(change => change.On).OrderBy(day => day.Key)
        .Select(day => (day.Key, day.Sum(change => change.Paid), day.Sum(change => change.Credited)));

    private DateOnly Accrue(DateOnly from, DateOnly until)
    {
        while (from <= until && Principal > 0)
        {
            var semester = Semester.Of(from);
            var to = until < semester.End ? until : semester.End;
            Add(semester, from, to);
            from = to.AddDays(1);
        }

        return from > until ? from : until.AddDays(1);
    }

    private void Add(Semester semester, DateOnly from, DateOnly to)
    {
        WasLate = true;
        var (rate, floor) = RateOf(semester);
        var segment = new LateSegment(semester, from, to, rate, Principal, floor);
        _segments.Add(segment);
        Accrued += segment.Interest;
    }

    private (decimal Rate, decimal? Floor) RateOf(Semester semester)
    {
        var row = claim.Rules == LateRules.PublicBody ? _frozen ??= rates[semester] : rates[semester];
        return (claim.Rules, claim.Rate) switch
        {
            (LateRules.PublicBody, _) => (row.PublicDefault, null),
            (LateRules.Civil, _) => (row.LegalProfessionals, null),
            (_, PenaltyRate.Contract contract) => (contract.Percent, row.Floor),
            (_, PenaltyRate.LegalTimesThree) => (row.Floor, row.Floor),
            _ => (row.BusinessDefault, row.Floor),
        };
    }

    private void Apply((DateOnly On, decimal Paid, decimal Credited) day)
    {
        var credited = Math.Min(day.Credited, Principal);
        Principal -= credited;
        var interest = Math.Min(day.Paid, InterestDue);
        var principal = Math.Min(day.Paid - interest, Principal);
        (_paidInterest, Principal) = (_paidInterest + interest, Principal - principal);
        Surplus += day.Paid - interest - principal + (day.Credited - credited);
        _working.Add(string.Create(CultureInfo.InvariantCulture,
            $"{day.On:yyyy-MM-dd}: credit {credited:0.00}, paid {day.Paid:0.00} = interest {interest:0.0000} + principal {principal:0.0000}; left {Principal:0.0000}"));
    }
}
