namespace Relance.Tests.ThreeProcesses;

/// <summary>The days of the maintenance sequence, counted apart from the product: weekends and French holidays of 2026 to 2028 by list.</summary>
internal static class Due
{
    private static readonly HashSet<(int Month, int Day)> s_fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];

    // Easter Monday, Ascension, Whit Monday.
    private static readonly HashSet<DateOnly> s_moving =
    [
        new(2026, 4, 6), new(2026, 5, 14), new(2026, 5, 25), new(2027, 3, 29), new(2027, 5, 6), new(2027, 5, 17), new(2028, 4, 17), new(2028, 5, 25), new(2028, 6, 5),
    ];

    public static DateOnly Notice(DateOnly anchor) => Moved(anchor.AddDays(-30), -1);

    public static DateOnly Suspension(DateOnly anchor) => Moved(anchor.AddDays(7), 1);

    public static DateOnly Ended(DateOnly anchor) => Moved(anchor.AddDays(30), 1);

    /// <summary>Where a contract must stand at the end of a day.</summary>
    public static string Standing(DateOnly anchor, bool paid, DateOnly day) => (paid, anchor) switch
    {
        (true, _) => "active",
        _ when day >= Ended(anchor) => "ended",
        _ when day >= Suspension(anchor) => "suspended",
        _ when day > anchor => "grace",
        _ when day >= Notice(anchor) => "renewal-due",
        _ => "active",
    };

    private static DateOnly Moved(DateOnly day, int step)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || s_fixed.Contains((day.Month, day.Day)) || s_moving.Contains(day))
            day = day.AddDays(step);
        return day;
    }
}
