namespace Relance.Domain.Reminders;

/// <summary>What keeps a step from leaving although it is due: each is a reason that a person can read and lift.</summary>
internal sealed class Holds(Cycle cycle, ClientFacts client)
{
    /// <summary>Why a step may not leave on a day; null when it may. The daily slot is apart, since it is free again the next day.</summary>
    public SkipReason? On(Step step, DateOnly day)
    {
        if (cycle.Hold is { } hold)
            return hold;
        if (step.Class != StepClass.Legal && cycle.PausedUntil is { } until && day < until)
            return SkipReason.Paused;
        if (step.Class != StepClass.Legal && cycle.Flag is { } flag)
            return flag;
        if (WaitsForTransfer(step, day))
            return SkipReason.TransferAnnounced;
        if (!client.HasAddress)
            return SkipReason.NoAddress;
        return client.AddressRefused ? SkipReason.AddressRefused : null;
    }

    /// <summary>Whether this person already has a reminder today (catalogue §6: never more than one a day).</summary>
    public bool SlotIsTaken(Step step) => client.SlotTaken && step.Class != StepClass.Legal;

    private bool WaitsForTransfer(Step step, DateOnly day) => step is { Hardness: >= Planner.HardFrom, Class: not StepClass.Legal }
        && cycle.AnnouncedOn is { } announced && day < announced.AddDays(Planner.AnnouncedGraceDays);
}
