using Relance.Domain.Billing;

namespace Relance.Domain.Reminders;

/// <summary>Whether a cycle still runs, and if not, what closed it.</summary>
public enum CycleState
{
    /// <summary>Runs.</summary>
    Open,
    /// <summary>Closed by a payment.</summary>
    Paid,
    /// <summary>Closed by the client's refusal.</summary>
    Declined,
    /// <summary>Closed unpaid.</summary>
    Ended,
    /// <summary>Closed by its own tacit renewal: the next term runs.</summary>
    Renewed,
    /// <summary>Closed because its contract, order or subscription was cancelled, refunded or deleted.</summary>
    Cancelled,
}

/// <summary>One round of reminders about one term of one contract: (contract, term number), never a date.</summary>
/// <param name="Anchor">J, a local date. A moved anchor updates the open cycle; done steps stay done.</param>
/// <param name="BaselineOn">Steps due strictly before this local date are skipped (linking, import, change of mode).</param>
/// <param name="PausedUntil">Reminders wait until this local date (excluded).</param>
/// <param name="AnnouncedOn">The local date on which a transfer or cheque was announced; hard steps wait seven days.</param>
/// <param name="DebitFailedOn">The local date on which an automatic payment failed; null while it has not.</param>
/// <param name="Flag">A dispute or an insolvency: everything but legal notices stops until it is cleared.</param>
/// <param name="Hold">Another reason why a person must look first; legal notices do not wait for it. Null when none.</param>
/// <param name="LegalHold">What keeps a legal notice from going, beside a missing address: switched off, impossible, or clauses missing.</param>
public sealed record Cycle(
    CycleState State, RenewalKind Kind, int TermNo, DateOnly Anchor, DateOnly BaselineOn,
    DateOnly? PausedUntil = null, DateOnly? AnnouncedOn = null, SkipReason? Hold = null, SkipReason? Flag = null, DateOnly? DebitFailedOn = null,
    SkipReason? LegalHold = null);

/// <summary>What the planner must know of the person who would get the mail.</summary>
/// <param name="HasAddress">There is an address to write to.</param>
/// <param name="AddressRefused">A server refused this address for good.</param>
/// <param name="SlotTaken">A reminder already goes, or went, to this person today.</param>
/// <param name="LegalToday">A legal notice goes, or went, to this person today: no reminder beside it.</param>
public sealed record ClientFacts(bool HasAddress = true, bool AddressRefused = false, bool SlotTaken = false, bool LegalToday = false);

/// <summary>What became of a step of this cycle.</summary>
public enum StepState
{
    /// <summary>Planned: its message has not left yet.</summary>
    Pending,
    /// <summary>Accepted by the next server, or possibly delivered (unknown).</summary>
    Sent,
    /// <summary>Not sent, and never will be in this cycle.</summary>
    Skipped,
    /// <summary>Refused for good.</summary>
    Failed,
}

/// <summary>One line of a cycle's history.</summary>
/// <param name="On">Local date: sent on, else decided on.</param>
public sealed record StepRecord(string StepId, StepState State, DateOnly On);
