using Relance.Domain.Billing;
using Relance.Domain.Law;
using Xunit.Abstractions;

namespace Relance.Domain.Tests.Law;

public sealed class Dates_and_rates(ITestOutputHelper output)
{
    [Theory]
    [InlineData(TermsMethod.Default, 99, ClientKind.Business, false, "2026-02-09", false)]
    [InlineData(TermsMethod.Days, 61, ClientKind.Business, false, "2026-03-12", true)]
    [InlineData(TermsMethod.Days, 46, ClientKind.Business, true, "2026-02-25", true)]
    [InlineData(TermsMethod.Days, 45, ClientKind.Business, true, "2026-02-24", false)]
    [InlineData(TermsMethod.DaysThenMonthEnd, 50, ClientKind.Business, false, "2026-03-31", true)]
    [InlineData(TermsMethod.MonthEndThenDays, 46, ClientKind.Business, false, "2026-03-18", true)]
    [InlineData(TermsMethod.Days, 31, ClientKind.PublicBody, false, "2026-02-10", true)]
    public void A_term_beyond_the_maximum_is_flagged_not_changed(TermsMethod method, int days, ClientKind client, bool periodic, string due, bool beyond)
    {
        var computed = DueDate.For(new(2026, 1, 10), method, days, client, periodic);
        computed.Due.ToString("yyyy-MM-dd").ShouldBe(due);
        computed.BeyondMaximum.ShouldBe(beyond);
        computed.Working.ShouldHaveSingleItem().ShouldContain(due);
    }

    [Fact]
    public void A_written_acknowledgement_starts_a_new_period_and_two_alerts_come_before()
    {
        var debt = Limitation.For(ClientKind.Consumer, new(2024, 8, 31), new(2025, 2, 28));
        debt.Expires.ShouldBe(new DateOnly(2027, 2, 28));
        debt.Alerts.ShouldBe([new DateOnly(2026, 8, 28), new DateOnly(2026, 12, 28)]);
        debt.Articles.ShouldBe([Article.ConsumerLimitation, Article.Acknowledgement]);
        Should.Throw<ArgumentOutOfRangeException>(() => Limitation.For(ClientKind.Business, new(2024, 8, 31), new(2024, 8, 30)));
    }

    [Theory]
    [InlineData(ClientKind.Unknown, 2)]
    [InlineData(ClientKind.NonProfessional, 5)]
    public void Whoever_is_not_known_has_the_shorter_limitation(ClientKind client, int years) =>
        Limitation.For(client, new(2024, 2, 29)).Expires.ShouldBe(new DateOnly(2024, 2, 29).AddYears(years));

    [Theory]
    [InlineData("2024-01-01", null, "2028-12-31")]
    [InlineData("2024-12-31", null, "2028-12-31")]
    [InlineData("2024-05-10", "2026-02-01", "2030-12-31")]
    public void Against_public_bodies_four_years_run_from_the_next_1_January(string completed, string? acknowledged, string expires)
    {
        var debt = Limitation.For(ClientKind.PublicBody, Day(completed), acknowledged is null ? null : Day(acknowledged));
        debt.Expires.ShouldBe(Day(expires));
        debt.Alerts.ShouldBe([Day(expires).AddMonths(-6), Day(expires).AddMonths(-2)]);
        debt.Articles.ShouldBe([Article.PublicLimitation]);
        debt.Working.ShouldHaveSingleItem().ShouldEndWith($"-01-01 + P4Y = {expires}");
    }

    [Theory]
    [InlineData(ClientKind.Consumer)]
    [InlineData(ClientKind.NonProfessional)]
    [InlineData(ClientKind.Unknown)]
    public void The_law_sets_a_term_of_payment_for_businesses_and_public_bodies_only(ClientKind client) =>
        Should.Throw<ArgumentOutOfRangeException>(() => DueDate.For(new(2026, 1, 10), TermsMethod.Days, 30, client)).Message.ShouldStartWith("client: expected");

    [Fact]
    public void A_refund_that_waits_bears_the_rate_of_its_creditor()
    {
        var period = new Term(new(2026, 1, 1), new(2026, 12, 31));
        EarlyTermination.For(600m, period, new(2026, 4, 10), ClientKind.NonProfessional).InterestRate.ShouldBe(LegalRateColumn.Professionals);
        EarlyTermination.For(600m, period, new(2026, 4, 10), ClientKind.Unknown).Articles.ShouldBe([Article.RenewalNotice, Article.RefundInterest]);
    }

