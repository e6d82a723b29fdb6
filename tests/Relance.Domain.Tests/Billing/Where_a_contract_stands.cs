using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using static Relance.Domain.Billing.Standing;

namespace Relance.Domain.Tests.Billing;

public sealed class Where_a_contract_stands
{
    private static readonly DateOnly J = new(2027, 2, 10);
    private static readonly Contract Paid = new(new Term(J.AddYears(-1).AddDays(1), J), RenewalKind.Explicit, J.AddDays(-30));

    [Theory]
    [InlineData(-31, Active)]
    [InlineData(-30, RenewalDue)]
    [InlineData(0, RenewalDue)]
    [InlineData(1, Grace)]
    [InlineData(400, Grace)]
    public void Dates_alone_decide(int day, Standing standing) => Paid.StandingAt(J.AddDays(day)).ShouldBe(standing);

    [Fact]
    public void Without_a_notice_a_contract_is_active_to_its_last_day()
    {
        (Paid with { NoticeDueOn = null }).StandingAt(J).ShouldBe(Active);
        (Paid with { NoticeDueOn = null }).StandingAt(J.AddDays(1)).ShouldBe(Grace);
    }

    [Fact]
    public void Suspension_begins_when_its_mail_was_accepted_and_lasts_to_the_end()
    {
        var contract = Paid with { SuspendedOn = J.AddDays(7), EndedOn = J.AddDays(30) };
        contract.StandingAt(J.AddDays(6)).ShouldBe(Grace);
        contract.StandingAt(J.AddDays(7)).ShouldBe(Suspended);
        contract.StandingAt(J.AddDays(29)).ShouldBe(Suspended);
        contract.StandingAt(J.AddDays(30)).ShouldBe(Ended);
    }

    [Fact]
    public void A_refusal_wins_over_everything()
    {
        var contract = Paid with { DeclinedOn = J.AddDays(-3), SuspendedOn = J.AddDays(7), EndedOn = J.AddDays(30) };
        contract.StandingAt(J.AddDays(-4)).ShouldBe(RenewalDue);
        contract.StandingAt(J.AddDays(-3)).ShouldBe(Declined);
        contract.StandingAt(J.AddDays(31)).ShouldBe(Declined);
    }

    [Theory]
    [InlineData(Active, "maintenance.renewed")]
    [InlineData(RenewalDue, "maintenance.renewed")]
    [InlineData(Grace, "maintenance.renewed")]
    [InlineData(Suspended, "maintenance.reactivated")]
    [InlineData(Ended, null)]
    [InlineData(Declined, null)]
    public void A_payment_is_confirmed_by_where_the_contract_stood(Standing before, string? step) => Confirmations.OnPayment(before).ShouldBe(step);

    [Fact]
    public void A_tacit_contract_goes_on_after_its_term()
    {
        var contract = new Contract(new Term(new(2026, 1, 1), new(2026, 12, 31)), RenewalKind.Tacit, null);
        contract.StandingAt(new(2027, 3, 1)).ShouldBe(Standing.Active);
    }
}
