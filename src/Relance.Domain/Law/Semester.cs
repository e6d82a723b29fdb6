using System.Globalization;

namespace Relance.Domain.Law;

/// <summary>Half a calendar year: the period for which rates are published.</summary>
/// <param name="Year">The year.</param>
/// <param name="Half">1 from January, 2 from July.</param>
public readonly record struct Semester(int Year, int Half) : IComparable<Semester>
{
    /// <summary>The semester of a day.</summary>
    public static Semester Of(DateOnly day) => new(day.Year, day.Month <= 6 ? 1 : 2);

    /// <summary>Reads <c>2026-S2</c>.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static Semester Parse(string text) => text is [_, _, _, _, '-', 'S', '1' or '2'] && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        ? new(year, text[^1] - '0')
        : throw new FormatException($"semester: expected a year and its half such as 2026-S2, got '{text}'.");

    /// <summary>Its first day.</summary>
    public DateOnly Start => new(Year, Half == 1 ? 1 : 7, 1);

    /// <summary>Its last day.</summary>
    public DateOnly End => Next.Start.AddDays(-1);

    /// <summary>The one after it.</summary>
    public Semester Next => Half == 1 ? new(Year, 2) : new(Year + 1, 1);

    /// <inheritdoc/>
    public int CompareTo(Semester other) => (Year, Half).CompareTo((other.Year, other.Half));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-S{Half}");
}
