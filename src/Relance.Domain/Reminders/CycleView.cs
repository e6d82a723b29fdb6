using Relance.Domain.Calendar;

namespace Relance.Domain.Reminders;

/// <summary>One cycle seen from one instant: the rules of <see cref="Planner"/>, each in one place.</summary>
internal sealed class CycleView
{
    private const int LongestGap = 366;

    private readonly Cycle _cycle;
    private readonly Holds _holds;
    private readonly BusinessCalendar _calendar;
    private readonly DateTimeOffset _now;
    private readonly DateOnly _today;
    private readonly int _gap;
    private readonly Dictionary<string, StepRecord> _history;
    private readonly DateOnly? _lastSentOn;
    private readonly IReadOnlyList<Step> _steps;
    private readonly int _furthestSent;
    private readonly List<Step> _open;

    public CycleView(Cycle cycle, ClientFacts client, IReadOnlyList<StepRecord> history, Sequence sequence, BusinessCalendar calendar, DateTimeOffset now, int gap)
    {
        (_cycle, _calendar, _now, _gap) = (cycle, calendar, now, Math.Clamp(gap, 0, LongestGap));
        _holds = new Holds(cycle, client);
        _today = calendar.LocalDate(now);
        _history = history.GroupBy(r => r.StepId).ToDictionary(same => same.Key, same => same.MaxBy(r => (r.State == StepState.Sent, r.State != StepState.Pending))!);
        _lastSentOn = history.Where(r => r.State == StepState.Sent).Select(r => (DateOnly?)r.On).Max();
        _steps = sequence.Steps;
        _furthestSent = _steps.Select((step, at) => Sent(step.Id) ? at : -1).DefaultIfEmpty(-1).Max();
        _open = [.. _steps.Where(step => !_history.TryGetValue(step.Id, out var record) || record.State == StepState.Pending)];
    }

    /// <summary>The first step whose time is over, or that another one replaces.</summary>
    public Decision? SkipPast()
    {
        var latest = _open.FindLast(step => IsDue(step) && IsValid(step) && MayFollow(step) && _holds.On(step, _today) is null);
        foreach (var step in _open)
        {
            if (WhyNever(step, latest) is { } reason)
                return new Decision.Skip(step, reason);
        }

        return null;
    }

    /// <summary>The step that is right today: sent, or held with a reason.</summary>
    public Decision? SendOrHold()
    {
        if (_open.Find(candidate => IsDue(candidate) && MayFollow(candidate)) is not { } step)
            return null;
        if (_holds.On(step, _today) is { } hold)
            return new Decision.Wait(NextOpenDay(step), step, hold);
        if (IsPending(step))
            return new Decision.Wait(_calendar.StartOf(_today.AddDays(1)), step, SkipReason.AlreadyPlanned);
        if (_holds.SlotIsTaken(step))
            return new Decision.Wait(NextOpenDay(step), step, SkipReason.DailySlot);
        if (GapEnds(step) is { } gapEnds && gapEnds > _today)
            return new Decision.Wait(_calendar.StartOf(gapEnds), step, SkipReason.MinimumGap);
        if (!_calendar.IsOpen(_today, step.AvoidedDays) || _now >= _calendar.ClosesOn(_today, IsLastChance(step)))
            return new Decision.Wait(NextOpenDay(step), step, SkipReason.OutsideWindow);
        return new Decision.Send(step, DueOn(step), ValidUntil(step), IsLastChance(step));
    }

    /// <summary>The next step's day, or the end of the sequence.</summary>
    public Decision WaitForNext()
    {
        var later = _open.FindAll(step => !IsDue(step));
        // A step that the calendar moved past its last day still has to be skipped, but is not announced before others.
        var next = later.FindAll(step => DueOn(step) <= ValidUntil(step)).MinBy(DueOn) ?? later.MinBy(DueOn);
        return next is null ? new Decision.Stop(SkipReason.SequenceDone) : new Decision.Wait(_calendar.StartOf(DueOn(next)), next, SkipReason.NotDue);
    }

    private SkipReason? WhyNever(Step step, Step? latest)
    {
        if (step.Requires is { } required && !Sent(required) && !_open.Exists(other => other.Id == required))
            return SkipReason.PrerequisiteMissing;
        if (!IsPending(step) && DueOn(step) < _cycle.BaselineOn)
            return SkipReason.BeforeBaseline;
        if (!IsValid(step))
            return _holds.On(step, ValidUntil(step)) ?? (IsReplaced(step, latest) ? SkipReason.Superseded : SkipReason.Expired);
        if (IsReplaced(step, latest))
            return SkipReason.Superseded;
        return IsDue(step) && !IsPending(step) && !step.IsPrerequisite && NextIsTooClose(step) ? SkipReason.MergedIntoNext : null;
    }

    // What is behind the furthest step sent never goes: the order is kept, whatever the anchor did since.
    private bool IsReplaced(Step step, Step? latest) =>
        Position(step) < _furthestSent || (latest is not null && Position(step) < Position(latest) && !step.IsPrerequisite);

    // A step behind an unsent prerequisite replaces nothing: the prerequisite goes first.
    private bool MayFollow(Step step) => step.Requires is null || Sent(step.Requires);

    private bool NextIsTooClose(Step step) =>
        _open.Find(other => Position(other) > Position(step) && MayFollow(other)) is { } next
        && DueOn(next) is var due && due > _today && due < _today.AddDays(_gap) && due <= ValidUntil(next) && _holds.On(next, due) is null;

    private DateOnly? GapEnds(Step step) => step.Class == StepClass.Legal ? null : _lastSentOn?.AddDays(_gap);

    private DateTimeOffset NextOpenDay(Step step) =>
        _calendar.StartOf(_calendar.Move(_today.AddDays(1), DateMove.Later, step.AvoidedDays));

    private bool IsLastChance(Step step) => _calendar.Move(_today.AddDays(1), DateMove.Later, step.AvoidedDays) > ValidUntil(step);

    private int Position(Step step) => _steps.TakeWhile(other => other != step).Count();

    private bool Sent(string id) => _history.TryGetValue(id, out var record) && record.State == StepState.Sent;

    private bool IsPending(Step step) => _history.ContainsKey(step.Id);

    private bool IsDue(Step step) => DueOn(step) <= _today;

    private bool IsValid(Step step) => _today <= ValidUntil(step);

    private DateOnly DueOn(Step step) => step.DueOn(_cycle.Anchor, _calendar);

    private DateOnly ValidUntil(Step step) => step.ValidUntil(_cycle.Anchor);
}
