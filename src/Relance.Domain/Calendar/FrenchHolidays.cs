namespace Relance.Domain.Calendar;

/// <summary>Where the agency's clients live, as far as public holidays go.</summary>
public enum HolidayRegion
{
    /// <summary>Metropolitan France (Code du travail L3133-1).</summary>
    Metropole,
    /// <summary>Moselle, Bas-Rhin, Haut-Rhin: Good Friday and 26 December as well (L3134-13).</summary>
    AlsaceMoselle,
}

/// <summary>The public holidays of France (Code du travail L3133-1).</summary>
public static class FrenchHolidays
{
    /// <summary>Whether a day is a public holiday.</summary>
    public static bool Contains(DateOnly day, HolidayRegion region)
    {
        var afterEaster = day.DayNumber - EasterSunday(day.Year).DayNumber;
        return IsFixed(day) || IsMovable(afterEaster) || (region == HolidayRegion.AlsaceMoselle && IsAlsatian(day, afterEaster));
    }

    /// <summary>Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher).</summary>
    public static DateOnly EasterSunday(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30;
        int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }

    private static bool IsFixed(DateOnly day) => (day.Month, day.Day) is
        (1, 1) or (5, 1) or (5, 8) or (7, 14) or (8, 15) or (11, 1) or (11, 11) or (12, 25);

    // Easter Monday, Ascension Thursday, Whit Monday.
    private static bool IsMovable(int daysAfterEaster) => daysAfterEaster is 1 or 39 or 50;

    private static bool IsAlsatian(DateOnly day, int daysAfterEaster) => (day.Month, day.Day) is (12, 26) || daysAfterEaster == -2;
}
