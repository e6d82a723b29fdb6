using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Planning;

/// <summary>One cycle played day by day at 9:30, with everything recorded. Days are counted from J, a Wednesday with no holiday near it.</summary>
internal sealed class Story
{
    public static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    public static readonly DateOnly J = new(2027, 2, 10);

    public Cycle Cycle { get; set; } = new(CycleState.Open, RenewalKind.Explicit, 1, J, J.AddDays(-300));
    public ClientFacts Client { get; set; } = new();
    public Sequence Sequence { get; set; } = MaintenanceSequence.For(12, new MaintenanceOptions());
    public BusinessCalendar Calendar { get; set; } = new(Paris, SendingWindow.Default);
    public int Gap { get; set; } = Planner.DefaultMinimumGap;
    public List<StepRecord> History { get; } = [];
    public List<string> Log { get; } = [];

    /// <summary>What the planner says on a day, nothing recorded.</summary>
    public Decision At(int day, string time = "09:30") => Planner.Next(
        Cycle, Client, History, Sequence, Calendar, Calendar.At(Cycle.Anchor.AddDays(day), TimeOnly.Parse(time)), Gap);

    /// <summary>Plays each day of the range and records what was sent or skipped.</summary>
    public Story Play(int from, int to)
    {
        for (var day = from; day <= to; day++)
            PlayDay(day);
        return this;
    }

    public Story Sent(string step, int day) => Record(step, StepState.Sent, day);

    public Story Pending(string step, int day) => Record(step, StepState.Pending, day);

    public Story Failed(string step, int day) => Record(step, StepState.Failed, day);

    /// <summary>The log as one line: <c>notice J-30, lapsed skipped paused</c>.</summary>
    public override string ToString() => string.Join(", ", Log);

    private Story Record(string step, StepState state, int day)
    {
        History.RemoveAll(r => r.StepId == step);
        History.Add(new StepRecord(step, state, Cycle.Anchor.AddDays(day)));
        return this;
    }

    private void PlayDay(int day)
    {
        for (var answers = 0; ; answers++)
        {
            answers.ShouldBeLessThanOrEqualTo(Sequence.Steps.Count, "the planner must come to an end");
            switch (At(day))
            {
                case Decision.Send send:
                    Record(send.Step.Id, StepState.Sent, day);
                    Log.Add($"{Short(send.Step)} J{day:+0;-0;+0}");
                    break;
                case Decision.Skip skip:
                    Record(skip.Step.Id, StepState.Skipped, day);
                    Log.Add($"{Short(skip.Step)} skipped {skip.Because.Code()}");
                    break;
                default:
                    return;
            }
        }
    }

    private static string Short(Step step) => step.Id["maintenance.".Length..];
}
