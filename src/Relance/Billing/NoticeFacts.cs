using System.Text.Json.Serialization;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>A person's decision that the legal notice of a tacit renewal must not go. It holds for every term until it is taken back.</summary>
/// <param name="Reason">In the person's words.</param>
/// <param name="By">Who decided.</param>
/// <param name="On">Local date of the decision.</param>
public sealed record NoticeOff(string Reason, string By, DateOnly On);

/// <summary>A legal notice that a person gave, such as a registered letter.</summary>
/// <param name="TermNo">The term that it is about.</param>
/// <param name="On">Local date on which it left.</param>
/// <param name="How">In the person's words: letter, its number.</param>
/// <param name="By">Who says so.</param>
public sealed record NoticeGiven(int TermNo, DateOnly On, string How, string By);

/// <summary>A term that renews although no lawful notice was given: the client may end it at any time from then on (C. consom. L215-1, L241-3).</summary>
/// <param name="TermNo">The term whose notice is missing; what follows it may be ended.</param>
/// <param name="Latest">The last day on which the notice would have been lawful.</param>
/// <param name="Deadline">D: the last day on which the client could refuse.</param>
/// <param name="Because">Code of the reason why it did not go, where one is known.</param>
/// <param name="BeforeToo">No lawful notice was given of the term before either: this one may be ended already.</param>
public sealed record NoticeMissed(int TermNo, DateOnly Latest, DateOnly Deadline, string? Because, bool BeforeToo = false)
{
    /// <summary>No notice could have been lawful: the term left no time for one.</summary>
    [JsonIgnore]
    public bool WasTooShort => Because == SkipReason.NoticeImpossible.Code();

    /// <summary>For the journal.</summary>
    internal string ToEntry() => JournalEntry.Of(("term", TermNo), ("latest", Latest.Text()), ("reason", Because));
}

/// <summary>A client ended a renewed contract of which no lawful notice was given (C. consom. L215-1).</summary>
/// <param name="Refund">What goes back, in minor units of the contract's currency.</param>
/// <param name="PayBy">The last day to pay it back: legal interest runs from the day after (L241-3).</param>
public sealed record EarlyEnd(long Refund, DateOnly PayBy);
