using Relance.Domain.Reminders;
using static Relance.Domain.Reminders.MaintenanceSequence;

namespace Relance.Domain.Tests.Planning;

public sealed class Holds_and_gaps
{
    [Fact]
    public void A_pause_holds_a_step_and_lets_it_go_while_it_is_still_true()
    {
        var story = new Story();
        story.Cycle = story.Cycle with { PausedUntil = Story.J.AddDays(-20) };
        Because(story.At(-30)).ShouldBe(SkipReason.Paused);
        story.Play(-40, -8).ToString().ShouldBe("notice J-20");
    }

    [Fact]
    public void A_step_whose_validity_ends_in_a_pause_says_so()
    {
        var story = new Story();
        story.Cycle = story.Cycle with { PausedUntil = Story.J };
        story.Play(-40, 1).ToString().ShouldBe("notice skipped paused, attention skipped paused, last-day J+0");
    }

    [Fact]
    public void A_pause_that_ended_before_the_last_day_is_not_the_reason()
    {
        var story = new Story();
        story.Cycle = story.Cycle with { PausedUntil = Story.J.AddDays(-8) };
        story.Play(-7, -7).ToString().ShouldBe("notice skipped superseded, attention J-7");
    }

    [Fact]
    public void An_announced_transfer_holds_hard_steps_for_seven_days()
    {
        var story = new Story().Play(-40, 1);
        story.Cycle = story.Cycle with { AnnouncedOn = Story.J.AddDays(2) };
        Because(story.At(5)).ShouldBe(SkipReason.TransferAnnounced);
        story.Play(2, 15).ToString().ShouldEndWith("last-day J-1, lapsed skipped transfer-announced, suspension J+9, reactivation J+14");
    }

    [Fact]
    public void An_announced_transfer_does_not_hold_a_soft_step()
    {
        var story = new Story();
        story.Cycle = story.Cycle with { AnnouncedOn = Story.J.AddDays(-8) };
        story.Play(-30, 0).ToString().ShouldBe("notice J-30, attention J-7, last-day J-1");
    }

    [Fact]
    public void A_hard_step_that_waits_for_a_transfer_replaces_nothing()
    {
        // J is the Wednesday after Easter Monday with J-1 a Tuesday made closed: last-day is due on the Friday before, within attention's days.
        var story = new Story { Calendar = new(Story.Paris, Domain.Calendar.SendingWindow.Default) };
        story.Cycle = story.Cycle with { Anchor = new DateOnly(2027, 3, 30), BaselineOn = new DateOnly(2027, 1, 1), AnnouncedOn = new DateOnly(2027, 3, 25) };
        story.Sent(Notice, -30).Play(-4, -4).ToString().ShouldBe("attention J-4");
    }

    [Theory]
    [InlineData(false, false, SkipReason.NoAddress)]
    [InlineData(true, true, SkipReason.AddressRefused)]
    public void A_client_who_cannot_be_written_to_is_held_and_every_expired_step_says_why(bool hasAddress, bool refused, SkipReason reason)
    {
        var story = new Story { Client = new ClientFacts(hasAddress, refused) };
        Because(story.At(-30)).ShouldBe(reason);
        story.Play(-40, -6).ToString().ShouldBe($"notice skipped {reason.Code()}");
    }

    [Fact]
    public void A_decision_that_a_person_owes_holds_everything()
    {
        var story = new Story();
        story.Cycle = story.Cycle with { Hold = SkipReason.NeedsDecision };
        Because(story.At(-30)).ShouldBe(SkipReason.NeedsDecision);
        story.Play(-40, -6).ToString().ShouldBe("notice skipped needs-decision");
    }

    [Fact]
    public void A_person_who_already_has_a_reminder_today_is_asked_again_on_the_next_open_day()
    {
        var story = new Story { Client = new ClientFacts(SlotTaken: true) };
        story.At(-26).ShouldBe(new Decision.Wait(story.Calendar.StartOf(Story.J.AddDays(-23)), story.Sequence.Steps[0], SkipReason.DailySlot));
    }

    [Fact]
    public void The_slot_of_another_day_is_no_reason_for_a_step_that_expired()
    {
        var story = new Story { Client = new ClientFacts(SlotTaken: true) };
        story.Sent(Notice, -30).Sent(Attention, -7).At(1).ShouldBe(new Decision.Skip(story.Sequence.Steps[2], SkipReason.Expired));
    }

