namespace Relance.Domain.Reminders;

/// <summary>Every "no" has a reason that is stored and shown: why was this client not reminded?</summary>
public enum SkipReason
{
    /// <summary>The client paid.</summary>
    Paid,
    /// <summary>The client declined.</summary>
    Declined,
    /// <summary>The contract is closed.</summary>
    Ended,
    /// <summary>The contract, order or subscription was cancelled, refunded, trashed or deleted.</summary>
    Cancelled,
    /// <summary>Due before the shop was linked, imported or changed its mode.</summary>
    BeforeBaseline,
    /// <summary>A later step is due: the client gets the one that is right now.</summary>
    Superseded,
    /// <summary>The next step is closer than the minimum gap: the later one goes.</summary>
    MergedIntoNext,
    /// <summary>The days on which the message is true are over.</summary>
    Expired,
    /// <summary>The step it builds on was not sent.</summary>
    PrerequisiteMissing,
    /// <summary>Nothing is due yet.</summary>
    NotDue,
    /// <summary>Closed day, or outside the sending window.</summary>
    OutsideWindow,
    /// <summary>Too close to the previous step.</summary>
    MinimumGap,
    /// <summary>This person already has a reminder today.</summary>
    DailySlot,
    /// <summary>Paused by a person.</summary>
    Paused,
    /// <summary>A transfer or cheque was announced: hard steps wait seven days.</summary>
    TransferAnnounced,
    /// <summary>An automatic payment is on its way: only a failed one is reminded.</summary>
    AwaitingDebit,
    /// <summary>Nobody to write to: a task is open.</summary>
    NoAddress,
    /// <summary>A server refused the address: a task is open.</summary>
    AddressRefused,
    /// <summary>Its message is planned and has not left yet.</summary>
    AlreadyPlanned,
    /// <summary>Several contracts match one purchase, or somebody withdrew the shop's order: a person decides.</summary>
    NeedsDecision,
    /// <summary>This kind of contract is recognised; its sequence is not built yet.</summary>
    SequenceNotBuilt,
    /// <summary>All steps are done.</summary>
    SequenceDone,
    /// <summary>The shop did not answer the check before sending.</summary>
    ShopUnreachable,
    /// <summary>The shop's daily ceiling is reached.</summary>
    DailyCeiling,
    /// <summary>Waits for a person's approval.</summary>
    AwaitingApproval,
    /// <summary>Nobody approved it while it was true.</summary>
    NotApproved,
    /// <summary>A person said no to this message.</summary>
    RejectedByPerson,
    /// <summary>The client disputes it: reminders stop until a person says otherwise.</summary>
    Disputed,
    /// <summary>Insolvency proceedings forbid individual dunning (C. com., L622-21).</summary>
    Insolvent,
    /// <summary>Our clock and the shop's differ by more than an hour.</summary>
    ClockSkew,
    /// <summary>The shop says this itself, by a mail of its own.</summary>
    ShopSpeaks,
    /// <summary>The contract renewed tacitly: its next term runs.</summary>
    Renewed,
    /// <summary>A person said that the legal notice must not go, and why.</summary>
    NoticeOff,
    /// <summary>The term is too short for its notice: no day is lawful (C. consom. L215-1).</summary>
    NoticeImpossible,
    /// <summary>The contract's notice period is not recorded: no notice can be computed.</summary>
    ClausesMissing,
}

/// <summary>The stable text form of reasons, for storage, JSON and people.</summary>
public static class SkipReasonCode
{
    /// <summary>Kebab case of the name: <c>before-baseline</c>.</summary>
    public static string Code(this SkipReason reason) => string.Concat(reason.ToString().Select(Kebab));

    /// <summary>Kebab case of the name: <c>loyal-payer</c>.</summary>
    public static string Code(this ToneReason reason) => string.Concat(reason.ToString().Select(Kebab));

    private static string Kebab(char c, int index) => !char.IsUpper(c) ? c.ToString() : (index > 0 ? "-" : "") + char.ToLowerInvariant(c);
}
