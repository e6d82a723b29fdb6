namespace Relance.Domain.Billing;

/// <summary>How a contract is renewed: it decides which sequence it follows.</summary>
public enum RenewalKind
{
    /// <summary>Ends unless the client renews: the maintenance sequence.</summary>
    Explicit,
    /// <summary>Goes on unless the client refuses in time (tacite reconduction).</summary>
    Tacit,
    /// <summary>Paid automatically by a means the shop knows.</summary>
    Automatic,
}

/// <summary>Where a contract stands on a given day.</summary>
public enum Standing
{
    /// <summary>Paid, and no notice is due yet.</summary>
    Active,
    /// <summary>Paid, from the notice's due day to the last day J.</summary>
    RenewalDue,
    /// <summary>Unpaid from J+1 until the suspension mail was accepted: care goes on. Never on a tacit contract, which goes on.</summary>
    Grace,
    /// <summary>Care is suspended.</summary>
    Suspended,
    /// <summary>Closed unpaid.</summary>
    Ended,
    /// <summary>The client said no.</summary>
    Declined,
}

/// <summary>A maintenance contract as far as its standing goes. All dates are local dates of the shop.</summary>
/// <param name="Term">The last paid term.</param>
/// <param name="NoticeDueOn">Due day (already moved by the calendar) of the open cycle's notice; null when no notice will go.</param>
/// <param name="SuspendedOn">The day the suspension mail was accepted.</param>
/// <param name="EndedOn">The day the contract was closed.</param>
/// <param name="DeclinedOn">The day the client declined.</param>
public sealed record Contract(
    Term Term, RenewalKind Kind, DateOnly? NoticeDueOn, DateOnly? SuspendedOn = null, DateOnly? EndedOn = null, DateOnly? DeclinedOn = null)
{
    /// <summary>The standing on a day, a pure function of the dates above.</summary>
    public Standing StandingAt(DateOnly date) => this switch
    {
        { DeclinedOn: { } declined } when date >= declined => Standing.Declined,
        { EndedOn: { } ended } when date >= ended => Standing.Ended,
        { SuspendedOn: { } suspended } when date >= suspended => Standing.Suspended,
        // A tacit contract goes on: whoever has not refused in time is bound.
        { Kind: not RenewalKind.Tacit } when date > Term.End => Standing.Grace,
        { NoticeDueOn: { } notice } when date >= notice => Standing.RenewalDue,
        _ => Standing.Active,
    };
}
