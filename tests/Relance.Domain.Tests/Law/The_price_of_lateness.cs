using Relance.Domain.Billing;
using Relance.Domain.Law;

namespace Relance.Domain.Tests.Law;

public sealed class The_price_of_lateness
{
    private static readonly DateOnly s_due = new(2025, 5, 20);

    private static readonly ClientKind[] s_kinds = Enum.GetValues<ClientKind>();

    [Fact]
    public void One_more_day_never_costs_less()
    {
        foreach (var client in s_kinds)
        {
            var before = 0m;
            for (var until = s_due; until <= new DateOnly(2026, 12, 31); until = until.AddDays(1))
            {
                var total = LatePayment.For(Claim(client, until), RateTable.Shipped).Total;
                total.ShouldBeGreaterThanOrEqualTo(before, $"{client} {until:O}");
                before = total;
            }
        }
    }

    [Fact]
    public void Splitting_a_period_changes_the_sum_by_rounding_only()
    {
        var end = new DateOnly(2026, 12, 31);
        var whole = LatePayment.For(Claim(ClientKind.Business, end), RateTable.Shipped).Interest;
        for (var split = s_due.AddDays(1); split < end; split = split.AddDays(1))
        {
            var first = LatePayment.For(Claim(ClientKind.Business, split), RateTable.Shipped).Interest;
            var second = LatePayment.For(Claim(ClientKind.Business, end) with { Due = split }, RateTable.Shipped).Interest;
            (first + second - whole).ShouldBeInRange(-0.01m, 0.01m, $"{split:O}");
        }
    }

    [Fact]
    public void The_order_of_payments_within_a_day_changes_nothing()
    {
        var random = new Random(7);
        for (var n = 0; n < 500; n++)
        {
            DatedAmount[] payments = [.. Enumerable.Range(0, 5).Select(_ => new DatedAmount(s_due.AddDays(random.Next(-5, 40) / 10 * 10), random.Next(1, 60_000) / 100m))];
            DatedAmount[] credits = [new(s_due.AddDays(10), random.Next(1, 30_000) / 100m)];
            var claim = Claim(ClientKind.Business, s_due.AddDays(60)) with { Payments = payments, Credits = credits };
            var shuffled = claim with { Payments = [.. payments.OrderBy(_ => random.Next())] };
            Figures(LatePayment.For(shuffled, RateTable.Shipped)).ShouldBe(Figures(LatePayment.For(claim, RateTable.Shipped)));
        }
    }

    [Fact]
    public void Whatever_is_paid_is_found_again()
    {
        var random = new Random(11);
        for (var n = 0; n < 500; n++)
        {
            DatedAmount[] payments = [.. Enumerable.Range(0, random.Next(5)).Select(_ => new DatedAmount(s_due.AddDays(random.Next(-5, 40)), random.Next(1, 60_000) / 100m))];
            var late = LatePayment.For(Claim(ClientKind.Business, s_due.AddDays(60)) with { Payments = payments }, RateTable.Shipped);
            (1000m + late.Interest - payments.Sum(p => p.Amount)).ShouldBe(late.PrincipalDue + late.InterestDue - late.Surplus, 0.02m);
        }
    }

    [Fact]
    public void A_partial_payment_is_set_against_interest_first()
    {
        var late = LatePayment.For(new LateClaim(ClientKind.Business, 1200m, new(2026, 5, 31), new(2026, 7, 20)) { Payments = [new(new(2026, 6, 30), 500m)] }, RateTable.Shipped);
        // 30 days on 1200.00 are 11.9836: 488.0164 of the 500.00 lower the principal.
        late.Segments.Count.ShouldBe(2);
        late.Segments[1].Balance.ShouldBe(711.98m, 0.01m);
        late.PrincipalDue.ShouldBe(711.98m);
        late.InterestDue.ShouldBe(4.84m);
        late.Interest.ShouldBe(16.82m);
        late.LumpSum.ShouldBe(40m);
        late.Articles.ShouldContain(Article.PartialPayment);
    }

