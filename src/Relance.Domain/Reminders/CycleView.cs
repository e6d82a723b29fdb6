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
    private readonly int _furthestSent;
    private readonly List<Dated> _open;

    // A step with its place in the sequence and its days in this cycle, both included.
    private sealed record Dated(Step Step, int Place, DateOnly DueOn, DateOnly ValidUntil);

    public CycleView(Cycle cycle, ClientFacts client, IReadOnlyList<StepRecord> history, Sequence sequence, BusinessCalendar calendar, DateTimeOffset now, int gap)
    {
        (_cycle, _calendar, _now, _gap) = (cycle, calendar, now, Math.Clamp(gap, 0, LongestGap));
        _holds = new Holds(cycle, client);
        _today = calendar.LocalDate(now);
        _history = history.GroupBy(r => r.StepId).ToDictionary(same => same.Key, same => same.MaxBy(r => (r.State == StepState.Sent, r.State != StepState.Pending))!);
        _lastSentOn = history.Where(r => r.State == StepState.Sent).Select(r => (DateOnly?)r.On).Max();
        _furthestSent = sequence.Steps.Select((step, place) => Sent(step.Id) ? place : -1).DefaultIfEmpty(-1).Max();
        _open = [.. sequence.Steps.Select((step, place) => (step, place)).Where(s => IsOpen(s.step))
            .Select(s => new Dated(s.step, s.place, s.step.DueOn(cycle.Anchor, calendar), s.step.ValidUntil(cycle.Anchor)))];
    }

    /// <summary>The first step whose time is over, or that another one replaces.</summary>
    public Decision? SkipPast()
    {
        var latest = _open.FindLast(s => IsDue(s) && IsValid(s) && MayFollow(s) && !s.Step.SpokenByShop && _holds.On(s.Step, _today) is null);
        foreach (var s in _open)
        {
            if (WhyNever(s, latest) is { } reason)
                return new Decision.Skip(s.Step, reason);
        }

        return null;
    }

    /// <summary>The step that is right today: sent, or held with a reason.</summary>
    public Decision? SendOrHold()
    {
        if (_open.Find(due => IsDue(due) && MayFollow(due)) is not { } s)
            return null;
        if (_holds.On(s.Step, _today) is { } hold)
            return new Decision.Wait(NextLook(s), s.Step, hold);
        if (_holds.YieldsToLegal(s.Step))
            return new Decision.Wait(NextOpenDay(s.Step), s.Step, SkipReason.DailySlot);
        if (IsPending(s.Step))
            return new Decision.Wait(_calendar.StartOf(_today.AddDays(1)), s.Step, SkipReason.AlreadyPlanned);
        if (_holds.SlotIsTaken(s.Step))
            return new Decision.Wait(NextOpenDay(s.Step), s.Step, SkipReason.DailySlot);
        if (GapEnds(s.Step) is { } gapEnds && gapEnds > _today)
            return new Decision.Wait(_calendar.StartOf(gapEnds), s.Step, SkipReason.MinimumGap);
        if (!s.Step.IsUrgent(_cycle.Anchor, _today) && (!_calendar.IsOpen(_today, s.Step.AvoidedDays) || _now >= _calendar.ClosesOn(_today, IsLastChance(s))))
            return new Decision.Wait(NextLook(s), s.Step, SkipReason.OutsideWindow);
        return new Decision.Send(s.Step, s.DueOn, s.ValidUntil, IsLastChance(s));
    }

    /// <summary>The next step's day, or the end of the sequence.</summary>
    public Decision WaitForNext()
    {
        var later = _open.FindAll(s => !IsDue(s));
        // A step that the calendar moved past its last day still has to be skipped, but is not announced before others.
        var next = later.FindAll(s => s.DueOn <= s.ValidUntil).MinBy(s => s.DueOn) ?? later.MinBy(s => s.DueOn);
        return next is null ? new Decision.Stop(SkipReason.SequenceDone) : new Decision.Wait(_calendar.StartOf(next.DueOn), next.Step, SkipReason.NotDue);
    }

    private SkipReason? WhyNever(Dated s, Dated? latest)
    {
        if (s.Step.Requires is { } required && !Sent(required) && !_open.Exists(other => other.Step.Id == required))
            return SkipReason.PrerequisiteMissing;
        if (!IsPending(s.Step) && IsBacklog(s))
            return SkipReason.BeforeBaseline;
        if (s.Step.SpokenByShop && IsDue(s) && !IsPending(s.Step))
            return SkipReason.ShopSpeaks;
        if (!IsValid(s))
            return _holds.On(s.Step, s.ValidUntil) ?? (IsReplaced(s, latest) ? SkipReason.Superseded : SkipReason.Expired);
        if (IsReplaced(s, latest))
            return SkipReason.Superseded;
        return IsDue(s) && !IsPending(s.Step) && !s.Step.IsPrerequisite && NextIsTooClose(s) ? SkipReason.MergedIntoNext : null;
    }

    // A legal notice that may still be given in time is no backlog.
    private bool IsBacklog(Dated s) => (s.Step.Class == StepClass.Legal ? s.ValidUntil : s.DueOn) < _cycle.BaselineOn;

    // What is behind the furthest step sent never goes: the order is kept, whatever the anchor did since.
    private bool IsReplaced(Dated s, Dated? latest) => s.Place < _furthestSent || (s.Place < latest?.Place && !s.Step.IsPrerequisite);

    // A step behind an unsent prerequisite replaces nothing: the prerequisite goes first.
    private bool MayFollow(Dated s) => s.Step.Requires is null || Sent(s.Step.Requires);

    private bool NextIsTooClose(Dated s) => _open.Find(other => other.Place > s.Place && MayFollow(other)) is { } next
        && !next.Step.SpokenByShop && next.DueOn > _today && next.DueOn < _today.AddDays(_gap) && next.DueOn <= next.ValidUntil && _holds.On(next.Step, next.DueOn) is null;

    private DateOnly? GapEnds(Step step) => step.Class == StepClass.Legal ? null : _lastSentOn?.AddDays(_gap);

    private DateOnly NextOpen(Step step) => _calendar.Move(_today.AddDays(1), DateMove.Later, step.AvoidedDays);

    private DateTimeOffset NextOpenDay(Step step) => _calendar.StartOf(NextOpen(step));

    // What becomes urgent on a closed day is looked at on that day.
    private DateTimeOffset NextLook(Dated s) => _calendar.StartOf(s.Step.UrgentDay is { } urgent && NextOpen(s.Step) is var open && _cycle.Anchor.AddDays(urgent) is var from && from < open
        ? from > _today ? from : _today.AddDays(1)
        : NextOpen(s.Step));

    private bool IsLastChance(Dated s) => NextOpen(s.Step) > s.ValidUntil;

    private bool Sent(string id) => _history.TryGetValue(id, out var record) && record.State == StepState.Sent;

    private bool IsPending(Step step) => _history.TryGetValue(step.Id, out var record) && record.State == StepState.Pending;

    private bool IsOpen(Step step) => !_history.ContainsKey(step.Id) || IsPending(step);

    private bool IsDue(Dated s) => s.DueOn <= _today;

    private bool IsValid(Dated s) => _today <= s.ValidUntil;
}
