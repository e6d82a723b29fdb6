using Relance.Domain.Calendar;
using Relance.Domain.Tests.Planning;

namespace Relance.Domain.Tests.Calendars;

public sealed class Business_days_and_windows
{
    private static readonly BusinessCalendar Metropole = new(Story.Paris, SendingWindow.Default);

    [Theory]
    [InlineData("2027-01-08", true)]   // Friday
    [InlineData("2027-01-09", false)]
    [InlineData("2027-01-10", false)]
    [InlineData("2027-01-11", true)]
    [InlineData("2027-03-29", false)]  // Easter Monday
    [InlineData("2027-03-26", true)]   // Good Friday outside Alsace
    public void Weekends_and_holidays_are_closed(string day, bool open) => Metropole.IsOpen(DateOnly.Parse(day)).ShouldBe(open);

    [Fact]
    public void A_shop_that_sends_every_day_knows_no_closed_day_but_the_avoided_ones()
    {
        var always = new BusinessCalendar(Story.Paris, SendingWindow.Default, businessDaysOnly: false);
        always.IsOpen(new DateOnly(2027, 12, 25)).ShouldBeTrue();
        always.IsOpen(new DateOnly(2027, 12, 25), [DayOfWeek.Saturday]).ShouldBeFalse();
        always.Move(new DateOnly(2027, 12, 25), DateMove.Later, [DayOfWeek.Saturday]).ShouldBe(new DateOnly(2027, 12, 26));
    }

    [Theory]
    [InlineData("2027-01-08", "2027-01-08", "2027-01-08")]
    [InlineData("2027-01-09", "2027-01-08", "2027-01-11")]
    [InlineData("2027-03-27", "2027-03-26", "2027-03-30")]  // Easter weekend
    [InlineData("2026-12-25", "2026-12-24", "2026-12-28")]
    [InlineData("2027-05-08", "2027-05-07", "2027-05-10")]
    public void A_closed_day_moves_to_the_nearest_open_one(string day, string earlier, string later)
    {
        Metropole.Move(DateOnly.Parse(day), DateMove.Earlier).ShouldBe(DateOnly.Parse(earlier));
        Metropole.Move(DateOnly.Parse(day), DateMove.Later).ShouldBe(DateOnly.Parse(later));
    }

    [Fact]
    public void Avoided_weekdays_move_too() =>
        Metropole.Move(new DateOnly(2027, 1, 8), DateMove.Later, [DayOfWeek.Friday, DayOfWeek.Monday]).ShouldBe(new DateOnly(2027, 1, 12));

    [Theory]
    [InlineData(DateMove.Earlier)]
    [InlineData(DateMove.Later)]
    public void A_calendar_without_an_open_day_moves_nothing(DateMove move) =>
        Metropole.Move(new DateOnly(2027, 1, 8), move, Enum.GetValues<DayOfWeek>()).ShouldBe(new DateOnly(2027, 1, 8));

    [Theory]
    [InlineData("2026-11-09T22:59:59Z", "2026-11-09")]
    [InlineData("2026-11-09T23:00:00Z", "2026-11-10")]
    public void The_local_date_is_the_shops(string instant, string date) =>
        Metropole.LocalDate(DateTimeOffset.Parse(instant)).ShouldBe(DateOnly.Parse(date));

    [Fact]
    public void The_window_opens_and_closes_in_local_time()
    {
        var day = new DateOnly(2027, 7, 1);
        Metropole.StartOf(day).ShouldBe(DateTimeOffset.Parse("2027-06-30T22:00:00Z"));
        Metropole.OpensOn(day).ShouldBe(DateTimeOffset.Parse("2027-07-01T07:00:00Z"));
        Metropole.ClosesOn(day, lastDay: false).ShouldBe(DateTimeOffset.Parse("2027-07-01T08:00:00Z"));
        Metropole.ClosesOn(day, lastDay: true).ShouldBe(DateTimeOffset.Parse("2027-07-01T17:00:00Z"));
    }

    [Fact]
    public void A_last_call_never_shortens_the_window() =>
        new BusinessCalendar(Story.Paris, new(new(8, 0), new(20, 0), new(19, 0))).ClosesOn(new DateOnly(2027, 7, 1), lastDay: true)
            .ShouldBe(DateTimeOffset.Parse("2027-07-01T18:00:00Z"));

    [Theory]
    [InlineData("Europe/Paris", "2027-03-28", "01:59", "2027-03-28T00:59:00Z")]
    [InlineData("Europe/Paris", "2027-03-28", "02:00", "2027-03-28T01:00:00Z")]   // does not exist: 3:00 summer time
    [InlineData("Europe/Paris", "2027-03-28", "02:30", "2027-03-28T01:00:00Z")]
    [InlineData("Europe/Paris", "2027-10-31", "02:30", "2027-10-31T00:30:00Z")]   // twice: the first
    [InlineData("Europe/Paris", "2027-10-31", "03:00", "2027-10-31T02:00:00Z")]
    [InlineData("Atlantic/Azores", "2027-10-31", "00:30", "2027-10-31T00:30:00Z")]
    [InlineData("Africa/Cairo", "2027-04-30", "00:00", "2027-04-29T22:00:00Z")]   // midnight does not exist
    [InlineData("Pacific/Noumea", "2027-03-28", "02:30", "2027-03-27T15:30:00Z")]
    public void A_time_that_does_not_exist_moves_on_and_one_that_comes_twice_is_the_first(string zone, string day, string time, string instant)
    {
        var calendar = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone), SendingWindow.Default);
        calendar.At(DateOnly.Parse(day), TimeOnly.Parse(time)).ShouldBe(DateTimeOffset.Parse(instant));
    }

    [Theory]
    [InlineData("2027-03-28")]
    [InlineData("2027-10-31")]
    public void A_window_around_the_change_of_the_clocks_stays_a_window(string date)
    {
        var calendar = new BusinessCalendar(Story.Paris, new(new(1, 30), new(3, 30), new(3, 45)), businessDaysOnly: false);
        var day = DateOnly.Parse(date);
        calendar.OpensOn(day).ShouldBeLessThan(calendar.ClosesOn(day, lastDay: false));
        calendar.LocalDate(calendar.OpensOn(day)).ShouldBe(day);
    }
}