    [Fact]
    public void A_credit_note_lowers_the_principal_and_is_never_set_against_interest()
    {
        var late = LatePayment.For(new LateClaim(ClientKind.Business, 1200m, new(2026, 5, 31), new(2026, 7, 20)) { Credits = [new(new(2026, 6, 30), 500m)] }, RateTable.Shipped);
        late.PrincipalDue.ShouldBe(700m);
        late.InterestDue.ShouldBe(late.Interest);
    }

    [Fact]
    public void A_consumer_pays_nothing_before_the_formal_notice_and_never_the_lump_sum()
    {
        LatePayment.For(Claim(ClientKind.Consumer, s_due.AddDays(300)) with { FormalNotice = null }, RateTable.Shipped).Total.ShouldBe(1000m);
        var noticed = LatePayment.For(Claim(ClientKind.Unknown, s_due.AddDays(300)) with { FormalNotice = s_due.AddDays(30) }, RateTable.Shipped);
        noticed.Segments[0].From.ShouldBe(s_due.AddDays(31));
        noticed.LumpSum.ShouldBe(0m);
    }

    [Fact]
    public void The_rate_of_a_public_body_stays_that_of_the_first_semester()
    {
        var late = LatePayment.For(Claim(ClientKind.PublicBody, new(2026, 8, 1)), RateTable.Shipped);
        late.Segments.Count.ShouldBe(4);
        late.Segments.ShouldAllBe(s => s.Rate == 11.15m);
        late.LumpSum.ShouldBe(40m);
    }

    [Fact]
    public void Paid_on_the_due_date_is_not_late()
    {
        var paid = LatePayment.For(Claim(ClientKind.Business, s_due), RateTable.Shipped);
        (paid.Interest, paid.LumpSum, paid.Segments.Count).ShouldBe((0m, 0m, 0));
        LatePayment.For(Claim(ClientKind.Business, s_due.AddDays(90)) with { Payments = [new(s_due, 1000m)] }, RateTable.Shipped).Total.ShouldBe(0m);
    }

    [Fact]
    public void A_clause_below_the_floor_is_used_as_it_stands_and_flagged()
    {
        var late = LatePayment.For(new LateClaim(ClientKind.Business, 1000m, new(2026, 6, 20), new(2026, 7, 10)) { Rate = new PenaltyRate.Contract(8m) }, RateTable.Shipped);
        late.Segments.Select(s => (s.Rate, s.BelowFloor)).ShouldBe([(8m, false), (8m, true)]);
        late.Working.ShouldContain(line => line.Contains("below the floor"));
        LatePayment.For(new LateClaim(ClientKind.Business, 1000m, new(2026, 6, 20), new(2026, 7, 10)) { Rate = new PenaltyRate.LegalTimesThree() }, RateTable.Shipped)
            .Segments.Select(s => s.Rate).ShouldBe([7.86m, 8.25m]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void An_amount_that_is_not_one_is_refused(int euros)
    {
        Should.Throw<ArgumentException>(() => LatePayment.For(Claim(ClientKind.Business, s_due) with { Principal = euros }, RateTable.Shipped)).Message.ShouldStartWith("Principal: expected");
        Should.Throw<ArgumentException>(() => LatePayment.For(Claim(ClientKind.Business, s_due) with { Payments = [new(s_due, euros)] }, RateTable.Shipped)).Message.ShouldStartWith("amount of 2025-05-20: expected");
    }

    private static LateClaim Claim(ClientKind client, DateOnly until) => new(client, 1000m, s_due, until) { FormalNotice = s_due.AddDays(40) };

    private static (decimal, decimal, decimal, decimal, decimal) Figures(LatePayment late) => (late.Interest, late.InterestDue, late.LumpSum, late.PrincipalDue, late.Surplus);
}
