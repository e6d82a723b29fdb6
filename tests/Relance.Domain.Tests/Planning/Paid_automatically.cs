using Relance.Domain.Billing;
using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Planning;

/// <summary>Contracts that a card or a direct debit pays: told before the debit, and never asked unless it failed.</summary>
public class Paid_automatically
{
    private static Story AStory(int months = 12, DateOnly? failedOn = null)
    {
        var story = new Story { Sequence = AutomaticSequence.For(months, new MaintenanceOptions()) };
        story.Cycle = story.Cycle with { Kind = RenewalKind.Automatic, DebitFailedOn = failedOn };
        return story;
    }

    [Fact]
    public void They_are_told_once_before_the_debit_and_asked_for_nothing() =>
        AStory().Play(-40, 28).ToString().ShouldBe("before-debit J-15, lapsed skipped awaiting-debit");

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(6, true)]
    [InlineData(24, true)]
    public void Short_terms_are_debited_without_a_word(int months, bool told) =>
        AStory(months).Play(-40, 0).Log.ShouldBe(told ? ["before-debit J-15"] : []);

    [Fact]
    public void A_failed_payment_starts_the_sequence() =>
        AStory(failedOn: Story.J.AddDays(1)).Play(-20, 40).ToString().ShouldBe(
            "before-debit J-15, lapsed J+2, suspension J+7, reactivation J+14, reactivation-2 J+21, ended J+30");

    [Fact]
    public void A_late_failure_leaves_the_same_days_to_answer()
    {
        var story = AStory(failedOn: Story.J.AddDays(9)).Play(-20, 14);
        story.Log.ShouldNotContain(line => line.StartsWith("suspension", StringComparison.Ordinal), "eight days late, everything is eight days late");
        story.Play(15, 16).Log[^1].ShouldStartWith("suspension J+15");
    }

    [Fact]
    public void Until_the_debit_has_failed_the_reason_says_so()
    {
        var story = AStory().Sent(AutomaticSequence.BeforeDebit, -15);
        story.At(3).ShouldBeOfType<Decision.Wait>().Because.ShouldBe(SkipReason.AwaitingDebit);
    }

    [Fact]
    public void A_sequence_without_a_notice_has_no_day_for_it() => AStory(months: 1).Sequence.NoticeDueOn(Story.J, new Story().Calendar).ShouldBeNull();
}
