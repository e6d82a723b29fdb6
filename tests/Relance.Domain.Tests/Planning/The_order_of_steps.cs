using Relance.Domain.Reminders;
using static Relance.Domain.Reminders.MaintenanceSequence;

namespace Relance.Domain.Tests.Planning;

public sealed class The_order_of_steps
{
    [Fact]
    public void A_client_who_never_pays_gets_every_step_on_its_day() => new Story().Play(-40, 40).ToString().ShouldBe(
        "notice J-30, attention J-7, last-day J-1, lapsed J+2, suspension J+7, reactivation J+14, reactivation-2 J+21, ended J+30");

    [Fact]
    public void After_downtime_the_latest_due_step_goes_and_earlier_ones_are_superseded() => new Story().Play(-40, -20).Play(3, 5).ToString().ShouldBe(
        "notice J-30, attention skipped superseded, last-day skipped superseded, lapsed J+5");

    [Fact]
    public void Suspension_is_never_superseded_and_goes_before_reactivation() => new Story().Play(-40, 3).Play(22, 26).ToString().ShouldEndWith(
        "lapsed J+2, suspension J+22, reactivation skipped superseded, reactivation-2 J+26");

    [Fact]
    public void A_suspension_that_came_too_late_expires_and_takes_reactivation_with_it() => new Story().Play(-40, 3).Play(31, 33).ToString().ShouldEndWith(
        "lapsed J+2, suspension skipped expired, reactivation skipped prerequisite-missing, reactivation-2 skipped prerequisite-missing, ended J+33");

    [Fact]
    public void A_suspension_that_failed_for_good_is_followed_by_the_end_alone() =>
        new Story().Sent(Lapsed, 2).Failed(Suspension, 7).Play(8, 40).ToString().ShouldEndWith(
            "reactivation skipped prerequisite-missing, reactivation-2 skipped prerequisite-missing, ended J+30");

    [Fact]
    public void Reactivation_waits_while_the_suspension_is_still_on_its_way()
    {
        var wait = new Story().Play(-40, 3).Pending(Suspension, 7).At(15).ShouldBeOfType<Decision.Wait>();
        wait.NextStep.Id.ShouldBe(Suspension);
        wait.Because.ShouldBe(SkipReason.AlreadyPlanned);
    }

    [Fact]
    public void A_late_suspension_and_the_end_keep_their_gap() => new Story().Sent(Lapsed, 2).Play(29, 40).ToString().ShouldEndWith(
        "suspension J+29, ended J+33");

    [Fact]
    public void Nothing_softer_follows_the_furthest_step_sent_even_when_no_record_says_why() => new Story().Sent(LastDay, -1).Play(-1, 0).ToString().ShouldBe(
        "notice skipped superseded, attention skipped superseded");

    [Fact]
    public void Done_steps_stay_done_when_the_anchor_moves()
    {
        var story = new Story().Play(-40, -1);
        story.Cycle = story.Cycle with { Anchor = Story.J.AddDays(28) };
        story.Play(-29, 2).ToString().ShouldBe("notice J-30, attention J-7, last-day J-1, lapsed J+2");
    }

    [Fact]
    public void An_anchor_that_moves_closer_brings_the_step_that_is_right_now()
    {
        var story = new Story().Play(-40, -20);
        story.Cycle = story.Cycle with { Anchor = Story.J.AddDays(-19) };
        story.Play(0, 0).ToString().ShouldBe("notice J-30, attention skipped superseded, last-day J+0");
    }

    [Fact]
    public void A_pending_step_that_is_no_longer_due_after_a_move_may_not_leave()
    {
        var story = new Story().Play(-40, -8).Pending(Attention, -7);
        story.Cycle = story.Cycle with { Anchor = Story.J.AddDays(28) };
        var wait = story.At(-34).ShouldBeOfType<Decision.Wait>();
        wait.NextStep.Id.ShouldBe(Attention);
        wait.Because.ShouldBe(SkipReason.NotDue);
    }

    [Fact]
    public void A_pending_step_is_superseded_by_a_later_one_that_is_due() =>
        new Story().Pending(Attention, -7).At(-1).ShouldBeOfType<Decision.Skip>().Because.ShouldBe(SkipReason.Superseded);

    [Fact]
    public void A_pending_step_expires_with_its_validity()
    {
        var story = new Story().Sent(Suspension, 7).Pending(Reactivation2, 29);
        story.Client = new ClientFacts(SlotTaken: true);
        story.Sequence = For(12, new MaintenanceOptions(EndAfterDays: null));
        story.Play(30, 30).ToString().ShouldBe(
            "notice skipped superseded, attention skipped superseded, last-day skipped superseded, lapsed skipped superseded, reactivation skipped expired, reactivation-2 skipped expired");
    }

    [Fact]
    public void A_sequence_without_an_end_stops_after_its_last_step()
    {
        var story = new Story { Sequence = For(12, new MaintenanceOptions(EndAfterDays: null)) }.Play(-40, 25);
        story.At(26).ShouldBe(new Decision.Stop(SkipReason.SequenceDone));
    }

    [Theory]
    [InlineData(CycleState.Paid, SkipReason.Paid)]
    [InlineData(CycleState.Declined, SkipReason.Declined)]
    [InlineData(CycleState.Ended, SkipReason.Ended)]
    [InlineData(CycleState.Cancelled, SkipReason.Cancelled)]
    public void A_closed_cycle_stops_whatever_is_due(CycleState state, SkipReason reason)
    {
        var story = new Story();
        story.Cycle = story.Cycle with { State = state };
        story.At(-7).ShouldBe(new Decision.Stop(reason));
    }

    [Fact]
    public void An_empty_sequence_is_one_that_is_not_built() =>
        new Story { Sequence = new Sequence("tacit", []) }.At(-7).ShouldBe(new Decision.Stop(SkipReason.SequenceNotBuilt));
}