    [Theory]
    [InlineData("2025-12-31", "600.00")]
    [InlineData("2026-12-31", "0")]
    [InlineData("2027-03-01", "0")]
    [InlineData("2026-12-30", "1.64")]
    public void A_refund_stays_between_nothing_and_everything(string ended, string refund) =>
        EarlyTermination.For(600m, new Term(new(2026, 1, 1), new(2026, 12, 31)), DateOnly.ParseExact(ended, "yyyy-MM-dd")).Refund
            .ShouldBe(decimal.Parse(refund, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void The_shipped_table_has_every_semester_in_turn()
    {
        var rows = RateTable.Shipped.Rows;
        rows.Zip(rows.Skip(1)).ShouldAllBe(pair => pair.First.Semester.Next == pair.Second.Semester);
        rows.ShouldAllBe(row => row.Source.Length > 20 && row.RecordedOn.Year >= 2026);
        RateTable.Shipped[new Semester(2026, 2)].BusinessDefault.ShouldBe(12.40m);
        RateTable.Shipped[new Semester(2023, 1)].BusinessDefault.ShouldBe(12.50m);
    }

    [Fact]
    public void A_missing_semester_is_named_thirty_days_before_it_starts()
    {
        RateTable.Shipped.MissingSoon(new(2026, 12, 1)).ShouldBeNull();
        RateTable.Shipped.MissingSoon(new(2026, 12, 2)).ShouldBe(new Semester(2027, 1));
        Should.Throw<RateMissingException>(() => RateTable.Shipped[new Semester(2027, 1)]).Message.ShouldContain("legalProfessionals");
    }

    [Fact]
    public void The_warning_names_semester_file_and_fields_and_colours_no_build_red()
    {
        var warning = RateTable.Shipped.Warning(new(2026, 12, 2)).ShouldNotBeNull();
        warning.ShouldContain("2027-S1 begins on 2027-01-01");
        warning.ShouldContain("rates.json in the data folder with ecb, legalProfessionals, legalIndividuals, source and recordedOn");
        // Today's, for whoever reads the log of the tests.
        if (RateTable.Shipped.Warning(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date)) is { } today)
            output.WriteLine($"warning: {today}");
    }

    [Fact]
    public void A_table_is_completed_by_another_whose_rows_win()
    {
        var more = RateTable.Parse("""
            { "rates": [
              { "semester": "2026-S2", "ecb": "2.50", "legalProfessionals": "2.75", "legalIndividuals": "6.84", "source": "s", "recordedOn": "2026-12-28" },
              { "semester": "2027-S1", "ecb": "2.40", "legalProfessionals": "2.80", "legalIndividuals": "6.90", "source": "s", "recordedOn": "2026-12-28" } ] }
            """);
        var table = RateTable.Shipped.With(more);
        table.Rows.Count.ShouldBe(RateTable.Shipped.Rows.Count + 1);
        table[new Semester(2026, 2)].Ecb.ShouldBe(2.50m);
        table.Warning(new(2026, 12, 2)).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{ "rates": [ { "semester": "2026-S3" } ] }""", "semester: expected")]
    [InlineData("""{ "rates": [ { "semester": "2026-S1", "ecb": 2.15 } ] }""", "2026-S1.ecb: expected a text")]
    [InlineData("""{ "rates": [ { "semester": "2026-S1", "ecb": "2.15", "legalProfessionals": "2", "legalIndividuals": "6", "source": "s", "recordedOn": "28/12/2026" } ] }""", "2026-S1.recordedOn: expected a day")]
    [InlineData("""{ "rates": [ 7 ] }""", "rates: ")]
    [InlineData("""{ "rates": [ { "semester": "2026-S1", "ecb": "many" } ] }""", "2026-S1.ecb: expected")]
    [InlineData("""{ "rates": [ { "semester": "2026-S1" } ] }""", "rates: ")]
    [InlineData("""{ }""", "rates: ")]
    [InlineData("""{ "rates": """, "rates: ")]
    public void A_faulty_table_is_refused(string json, string message) => Should.Throw<FormatException>(() => RateTable.Parse(json)).Message.ShouldContain(message);

    [Fact]
    public void A_semester_may_stand_once_only()
    {
        const string row = """{ "semester": "2026-S1", "ecb": "2.15", "legalProfessionals": "2.62", "legalIndividuals": "6.67", "source": "s", "recordedOn": "2026-11-22" }""";
        Should.Throw<FormatException>(() => RateTable.Parse($$"""{ "rates": [ {{row}}, {{row}} ] }""")).Message.ShouldContain("there twice");
    }

    [Theory]
    [InlineData("2026-06-30", "2026-S1", "2026-01-01", "2026-06-30")]
    [InlineData("2026-07-01", "2026-S2", "2026-07-01", "2026-12-31")]
    public void A_day_belongs_to_its_half_year(string day, string semester, string start, string end)
    {
        var found = Semester.Of(DateOnly.ParseExact(day, "yyyy-MM-dd"));
        found.ToString().ShouldBe(semester);
        (found.Start.ToString("yyyy-MM-dd"), found.End.ToString("yyyy-MM-dd")).ShouldBe((start, end));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
