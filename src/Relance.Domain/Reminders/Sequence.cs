using Relance.Domain.Calendar;

namespace Relance.Domain.Reminders;

/// <summary>What limits a step (design, "Each step has a class").</summary>
public enum StepClass
{
    /// <summary>Answers an act of the client: leaves at once, outside every limit.</summary>
    Confirmation,
    /// <summary>Window, gap, daily slot, ceiling; grouped.</summary>
    Reminder,
    /// <summary>Alone, approved by a person.</summary>
    Formal,
    /// <summary>Alone; no ceiling, gap or pause.</summary>
    Legal,
}

/// <summary>A step of a sequence, as data.</summary>
/// <param name="Id">Stable id, also the template's: <c>maintenance.notice</c>.</param>
/// <param name="Day">Nominal day relative to the anchor J: -30 is J-30.</param>
/// <param name="LastDay">Last day relative to J on which the message is still true; null: for ever.</param>
/// <param name="Move">Which way the nominal day moves off a closed day.</param>
/// <param name="Hardness">1 informs … 5 closes.</param>
/// <param name="Requires">A step that must have been sent in this cycle before this one.</param>
/// <param name="IsPrerequisite">Never superseded nor merged, since a later step needs it.</param>
public sealed record Step(
    string Id, StepClass Class, int Day, int? LastDay, DateMove Move, int Hardness,
    string? Requires = null, bool IsPrerequisite = false, bool NeedsApproval = false, string Channel = "email")
{
    /// <summary>Weekdays this step never goes out on.</summary>
    public IReadOnlyList<DayOfWeek> AvoidedDays { get; init; } = [];

    /// <summary>The calendar never moves the step before this day relative to J: there its own day stands, open or closed; null: no such day.</summary>
    public int? FirstDay { get; init; }

    /// <summary>From this day relative to J on the step leaves at once, at any hour of any day; null: never.</summary>
    public int? UrgentDay { get; init; }

    /// <summary>The shop says this itself: two voices about one thing would be one too many.</summary>
    public bool SpokenByShop { get; init; }

    /// <summary>The day the step is due from: nominal, then moved by the calendar.</summary>
    public DateOnly DueOn(DateOnly anchor, BusinessCalendar calendar) =>
        calendar.Move(anchor.AddDays(Day), Move, AvoidedDays) is var moved && FirstDay is { } first && moved < anchor.AddDays(first) ? anchor.AddDays(Day) : moved;

    /// <summary>Whether the step leaves at once on this day.</summary>
    public bool IsUrgent(DateOnly anchor, DateOnly day) => UrgentDay is { } urgent && day >= anchor.AddDays(urgent);

    /// <summary>The last local date on which the message is true.</summary>
    public DateOnly ValidUntil(DateOnly anchor) => LastDay is { } last ? anchor.AddDays(last) : DateOnly.MaxValue;
}

/// <summary>Steps in their order. The order is kept: a later step is never followed by an earlier one.</summary>
/// <param name="Name">The name stored with the cycle.</param>
/// <param name="Steps">Empty for a sequence that is recognised and not built yet.</param>
public sealed record Sequence(string Name, IReadOnlyList<Step> Steps)
{
    /// <summary>When the first notice of a cycle is due, moved by the calendar; null where the sequence has none.</summary>
    public DateOnly? NoticeDueOn(DateOnly anchor, BusinessCalendar calendar) => Steps is [{ Day: <= 0 } notice, ..] ? notice.DueOn(anchor, calendar) : null;
}
