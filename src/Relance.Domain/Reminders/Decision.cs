namespace Relance.Domain.Reminders;

/// <summary>The planner's answer for one cycle at one instant.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <summary>Plan this step today.</summary>
    /// <param name="ValidUntil">Last local date on which it is true.</param>
    /// <param name="LastChance">No later open day lies within its validity: it may go until the last call.</param>
    public sealed record Send(Step Step, DateOnly DueOn, DateOnly ValidUntil, bool LastChance) : Decision;

    /// <summary>Nothing now; look again at this instant.</summary>
    /// <param name="NextStep">The step that waits.</param>
    public sealed record Wait(DateTimeOffset Until, Step NextStep, SkipReason Because) : Decision;

    /// <summary>This step will not go in this cycle: record it and ask again.</summary>
    public sealed record Skip(Step Step, SkipReason Because) : Decision;

    /// <summary>The cycle needs nothing more.</summary>
    public sealed record Stop(SkipReason Because) : Decision;
}
