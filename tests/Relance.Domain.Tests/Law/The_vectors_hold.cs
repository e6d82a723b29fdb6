using Relance.Domain.Billing;
using Relance.Domain.Law;

namespace Relance.Domain.Tests.Law;

public sealed class The_vectors_hold
{
    public static TheoryData<string> NoticeWindows => Vectors.Of("noticeWindow");

    public static TheoryData<string> LatePayments => Vectors.Of("latePayment");

    public static TheoryData<string> ContractRates => Vectors.Of("contractRate");

    public static TheoryData<string> Refunds => Vectors.Of("refund");

    public static TheoryData<string> DueDates => Vectors.Of("dueDate");

    public static TheoryData<string> Limitations => Vectors.Of("limitation");

    [Theory]
    [MemberData(nameof(NoticeWindows))]
    public void The_notice_has_its_window(string row)
    {
        var expected = Vectors.Parse(row);
        var term = expected.Date("term")!.Value;
        var window = NoticeWindow.For(term, NoticePeriod.Parse(expected.Text("notice")!), expected.Client(), expected.Date("termStart"));
        window.Blocked.ShouldBe(expected.Text("blocked") == "True");
        window.Reason.ShouldBe(expected.Text("reason"));
        window.Earliest.ShouldBe(expected.Date("earliest"));
        window.Latest.ShouldBe(expected.Date("latest"));
        if (expected.Date("deadline") is { } deadline)
            window.Deadline.ShouldBe(deadline);
        if (expected.Date("jMinus30") is { } thirty)
            term.AddDays(-30).ShouldBe(thirty);
        if (expected.Text("jMinus30Lawful") is { } lawful)
            window.Allows(term.AddDays(-30)).ShouldBe(lawful == "True");
        window.Articles.ShouldContain(Article.RenewalNotice);
        window.Working.ShouldContain(line => line.StartsWith("D = T - P = "));
    }

    [Theory]
    [MemberData(nameof(LatePayments))]
    public void Lateness_costs_what_the_law_says(string row)
    {
        var expected = Vectors.Parse(row);
        var claim = new LateClaim(expected.Client(), expected.Number("principal"), expected.Date("due")!.Value, expected.Date("paid")!.Value) { FormalNotice = expected.Date("formalNotice") };
        if (expected.Text("error") is { } error)
        {
            Should.Throw<RateMissingException>(() => LatePayment.For(claim, RateTable.Shipped)).Message.ShouldStartWith(error);
            return;
        }

        var late = LatePayment.For(claim, RateTable.Shipped);
        late.Interest.ShouldBe(expected.Number("interest"));
        late.LumpSum.ShouldBe(expected.Number("lumpSum"));
        if (!expected.TryGetProperty("segments", out var segments))
            return;
        late.Segments.Select(s => (s.Semester.ToString(), s.Days, s.Rate))
            .ShouldBe(segments.EnumerateArray().Select(s => (s.Text("semester")!, s.GetProperty("days").GetInt32(), s.Number("rate"))));
    }

    [Theory]
    [MemberData(nameof(ContractRates))]
    public void A_clause_below_the_floor_is_flagged(string row)
    {
        var expected = Vectors.Parse(row);
        var floor = RateFloor.For(expected.Number("rate"), Semester.Parse(expected.Text("semester")!), RateTable.Shipped);
        floor.Floor.ShouldBe(expected.Number("floor"));
        floor.BelowFloor.ShouldBe(expected.Text("belowFloor") == "True");
    }

    [Theory]
    [MemberData(nameof(Refunds))]
    public void The_part_that_was_not_executed_goes_back(string row)
    {
        var expected = Vectors.Parse(row);
        var period = new Term(expected.Date("from")!.Value, expected.Date("to")!.Value);
        var refund = EarlyTermination.For(expected.Number("paid"), period, expected.Date("endedOn")!.Value);
        refund.Refund.ShouldBe(expected.Number("refund"));
        refund.PayBy.ShouldBe(expected.Date("payBy")!.Value);
        refund.InterestRate.ShouldBe(LegalRateColumn.Individuals);
    }

    [Theory]
    [MemberData(nameof(DueDates))]
    public void An_invoice_is_due_as_agreed(string row)
    {
        var expected = Vectors.Parse(row);
        var (method, days) = expected.Text("terms")! switch
        {
            "60 days" => (TermsMethod.Days, 60),
            var text when text.StartsWith("45 days end of month") => (TermsMethod.DaysThenMonthEnd, 45),
            var text when text.StartsWith("end of month 45 days") => (TermsMethod.MonthEndThenDays, 45),
            var other => throw new FormatException($"terms: {other}"),
        };
        var due = DueDate.For(expected.Date("invoice")!.Value, method, days);
        due.Due.ShouldBe(expected.Date("due")!.Value);
        due.BeyondMaximum.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Limitations))]
    public void A_debt_is_time_barred(string row)
    {
        var expected = Vectors.Parse(row);
        Limitation.For(expected.Client(), expected.Date("completed")!.Value).Expires.ShouldBe(expected.Date("expires")!.Value);
    }
}
