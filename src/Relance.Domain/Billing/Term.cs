namespace Relance.Domain.Billing;

/// <summary>A paid period, both days included, in local dates of the shop.</summary>
public readonly record struct Term
{
    /// <summary>Creates the period.</summary>
    /// <exception cref="ArgumentException"><paramref name="end"/> lies before <paramref name="start"/>.</exception>
    public Term(DateOnly start, DateOnly end)
    {
        if (end < start)
            throw new ArgumentException($"A term ends on or after its first day; got {start:O} to {end:O}.", nameof(end));
        (Start, End) = (start, end);
    }

    /// <summary>First day covered.</summary>
    public DateOnly Start { get; }

    /// <summary>Last day covered: the anchor J of the maintenance sequence.</summary>
    public DateOnly End { get; }

    /// <summary>The <paramref name="number"/>th term (from 1), always counted from the first start so that month ends do not drift.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Months or number below 1.</exception>
    public static Term Nth(DateOnly firstStart, int months, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return new Term(firstStart.AddMonths(months * (number - 1)), firstStart.AddMonths(months * number).AddDays(-1));
    }
}
