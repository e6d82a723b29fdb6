using Relance.Domain.Billing;

namespace Relance.Domain.Reminders;

/// <summary>What keeps a step from leaving although it is due: each is a reason that a person can read and lift.</summary>
internal sealed class Holds(Cycle cycle, ClientFacts client)
{
    /// <summary>Why a step may not leave on a day; null when it may. The daily slot is apart, since it is free again the next day.</summary>
    public SkipReason? On(Step step, DateOnly day)
    {
        if ((step.Class == StepClass.Legal ? cycle.LegalHold : Ordinary(step, day)) is { } hold)
            return hold;
        if (!client.HasAddress)
            return SkipReason.NoAddress;
        return client.AddressRefused ? SkipReason.AddressRefused : null;
    }

    private SkipReason? Ordinary(Step step, DateOnly day)
    {
        if (cycle.Hold is { } hold)
            return hold;
        if (cycle.PausedUntil is { } until && day < until)
            return SkipReason.Paused;
        if (cycle.Flag is { } flag)
            return flag;
        if (WaitsForTransfer(step, day))
            return SkipReason.TransferAnnounced;
        return WaitsForDebit(step, day) ? SkipReason.AwaitingDebit : null;
    }

    /// <summary>Whether this person already has a reminder today (catalogue §6: never more than one a day).</summary>
    public bool SlotIsTaken(Step step) => client.SlotTaken && step.Class != StepClass.Legal;

    /// <summary>Whether a step, also a planned one, makes room for a legal notice of today, whichever contract that is about (C. consom. L215-1: dedicated).</summary>
    public bool YieldsToLegal(Step step) => client.LegalToday && step.Class == StepClass.Reminder;

    // Nobody who pays automatically is told that he has not paid, unless the payment failed; a late failure leaves the same days to answer.
    private bool WaitsForDebit(Step step, DateOnly day) => cycle.Kind == RenewalKind.Automatic && step.Day > 0
        && !(cycle.DebitFailedOn is { } failed && day >= failed.AddDays(step.Day - 1));

    private bool WaitsForTransfer(Step step, DateOnly day) => step.Hardness >= Planner.HardFrom
        && cycle.AnnouncedOn is { } announced && day < announced.AddDays(Planner.AnnouncedGraceDays);
}
