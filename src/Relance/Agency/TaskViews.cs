using System.Text.Json;

namespace Relance.Agency;

/// <summary>Which tasks to list, the most urgent first.</summary>
/// <param name="State">open or done; open by default.</param>
/// <param name="Subject">What it is about: the id of a contract, client, message or shop.</param>
/// <param name="Overdue">Only those whose day has passed.</param>
/// <param name="Locale">fr or en: the language of title, script and outcomes.</param>
public sealed record TaskFilter(
    string? Shop = null, string State = "open", string? Kind = null, string? Subject = null, bool Overdue = false, string Locale = "en", string? After = null, int Limit = 50);

/// <summary>Something that a person must do.</summary>
/// <param name="Title">What the kind is, in words.</param>
/// <param name="About">The facts of this one.</param>
/// <param name="Script">What to do or to say.</param>
/// <param name="Outcomes">How it may end.</param>
/// <param name="ContractId">The contract it is about, if one.</param>
/// <param name="Outcome">How it ended: a code of <paramref name="Outcomes"/>.</param>
/// <param name="ClosedBy">Who closed it; <c>relance</c> when what it asked for happened by itself.</param>
public sealed record TaskItem(
    string Id, string? ShopId, string? Shop, string Kind, string Subject, string Title, string About, string Script, IReadOnlyList<TaskOutcome> Outcomes,
    DateOnly DueOn, bool Overdue, string State, string? ContractId, string? Reference, string? Client, string? MessageId,
    string? Outcome, string? Note, string? ClosedBy, DateTimeOffset? ClosedAt, DateTimeOffset CreatedAt);

/// <summary>A way a task may end.</summary>
/// <param name="Code">What to answer.</param>
/// <param name="Label">In words.</param>
/// <param name="Acts">Answering it does something: a payment, a refusal, a message.</param>
public sealed record TaskOutcome(string Code, string Label, bool Acts);

/// <summary>Which pauses to list.</summary>
/// <param name="Past">Also those that are over.</param>
public sealed record PauseFilter(string? Shop = null, bool Past = false, string? After = null, int Limit = 50);

/// <summary>A pause.</summary>
/// <param name="Scope">all, shop, client or contract.</param>
/// <param name="Name">Of the shop or client, or the contract's reference.</param>
/// <param name="Until">The first local day on which reminders may go again.</param>
public sealed record PauseItem(string Id, string Scope, string ScopeId, string? Name, DateOnly Until, string Reason, string By, DateTimeOffset CreatedAt);

/// <summary>Which journal entries to list, the newest first.</summary>
/// <param name="Shop">Each shop has its own chain: needed where several are linked, unless a subject is given.</param>
/// <param name="Subject">The id of a contract, client, message or shop.</param>
public sealed record JournalFilter(string? Shop = null, string? Subject = null, string? Kind = null, string? After = null, int Limit = 50);

/// <summary>An entry of the journal.</summary>
/// <param name="At">Business instant.</param>
/// <param name="Entry">Its facts.</param>
/// <param name="Hash">Covers this entry and the one before.</param>
public sealed record JournalItem(string ShopId, long Seq, DateTimeOffset At, string Kind, string Subject, JsonElement Entry, string? ContentHash, string Hash);
