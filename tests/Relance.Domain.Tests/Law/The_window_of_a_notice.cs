using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Law;

namespace Relance.Domain.Tests.Law;

public sealed class The_window_of_a_notice
{
    private static readonly BusinessCalendar s_calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), SendingWindow.Default);

    private static readonly ClientKind[] s_covered = [ClientKind.Consumer, ClientKind.NonProfessional, ClientKind.Unknown];

    private static readonly NoticePeriod[] s_notices = [.. Enumerable.Range(0, 7).Select(NoticePeriod.OfMonths), NoticePeriod.OfDays(15), NoticePeriod.OfDays(45), NoticePeriod.OfDays(90)];

    [Fact]
    public void On_any_day_it_begins_before_it_ends_and_lies_between_three_and_one_months_before_the_deadline()
    {
        foreach (var (window, term, _) in EveryWindow())
        {
            var (earliest, latest) = (window.Earliest!.Value, window.Latest!.Value);
            earliest.ShouldBeLessThan(latest, $"{term:O}");
            // One month before counts like the calendar does: adding the month back never passes the deadline.
            latest.AddMonths(1).ShouldBeLessThanOrEqualTo(window.Deadline, $"{term:O}");
            earliest.AddMonths(3).ShouldBeGreaterThanOrEqualTo(window.Deadline, $"{term:O}: too early");
            window.Allows(earliest.AddDays(-1)).ShouldBeFalse();
            window.Allows(latest.AddDays(1)).ShouldBeFalse();
            window.AlarmFrom.ShouldBe(latest.AddDays(-7));
        }
    }

    [Fact]
    public void The_default_day_is_lawful_and_open_and_never_later_than_two_months_before()
    {
        foreach (var (window, term, _) in EveryWindow())
        {
            var day = window.DefaultOn(s_calendar)!.Value;
            window.Allows(day).ShouldBeTrue($"{term:O}");
            s_calendar.IsOpen(day).ShouldBeTrue($"{term:O}");
            day.ShouldBeLessThanOrEqualTo(window.Deadline.AddMonths(-2), $"{term:O}");
            day.ShouldBeLessThan(window.AlarmFrom!.Value, $"{term:O}");
        }
    }

    [Fact]
    public void Thirty_days_before_the_term_is_never_lawful_with_a_notice_of_a_month_or_more() =>
        EveryWindow().Where(w => w.Notice.Months > 0).ShouldAllBe(w => !w.Window.Allows(w.Term.AddDays(-30)));

    [Theory]
    [InlineData(ClientKind.Consumer, true)]
    [InlineData(ClientKind.NonProfessional, true)]
    [InlineData(ClientKind.Unknown, true)]
    [InlineData(ClientKind.Business, false)]
    [InlineData(ClientKind.PublicBody, false)]
    public void Whoever_is_not_known_is_protected(ClientKind client, bool covered)
    {
        var window = NoticeWindow.For(new(2026, 12, 31), NoticePeriod.OfMonths(2), client);
        window.Covered.ShouldBe(covered);
        window.Latest.HasValue.ShouldBe(covered);
        window.Allows(new(2026, 12, 1)).ShouldBe(!covered);
        window.DefaultOn(s_calendar).ShouldBe(covered ? new DateOnly(2026, 8, 31) : null);
    }

    [Fact]
    public void A_window_that_began_before_the_term_starts_with_it()
    {
        var window = NoticeWindow.For(new(2027, 2, 28), NoticePeriod.OfMonths(0), ClientKind.Consumer, new DateOnly(2026, 12, 15));
        window.Earliest.ShouldBe(new DateOnly(2026, 12, 15));
        window.Latest.ShouldBe(new DateOnly(2027, 1, 28));
        window.Blocked.ShouldBeFalse();
    }

    [Fact]
    public void Whatever_the_length_of_its_term_a_window_begins_before_it_ends_or_is_blocked_with_a_reason()
    {
        var random = new Random(5);
        for (var n = 0; n < 20_000; n++)
        {
            var term = new DateOnly(2026, 1, 1).AddDays(random.Next(3000));
            var start = term.AddDays(-random.Next(800));
            var window = NoticeWindow.For(term, s_notices[random.Next(s_notices.Length)], s_covered[random.Next(s_covered.Length)], start);
            window.Blocked.ShouldBe(window.Latest is null);
            window.Blocked.ShouldBe(window.Deadline.AddMonths(-1) < start);
            if (window.Blocked)
                continue;
            window.Earliest!.Value.ShouldBeLessThanOrEqualTo(window.Latest!.Value, $"{start:O} {term:O}");
            window.Earliest.Value.ShouldBeGreaterThanOrEqualTo(start);
            window.Allows(window.DefaultOn(s_calendar)!.Value).ShouldBeTrue($"{start:O} {term:O}");
            window.AlarmFrom!.Value.ShouldBeInRange(window.Earliest.Value, window.Latest.Value);
        }
    }

    [Theory]
    [InlineData("P2M", "P2M")]
    [InlineData("P0M", "P0M")]
    [InlineData("P90D", "P90D")]
    [InlineData("P0D", "P0M")]
    public void A_notice_period_is_read(string text, string written) => NoticePeriod.Parse(text).ToString().ShouldBe(written);

    [Theory]
    [InlineData("")]
    [InlineData("2M")]
    [InlineData("P2")]
    [InlineData("P-2M")]
    [InlineData("P2W")]
    [InlineData("P1M15D")]
    [InlineData("P121M")]
    [InlineData("P99999999999D")]
    public void Another_one_is_refused(string text) => Should.Throw<FormatException>(() => NoticePeriod.Parse(text)).Message.ShouldStartWith("notice: expected");

    private static IEnumerable<(NoticeWindow Window, DateOnly Term, NoticePeriod Notice)> Every() =>
        from day in Enumerable.Range(0, 4 * 366)
        let term = new DateOnly(2026, 1, 1).AddDays(day)
        from notice in s_notices
        select (NoticeWindow.For(term, notice, ClientKind.Consumer), term, notice);

    private static List<(NoticeWindow Window, DateOnly Term, NoticePeriod Notice)> EveryWindow() => [.. Every()];
}
