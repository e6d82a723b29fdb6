using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using static Relance.Domain.Reminders.MaintenanceSequence;

namespace Relance.Domain.Tests.Planning;

public sealed class Sequences_by_length_of_term
{
    private const string AfterJ = "lapsed 2..6 Later 3, suspension 7..29 Later 4, reactivation 14..29 Later 4, reactivation-2 21..29 Later 4, ended 30.. Later 5";

    [Theory]
    [InlineData(12, 30, "notice -30..-8 Earlier 1, attention -7..-2 Earlier 2, last-day -1..0 Earlier 3, ")]
    [InlineData(4, 15, "notice -15..-8 Earlier 1, attention -7..-2 Earlier 2, last-day -1..0 Earlier 3, ")]
    [InlineData(24, 7, "notice -7..-2 Earlier 1, last-day -1..0 Earlier 3, ")]
    [InlineData(3, 30, "notice -15..-4 Earlier 1, attention -3..0 Earlier 2, ")]
    [InlineData(2, 30, "notice -15..-4 Earlier 1, attention -3..0 Earlier 2, ")]
    public void A_term_has_the_steps_of_the_catalogue(int months, int notice, string beforeJ) =>
        Describe(For(months, new MaintenanceOptions(notice))).ShouldBe(beforeJ + AfterJ);

    [Fact]
    public void A_monthly_contract_has_one_notice_and_ends_within_the_next_month() => Describe(For(1, new MaintenanceOptions())).ShouldBe(
        "notice -7..0 Earlier 1, lapsed 2..6 Later 3, suspension 7..26 Later 4, reactivation 14..26 Later 4, reactivation-2 21..26 Later 4, ended 27.. Later 5");

    [Fact]
    public void Only_the_suspension_is_a_prerequisite_and_only_reactivations_require_it()
    {
        var sequence = For(12, new MaintenanceOptions());
        sequence.Name.ShouldBe("maintenance");
        sequence.Steps.Where(s => s.IsPrerequisite).Select(s => s.Id).ShouldBe([Suspension]);
        sequence.Steps.Where(s => s.Requires == Suspension).Select(s => s.Id).ShouldBe([Reactivation, Reactivation2]);
        sequence.Steps.ShouldAllBe(s => s.Class == StepClass.Reminder && s.Channel == "email" && !s.NeedsApproval && s.AvoidedDays.Count == 0);
    }

    [Fact]
    public void Lapsed_and_the_end_can_be_switched_off()
    {
        For(12, new MaintenanceOptions(Lapsed: false)).Steps.ShouldNotContain(s => s.Id == Lapsed);
        For(12, new MaintenanceOptions(EndAfterDays: null)).Steps.ShouldNotContain(s => s.Id == Ended);
        For(12, new MaintenanceOptions(EndAfterDays: null)).Steps.Max(s => s.LastDay).ShouldBe(29);
    }

    [Theory]
    [InlineData(1, 45, 27)]
    [InlineData(3, 200, 83)]
    [InlineData(12, 45, 45)]
    [InlineData(12, 10, 10)]
    public void No_step_after_J_outlasts_the_end_nor_the_next_term(int months, int endAfter, int end)
    {
        var steps = For(months, new MaintenanceOptions(EndAfterDays: endAfter)).Steps;
        steps[^1].Day.ShouldBe(end);
        steps.SkipLast(1).ShouldAllBe(s => s.Day < end && s.LastDay < end);
    }

    [Fact]
    public void A_sequence_that_ends_early_keeps_only_what_comes_before() =>
        Describe(For(12, new MaintenanceOptions(EndAfterDays: 7))).ShouldEndWith("last-day -1..0 Earlier 3, lapsed 2..6 Later 3, ended 7.. Later 5");

    [Fact]
    public void Impossible_choices_are_refused_by_name()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => For(0, new MaintenanceOptions())).ParamName.ShouldBe("months");
        Should.Throw<ArgumentOutOfRangeException>(() => For(12, new MaintenanceOptions(NoticeDays: 1))).ParamName.ShouldBe("options.NoticeDays");
        Should.Throw<ArgumentOutOfRangeException>(() => For(12, new MaintenanceOptions(EndAfterDays: 0))).ParamName!.ShouldContain("EndAfterDays");
        For(12, new MaintenanceOptions(NoticeDays: 2, EndAfterDays: 1)).Steps.Count.ShouldBe(3);
    }

    [Fact]
    public void The_notice_is_due_on_its_moved_day()
    {
        var calendar = new BusinessCalendar(Story.Paris, SendingWindow.Default);
        // J-30 is Saturday 9 January 2027.
        For(12, new MaintenanceOptions()).NoticeDueOn(new DateOnly(2027, 2, 8), calendar).ShouldBe(new DateOnly(2027, 1, 8));
        new Sequence("tacit", []).NoticeDueOn(new DateOnly(2027, 2, 8), calendar).ShouldBeNull();
    }

    [Theory]
    [InlineData(SkipReason.Paid, "paid")]
    [InlineData(SkipReason.BeforeBaseline, "before-baseline")]
    [InlineData(SkipReason.MergedIntoNext, "merged-into-next")]
    public void Reasons_have_a_stable_code(SkipReason reason, string code) => reason.Code().ShouldBe(code);

    private static string Describe(Sequence sequence) =>
        string.Join(", ", sequence.Steps.Select(s => $"{s.Id["maintenance.".Length..]} {s.Day}..{s.LastDay} {s.Move} {s.Hardness}"));
}
