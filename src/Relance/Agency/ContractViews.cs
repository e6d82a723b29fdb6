namespace Relance.Agency;

/// <summary>Which contracts to list; all by default, in the order in which Relance met them.</summary>
/// <param name="Shop">A shop's id.</param>
/// <param name="Standing">active, renewal-due, grace, suspended, ended or declined.</param>
/// <param name="Search">Part of the client's name or address, or of the reference.</param>
/// <param name="After">The <c>Next</c> of the page before.</param>
/// <param name="Limit">1 to 500.</param>
public sealed record ContractFilter(string? Shop = null, string? Standing = null, string? Search = null, string? After = null, int Limit = 50);

/// <summary>A contract in a list. Dates are local to the shop.</summary>
/// <param name="Shop">The shop's name.</param>
/// <param name="Reference">As mails print it.</param>
/// <param name="TermEnd">J, the last paid day.</param>
/// <param name="Amount">Price of the next term incl. VAT, in minor units.</param>
/// <param name="NextStep">The step that comes, or waits; null when none does.</param>
/// <param name="NextOn">The day on which it is due, or on which it is looked at again.</param>
/// <param name="Because">Code of the reason why it has not gone (<see cref="Domain.Reminders.SkipReason"/>).</param>
/// <param name="PausedUntil">Reminders wait until this day (excluded).</param>
public sealed record ContractSummary(
    string Id, string ShopId, string Shop, string Reference, string ClientId, string Client, string Plan, DateOnly TermStart, DateOnly TermEnd,
    long Amount, string Currency, string Standing, string? NextStep, DateOnly? NextOn, string? Because, DateOnly? PausedUntil, bool Dispute, bool Insolvent);

/// <summary>Everything about one contract.</summary>
/// <param name="Email">Where its mails go; null when the shop has no address.</param>
/// <param name="AddressRefused">What the server said that refused this address for good.</param>
/// <param name="Source">subscription, product-rule, …</param>
/// <param name="Renewal">explicit, tacit or automatic.</param>
/// <param name="Months">Length of a term.</param>
/// <param name="Hold">Code of the reason why a person must look first.</param>
/// <param name="OrderNumber">The open order that would renew it.</param>
/// <param name="ClosedBy">Who declined or ended it, when a person did: only that can be reopened.</param>
/// <param name="ClientKind">consumer, business, non-professional, public or unknown.</param>
/// <param name="Tacit">Its tacit renewal; null for other contracts.</param>
/// <param name="Cycles">The newest first.</param>
/// <param name="Timeline">The oldest first.</param>
public sealed record ContractDetail(
    ContractSummary Summary, string? Email, string? AddressRefused, string Source, string Renewal, int Months, int TermNo,
    DateOnly? AnnouncedOn, DateOnly? SuspendedOn, DateOnly? EndedOn, DateOnly? DeclinedOn, string? Hold, string? OrderNumber, Uri? PayUrl, string? ClosedBy,
    string ClientKind, TacitView? Tacit, IReadOnlyList<FlagItem> Flags, IReadOnlyList<PauseItem> Pauses, IReadOnlyList<TaskItem> Tasks, IReadOnlyList<CycleSummary> Cycles, IReadOnlyList<TimelineItem> Timeline);

/// <summary>One line of what happened to a contract.</summary>
/// <param name="At">Business instant.</param>
/// <param name="Kind">A journal kind (<c>planned</c>, <c>sent</c>, <c>paid</c>, …), or <c>message</c> for a mail with its present state.</param>
/// <param name="Step">The step it is about, if any.</param>
/// <param name="State">Of a message: held, due, sending, sent, unknown, failed or void.</param>
/// <param name="Reason">Code of the reason, or the server's answer.</param>
/// <param name="MessageId">The mail to show, if any.</param>
/// <param name="By">Who decided, when a person did.</param>
public sealed record TimelineItem(DateTimeOffset At, string Kind, string? Step, string? State, string? Reason, string? MessageId, string? By);

/// <summary>A dispute or an insolvency.</summary>
/// <param name="Scope">contract or client.</param>
/// <param name="Flag">dispute or insolvent.</param>
public sealed record FlagItem(string Id, string Scope, string ScopeId, string Flag, string Reason, string By, DateTimeOffset CreatedAt);

/// <summary>Which cycles to list, the newest first.</summary>
/// <param name="State">open, paid, declined, ended or cancelled.</param>
public sealed record CycleFilter(string? Shop = null, string? Contract = null, string? State = null, string? After = null, int Limit = 50);

/// <summary>One round of reminders about one term of one contract.</summary>
/// <param name="Anchor">J.</param>
/// <param name="Because">Code of the reason why nothing goes now, or of what closed it.</param>
/// <param name="LooksAgainOn">The day on which the planner looks again.</param>
/// <param name="Steps">What became of its steps, in the order of the decisions.</param>
public sealed record CycleSummary(
    string Id, string ShopId, string ContractId, string Reference, string Client, int TermNo, DateOnly Anchor, string State,
    string? NextStep, string? Because, DateOnly? LooksAgainOn, IReadOnlyList<StepItem> Steps);

/// <summary>What became of a step.</summary>
/// <param name="State">planned, sent, skipped or failed.</param>
/// <param name="Mode">dry, redirect or live.</param>
/// <param name="On">Sent, else decided, on this local day.</param>
public sealed record StepItem(string Step, string Channel, string Mode, string State, string? Reason, DateOnly On, string? MessageId);
