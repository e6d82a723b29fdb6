using Relance.Domain.Calendar;

namespace Relance.Domain.Reminders;

/// <summary>Decides what a cycle needs now. Pure and total: simulator, dashboard, <c>plan</c> and the real run call this one function.</summary>
public static class Planner
{
    /// <summary>Days between two steps of one cycle, at least.</summary>
    public const int DefaultMinimumGap = 2;

    /// <summary>A debt whose anchor lies further than this before the baseline is history, not a reminder.</summary>
    public const int BaselineGraceDays = 7;

    /// <summary>Days a hard step waits for an announced transfer.</summary>
    public const int AnnouncedGraceDays = 7;

    /// <summary>From this hardness on, a step waits for an announced transfer.</summary>
    public const int HardFrom = 3;

    /// <summary>What this cycle needs at <paramref name="now"/>. Each <see cref="Decision.Skip"/> is recorded in the history and the question asked again.</summary>
    public static Decision Next(
        Cycle cycle, ClientFacts client, IReadOnlyList<StepRecord> history, Sequence sequence, BusinessCalendar calendar, DateTimeOffset now,
        int minimumGap = DefaultMinimumGap)
    {
        if (StopReason(cycle, sequence) is { } stop)
            return new Decision.Stop(stop);
        var view = new CycleView(cycle, client, history, sequence, calendar, now, minimumGap);
        return view.SkipPast() ?? view.SendOrHold() ?? view.WaitForNext();
    }

    private static SkipReason? StopReason(Cycle cycle, Sequence sequence) => cycle switch
    {
        { State: CycleState.Paid } => SkipReason.Paid,
        { State: CycleState.Declined } => SkipReason.Declined,
        { State: CycleState.Ended } => SkipReason.Ended,
        { State: CycleState.Cancelled } => SkipReason.Cancelled,
        { State: CycleState.Renewed } => SkipReason.Renewed,
        { LegalHold: SkipReason.ClausesMissing } => SkipReason.ClausesMissing,
        _ when sequence.Steps.Count == 0 => SkipReason.SequenceNotBuilt,
        _ when cycle.Anchor.AddDays(BaselineGraceDays) < cycle.BaselineOn => SkipReason.BeforeBaseline,
        _ => null,
    };
}
