using System.Globalization;

namespace Relance.Domain.Law;

/// <summary>How long before the term a refusal must arrive: whole months or whole days, 0 allowed.</summary>
public readonly record struct NoticePeriod
{
    private NoticePeriod(int months, int days) => (Months, Days) = (months, days);

    /// <summary>Calendar months.</summary>
    public int Months { get; }

    /// <summary>Days.</summary>
    public int Days { get; }

    /// <summary>A notice of calendar months.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 120.</exception>
    public static NoticePeriod OfMonths(int months) => new(Checked(months, 120), 0);

    /// <summary>A notice of days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 3660.</exception>
    public static NoticePeriod OfDays(int days) => new(0, Checked(days, 3660));

    /// <summary>Reads an ISO 8601 duration of one unit: <c>P2M</c>, <c>P90D</c>, <c>P0M</c>.</summary>
    /// <exception cref="FormatException">Anything else; the message says what was expected.</exception>
    public static NoticePeriod Parse(string text) => TryParse(text, out var notice)
        ? notice
        : throw new FormatException($"notice: expected months or days such as P2M or P90D, got '{text}'.");

    /// <summary>Reads the same; false for anything else.</summary>
    public static bool TryParse(string text, out NoticePeriod notice)
    {
        notice = default;
        if (text is not ['P', .. var digits, var unit and ('M' or 'D')] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > (unit == 'M' ? 120 : 3660))
            return false;
        notice = unit == 'M' ? OfMonths(count) : OfDays(count);
        return true;
    }

    /// <summary>The last day to refuse, D, for a contract that ends on a day: a day number that does not exist becomes the month's last day.</summary>
    public DateOnly Before(DateOnly term) => term.AddMonths(-Months).AddDays(-Days);

    /// <inheritdoc/>
    public override string ToString() => Months > 0 || Days == 0
        ? string.Create(CultureInfo.InvariantCulture, $"P{Months}M")
        : string.Create(CultureInfo.InvariantCulture, $"P{Days}D");

    private static int Checked(int count, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, most);
        return count;
    }
}
