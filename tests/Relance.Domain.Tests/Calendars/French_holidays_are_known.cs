using Relance.Domain.Calendar;

namespace Relance.Domain.Tests.Calendars;

public sealed class French_holidays_are_known
{
    // Dates as published by the administration (service-public.fr, « jours fériés »).
    public static TheoryData<int, string, string, string, string> Movable => new()
    {
        { 2024, "03-29", "04-01", "05-09", "05-20" },
        { 2025, "04-18", "04-21", "05-29", "06-09" },
        { 2026, "04-03", "04-06", "05-14", "05-25" },
        { 2027, "03-26", "03-29", "05-06", "05-17" },
        { 2028, "04-14", "04-17", "05-25", "06-05" },
        { 2029, "03-30", "04-02", "05-10", "05-21" },
        { 2030, "04-19", "04-22", "05-30", "06-10" },
    };

    [Theory]
    [MemberData(nameof(Movable))]
    public void A_year_has_exactly_its_holidays(int year, string goodFriday, string easterMonday, string ascension, string whitMonday)
    {
        string[] everywhere = ["01-01", easterMonday, "05-01", "05-08", ascension, whitMonday, "07-14", "08-15", "11-01", "11-11", "12-25"];
        HolidaysOf(year, HolidayRegion.Metropole).ShouldBe(everywhere.Distinct().Order());
        HolidaysOf(year, HolidayRegion.AlsaceMoselle).ShouldBe(everywhere.Append(goodFriday).Append("12-26").Distinct().Order());
    }

    // The earliest and latest dates that Easter can have, and years that simpler formulas get wrong.
    [Theory]
    [InlineData("1818-03-22")]
    [InlineData("1954-04-18")]
    [InlineData("1981-04-19")]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")]
    [InlineData("2038-04-25")]
    [InlineData("2049-04-18")]
    [InlineData("2100-03-28")]
    public void Easter_is_right_at_its_edges(string date)
    {
        var easter = DateOnly.Parse(date);
        FrenchHolidays.EasterSunday(easter.Year).ShouldBe(easter);
    }

    private static IEnumerable<string> HolidaysOf(int year, HolidayRegion region) =>
        Enumerable.Range(0, 366).Select(new DateOnly(year, 1, 1).AddDays).Where(day => day.Year == year && FrenchHolidays.Contains(day, region))
            .Select(day => day.ToString("MM-dd"));
}