    [Theory]
    [InlineData(SkipReason.Paused)]
    [InlineData(SkipReason.NeedsDecision)]
    public void A_pending_step_that_is_held_meanwhile_may_not_leave(SkipReason reason)
    {
        var story = new Story().Pending(Notice, -30);
        story.Cycle = reason == SkipReason.Paused ? story.Cycle with { PausedUntil = Story.J } : story.Cycle with { Hold = reason };
        Because(story.At(-29)).ShouldBe(reason);
    }

    [Fact]
    public void A_pending_step_keeps_its_own_slot()
    {
        var story = new Story { Client = new ClientFacts(SlotTaken: true) }.Pending(Notice, -30);
        story.At(-30).ShouldBe(new Decision.Wait(story.Calendar.StartOf(Story.J.AddDays(-29)), story.Sequence.Steps[0], SkipReason.AlreadyPlanned));
    }

    [Fact]
    public void A_pending_step_makes_room_for_a_legal_notice_of_the_day_and_goes_on_the_next()
    {
        var story = new Story { Client = new ClientFacts(SlotTaken: true, LegalToday: true) }.Pending(Notice, -30);
        Because(story.At(-30)).ShouldBe(SkipReason.DailySlot);
        story.Client = new ClientFacts();
        Because(story.At(-29)).ShouldBe(SkipReason.AlreadyPlanned);
    }

    [Fact]
    public void Two_steps_closer_than_the_gap_merge_into_the_later_one() =>
        new Story().Sent(Notice, -30).Play(-2, -1).ToString().ShouldBe("attention skipped merged-into-next, last-day J-1");

    [Fact]
    public void A_planned_step_no_longer_merges() =>
        Because(new Story().Sent(Notice, -30).Pending(Attention, -3).At(-2)).ShouldBe(SkipReason.AlreadyPlanned);

    [Fact]
    public void A_step_sent_on_one_of_two_channels_is_sent()
    {
        var story = new Story().Sent(Notice, -30);
        story.History.Insert(0, new StepRecord(Notice, StepState.Failed, Story.J.AddDays(-30)));
        story.History.Add(new StepRecord(Notice, StepState.Pending, Story.J.AddDays(-30)));
        Because(story.At(-20)).ShouldBe(SkipReason.NotDue);
    }

    [Fact]
    public void Two_steps_exactly_the_gap_apart_both_go() =>
        new Story().Sent(LastDay, -1).Sent(Lapsed, 2).Sent(Suspension, 7).Play(19, 21).ToString().ShouldEndWith("reactivation J+19, reactivation-2 J+21");

    [Fact]
    public void A_step_after_a_late_one_waits_for_the_gap()
    {
        var story = new Story().Sent(Suspension, 13);
        story.Play(14, 14).Play(15, 15).ToString().ShouldEndWith("reactivation J+15");
        var again = new Story().Sent(Notice, -30).Sent(Attention, -7).Sent(LastDay, -1).Sent(Lapsed, 2).Sent(Suspension, 13);
        again.At(14).ShouldBe(new Decision.Wait(again.Calendar.StartOf(Story.J.AddDays(15)), again.Sequence.Steps[5], SkipReason.MinimumGap));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public void An_absurd_gap_is_brought_within_reason(int gap)
    {
        var story = new Story { Gap = gap }.Sent(Notice, -30);
        story.At(-7).ShouldNotBeNull();
    }

    [Fact]
    public void A_legal_step_knows_no_pause_no_gap_no_slot_and_no_announced_transfer()
    {
        var legal = new Step("legal", StepClass.Legal, -7, 0, Domain.Calendar.DateMove.Earlier, 5);
        var story = new Story { Sequence = new Sequence("legal", [legal]), Client = new ClientFacts(SlotTaken: true) }.Sent("earlier", -8);
        story.Cycle = story.Cycle with { PausedUntil = Story.J, AnnouncedOn = Story.J.AddDays(-8) };
        story.At(-7).ShouldBeOfType<Decision.Send>().Step.ShouldBe(legal);
    }

    private static SkipReason Because(Decision decision) => decision.ShouldBeOfType<Decision.Wait>().Because;
}
