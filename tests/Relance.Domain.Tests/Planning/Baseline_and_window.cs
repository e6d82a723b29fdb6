using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using static Relance.Domain.Reminders.MaintenanceSequence;

namespace Relance.Domain.Tests.Planning;

public sealed class Baseline_and_window
{
    [Fact]
    public void Steps_due_before_the_baseline_are_skipped()
    {
        var story = Linked(-6);
        story.Play(-6, 0).ToString().ShouldBe("notice skipped before-baseline, attention skipped before-baseline, last-day J-1");
    }

    [Fact]
    public void A_step_due_on_the_baseline_itself_goes() =>
        Linked(-7).Play(-7, -6).ToString().ShouldBe("notice skipped before-baseline, attention J-7");

    [Fact]
    public void A_pending_step_is_no_backlog()
    {
        var story = Linked(-7).Pending(Notice, -9);
        Skip(story.At(-7)).ShouldBe(SkipReason.Superseded);
    }

    [Fact]
    public void The_baseline_compares_with_the_moved_day()
    {
        // J-7 of a Saturday J is a Saturday: attention is due on the Friday before, J-8.
        var story = new Story();
        story.Cycle = story.Cycle with { Anchor = Story.J.AddDays(3), BaselineOn = Story.J.AddDays(3 - 7) };
        story.Play(-7, -5).ToString().ShouldBe("notice skipped before-baseline, attention skipped before-baseline");
    }

    [Fact]
    public void A_term_over_for_seven_days_still_gets_its_steps() => Linked(7).Play(7, 7).ToString().ShouldEndWith("lapsed skipped before-baseline, suspension J+7");

    [Fact]
    public void A_term_over_for_longer_is_history() => Linked(8).At(8).ShouldBe(new Decision.Stop(SkipReason.BeforeBaseline));

    [Fact]
    public void Before_the_window_a_step_is_planned_for_today() => new Story().At(-30, "00:00").ShouldBeOfType<Decision.Send>();

    [Theory]
    [InlineData("09:59", true)]
    [InlineData("10:00", false)]
    public void Nothing_starts_once_the_window_closed(string time, bool goes) =>
        (new Story().At(-30, time) is Decision.Send).ShouldBe(goes);

    [Theory]
    [InlineData("18:59", true)]
    [InlineData("19:00", false)]
    public void On_the_last_day_of_its_validity_a_step_may_go_until_the_last_call(string time, bool goes) =>
        (new Story().Sent(Notice, -30).Sent(Attention, -7).At(0, time) is Decision.Send { LastChance: true }).ShouldBe(goes);

    [Fact]
    public void The_last_open_day_is_a_last_chance_too()
    {
        // J is a Sunday: the Friday before is the last day on which the message can leave.
        var story = new Story().Sent(Notice, -30).Sent(Attention, -9);
        story.Cycle = story.Cycle with { Anchor = Story.J.AddDays(4) };
        story.At(-2, "18:00").ShouldBeOfType<Decision.Send>().LastChance.ShouldBeTrue();
    }

    [Fact]
    public void While_one_more_open_day_lies_within_its_days_a_step_keeps_to_the_window() =>
        new Story().Sent(Notice, -30).Sent(Attention, -7).At(-1).ShouldBeOfType<Decision.Send>().LastChance.ShouldBeFalse();

    [Fact]
    public void A_missed_window_waits_for_the_next_open_day()
    {
        var story = new Story();
        story.At(-26, "11:00").ShouldBe(new Decision.Wait(story.Calendar.StartOf(Story.J.AddDays(-23)), story.Sequence.Steps[0], SkipReason.OutsideWindow));
    }

    [Fact]
    public void A_weekend_is_outside_the_window()
    {
        var story = new Story();
        story.At(-25).ShouldBe(new Decision.Wait(story.Calendar.StartOf(Story.J.AddDays(-23)), story.Sequence.Steps[0], SkipReason.OutsideWindow));
    }

    [Fact]
    public void A_send_says_when_it_was_due_and_how_long_it_stays_true()
    {
        var story = new Story();
        story.At(-20).ShouldBe(new Decision.Send(story.Sequence.Steps[0], Story.J.AddDays(-30), Story.J.AddDays(-8), LastChance: false));
    }

    [Fact]
    public void Before_anything_is_due_the_planner_waits_for_the_first_day()
    {
        var story = new Story();
        story.At(-60).ShouldBe(new Decision.Wait(story.Calendar.StartOf(Story.J.AddDays(-30)), story.Sequence.Steps[0], SkipReason.NotDue));
    }

    [Fact]
    public void Around_Christmas_steps_before_J_move_earlier_and_steps_after_it_later()
    {
        // J is Friday 25 December 2026 and J+7 New Year's day.
        var story = new Story();
        story.Cycle = story.Cycle with { Anchor = new DateOnly(2026, 12, 25), BaselineOn = new DateOnly(2026, 1, 1) };
        story.Play(-31, 14).ToString().ShouldBe("notice J-30, attention J-7, last-day J-1, lapsed J+3, suspension J+10, reactivation J+14");
    }

    [Fact]
    public void In_Alsace_last_day_leaves_on_Maundy_Thursday_and_lapsed_on_Tuesday_after_Easter()
    {
        var story = new Story { Calendar = new(Story.Paris, SendingWindow.Default, region: HolidayRegion.AlsaceMoselle) };
        story.Cycle = story.Cycle with { Anchor = new DateOnly(2027, 3, 30) };
        story.Play(-6, 0).ToString().ShouldEndWith("last-day J-5");
        story.Cycle = story.Cycle with { Anchor = new DateOnly(2027, 3, 24) };
        // Tuesday 30 March is J+6, and J+7 a day later: both are closer than the gap.
        story.Play(0, 7).ToString().ShouldEndWith("lapsed skipped merged-into-next, suspension J+7");
    }

    [Fact]
    public void A_step_that_the_calendar_moves_past_its_last_day_is_not_announced_and_expires()
    {
        Step Odd(string id, int day, int last) => new(id, StepClass.Reminder, day, last, DateMove.Later, 1) { AvoidedDays = [DayOfWeek.Wednesday] };
        var story = new Story { Sequence = new Sequence("odd", [Odd("maintenance.a", 0, 0), Odd("maintenance.b", 7, 9)]) };
        story.At(-1).ShouldBeOfType<Decision.Wait>().NextStep.Id.ShouldBe("maintenance.b");
        story.Play(-1, 9).ToString().ShouldBe("a skipped expired, b J+8");
        story.Sequence = new Sequence("odd", [Odd("maintenance.a", 0, 0)]);
        story.History.Clear();
        story.At(-1).ShouldBeOfType<Decision.Wait>().Until.ShouldBe(story.Calendar.StartOf(Story.J.AddDays(1)));
    }

    private static Story Linked(int day)
    {
        var story = new Story();
        story.Cycle = story.Cycle with { BaselineOn = Story.J.AddDays(day) };
        return story;
    }

    private static SkipReason Skip(Decision decision) => decision.ShouldBeOfType<Decision.Skip>().Because;
}
