using Relance.Domain.Calendar;

namespace Relance.Domain.Reminders;

/// <summary>One cycle seen from one instant: the rules of <see cref="Planner"/>, each in one place.</summary>
internal sealed class CycleView
{
    private readonly Cycle _cycle;
    private readonly ClientFacts _client;
    private readonly IReadOnlyList<StepRecord> _history;
    private readonly BusinessCalendar _calendar;
    private readonly DateTimeOffset _now;
    private readonly int _gap;
    private readonly DateOnly _today;
    private readonly List<Step> _open;
    private readonly Step? _pending;

    public CycleView(Cycle cycle, ClientFacts client, IReadOnlyList<StepRecord> history, Sequence sequence, BusinessCalendar calendar, DateTimeOffset now, int gap)
    {
        (_cycle, _client, _history, _calendar, _now, _gap) = (cycle, client, history, calendar, now, gap);
        _today = calendar.LocalDate(now);
        var done = history.Where(r => r.State != StepState.Pending).Select(r => r.StepId).ToHashSet();
        var afterLastSent = sequence.Steps.Reverse().TakeWhile(step => !Sent(step.Id)).Reverse();
        _open = [.. afterLastSent.Where(step => !done.Contains(step.Id))];
        _pending = _open.Find(step => history.Any(r => r.StepId == step.Id && r.State == StepState.Pending));
    }

    /// <summary>The first step whose time is over, or that another one replaces.</summary>
    public Decision? SkipPast()
    {
        var latest = _open.FindLast(step => IsDue(step) && IsValid(step) && MayFollow(step));
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
        if (_pending is not null)
            return new Decision.Wait(_calendar.StartOf(_today.AddDays(1)), _pending, SkipReason.AlreadyPlanned);
        if (_open.Find(IsDue) is not { } step)
            return null;
        if (WhyNotToday(step) is { } hold)
            return new Decision.Wait(NextOpenDay(step), step, hold);
        if (GapEnds() is { } gapEnds && gapEnds > _today)
            return new Decision.Wait(_calendar.StartOf(gapEnds), step, SkipReason.MinimumGap);
        if (!_calendar.IsOpen(_today, step.AvoidedDays) || _now >= _calendar.ClosesOn(_today, IsLastChance(step)))
            return new Decision.Wait(NextOpenDay(step), step, SkipReason.OutsideWindow);
        return new Decision.Send(step, DueOn(step), ValidUntil(step), IsLastChance(step));
    }

    /// <summary>The next step's day, or the end of the sequence.</summary>
    public Decision WaitForNext() => _open.MinBy(DueOn) is { } next
        ? new Decision.Wait(_calendar.StartOf(DueOn(next)), next, SkipReason.NotDue)
        : new Decision.Stop(SkipReason.SequenceDone);

    private SkipReason? WhyNever(Step step, Step? latest)
    {
        if (step.Requires is { } required && !Sent(required) && !_open.Exists(other => other.Id == required))
            return SkipReason.PrerequisiteMissing;
        if (step != _pending && DueOn(step) < _cycle.BaselineOn)
            return SkipReason.BeforeBaseline;
        if (latest is not null && Precedes(step, latest) && !(step.IsPrerequisite && IsValid(step)))
            return SkipReason.Superseded;
        if (!IsValid(step))
            return WhyNotToday(step) ?? SkipReason.Expired;
        return step != _pending && IsDue(step) && !step.IsPrerequisite && NextIsTooClose(step) ? SkipReason.MergedIntoNext : null;
    }

    private SkipReason? WhyNotToday(Step step)
    {
        if (_cycle.Hold is { } hold)
            return hold;
        if (_cycle.PausedUntil is { } until && _today < until)
            return SkipReason.Paused;
        if (step.Hardness >= Planner.HardFrom && _cycle.AnnouncedOn is { } announced && _today < announced.AddDays(Planner.AnnouncedGraceDays))
            return SkipReason.TransferAnnounced;
        if (!_client.HasAddress)
            return SkipReason.NoAddress;
        if (_client.AddressRefused)
            return SkipReason.AddressRefused;
        return _client.SlotTaken ? SkipReason.DailySlot : null;
    }

    // A step behind an unsent prerequisite replaces nothing: the prerequisite goes first.
    private bool MayFollow(Step step) => step.Requires is null || Sent(step.Requires);

    private bool NextIsTooClose(Step step)
    {
        var next = _open.SkipWhile(other => other != step).Skip(1).FirstOrDefault(MayFollow);
        return next is not null && DueOn(next) is var due && due > _today && due.DayNumber - _today.DayNumber < _gap && due <= ValidUntil(next);
    }

    private DateOnly? GapEnds() =>
        _history.Where(r => r.State == StepState.Sent).Select(r => (DateOnly?)r.On).Max()?.AddDays(_gap);

    private DateTimeOffset NextOpenDay(Step step) =>
        _calendar.StartOf(_calendar.Move(_today.AddDays(1), DateMove.Later, step.AvoidedDays));

    private bool IsLastChance(Step step) => _calendar.Move(_today.AddDays(1), DateMove.Later, step.AvoidedDays) > ValidUntil(step);

    private bool Precedes(Step step, Step other) => _open.IndexOf(step) < _open.IndexOf(other);

    private bool Sent(string id) => _history.Any(r => r.StepId == id && r.State == StepState.Sent);

    private bool IsDue(Step step) => DueOn(step) <= _today;

    private bool IsValid(Step step) => _today <= ValidUntil(step);

    private DateOnly DueOn(Step step) => step.DueOn(_cycle.Anchor, _calendar);

    private DateOnly ValidUntil(Step step) => step.ValidUntil(_cycle.Anchor);
}
