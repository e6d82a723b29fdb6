namespace Relance.Agency;

/// <summary>Which messages to list, the newest first.</summary>
/// <param name="State">held, due, sending, sent, unknown, failed or void.</param>
/// <param name="Day">The local day whose slot it takes.</param>
public sealed record MessageFilter(string? Shop = null, string? Contract = null, string? State = null, DateOnly? Day = null, string? After = null, int Limit = 50);

/// <summary>What one person gets, or got.</summary>
/// <param name="Email">The address it goes, or went, to.</param>
/// <param name="Class">confirmation, reminder, formal or legal.</param>
/// <param name="Mode">dry, redirect or live, at planning.</param>
/// <param name="State">held, due, sending, sent, unknown, failed or void.</param>
/// <param name="Hold">approval or renewal-order, while it is held.</param>
/// <param name="On">The local day it is for.</param>
/// <param name="SentAt">When the next server took it.</param>
/// <param name="Items">What it says, one line per contract.</param>
public sealed record MessageSummary(
    string Id, string ShopId, string Shop, string Client, string? Email, string Channel, string Class, string Mode, string State, string? Hold, string? Reason,
    DateOnly On, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, IReadOnlyList<MessageItem> Items);

/// <summary>One step of one contract in a message.</summary>
public sealed record MessageItem(string ContractId, string Reference, string Step, string State, string? Reason, DateOnly ValidUntil);

/// <summary>A message and its attempts.</summary>
/// <param name="ContentHash">SHA-256 of the exact bytes; null before the first attempt.</param>
/// <param name="HasBytes">The bytes are still kept.</param>
public sealed record MessageDetail(MessageSummary Summary, string? ContentHash, bool HasBytes, string? ApprovedBy, IReadOnlyList<AttemptItem> Attempts);

/// <summary>One attempt to send; real instants.</summary>
/// <param name="HandedAt">Right before the body went out.</param>
/// <param name="Answer">The server's own words.</param>
public sealed record AttemptItem(int N, DateTimeOffset StartedAt, DateTimeOffset? HandedAt, DateTimeOffset? FinishedAt, string? Outcome, string? Answer);

/// <summary>A message that waits for a person's yes.</summary>
/// <param name="Until">The last local day on which all it says is true: without an answer it is skipped after it.</param>
/// <param name="TaskId">The task that asks.</param>
public sealed record ApprovalItem(
    string MessageId, string ShopId, string Shop, string Client, string? Email, string Class, string Mode, DateOnly On, DateOnly Until, string? TaskId, IReadOnlyList<MessageItem> Items);
