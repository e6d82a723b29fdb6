using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>What the database says about one cycle besides its own rows.</summary>
/// <param name="Person">Null: nobody to write to.</param>
/// <param name="Slot">Today's reminder to this person, whichever shop sends it.</param>
/// <param name="ShopMails">The shop itself mails this person today.</param>
internal sealed record PlanFacts(PlanPerson? Person, PlanSlot? Slot, bool ShopMails, List<StepRecord> History, PeopleSay Said);

/// <summary>The person a contract's mails go to.</summary>
internal sealed class PlanPerson
{
    public string ClientId { get; init; } = "";
    public string Id { get; init; } = "";
    public long? RefusedAt { get; init; }
}

/// <summary>The message that takes a person's day: a reminder, or a legal notice beside which none goes.</summary>
internal sealed class PlanSlot
{
    public string Id { get; init; } = "";
    public string ShopId { get; init; } = "";
    public string State { get; init; } = "";
    public string RecipientId { get; init; } = "";
    public string Mode { get; init; } = "";
    public string Class { get; init; } = "";

    /// <summary>The class of legal notices.</summary>
    public const string Legal = "legal";

    /// <summary>Of messages that take their person's day.</summary>
    public const string TakesTheDay = "class IN ('reminder', 'legal', 'formal') AND state <> 'void' AND (hold IS NULL OR hold <> 'approval')";
}

/// <summary>A step's row.</summary>
internal sealed class PlanHistoryRow
{
    public string CycleId { get; init; } = "";
    public string Step { get; init; } = "";
    public string State { get; init; } = "";
    public string DecidedOn { get; init; } = "";

    public StepRecord ToRecord() => new(Step, State switch { "planned" => StepState.Pending, "sent" => StepState.Sent, "failed" => StepState.Failed, _ => StepState.Skipped }, Values.Date(DecidedOn));
}

/// <summary>Everything the planner is asked with, about one cycle: the real run and every preview build it here.</summary>
/// <param name="Joinable">A message of today to the same person, from the same shop, that has not been claimed.</param>
public sealed record PlanView(CycleRow Row, StoredContract Contract, string? RecipientId, Cycle Cycle, ClientFacts Client, List<StepRecord> History, Sequence Sequence, string? Joinable)
{
    /// <summary>Reads it; null when the contract has gone.</summary>
    public static async Task<PlanView?> ReadAsync(BillingContext context, CycleRow row, StoredContract? contract) =>
        contract is null ? null : (await PlanViews.ReadAsync(context, [row], [contract])).Of(row);

    /// <summary>Puts together what was read.</summary>
    internal static PlanView Of(BillingContext context, CycleRow row, StoredContract contract, PlanFacts facts)
    {
        var joinable = facts.Slot is { State: "due" or "held", Class: MessageRow.Reminder } slot && slot.ShopId == context.Shop.Id ? slot.Id : null;
        var taken = (facts.Slot is not null || facts.ShopMails) && joinable is null;
        var cycle = row.ToCycle(contract.State, context.BaselineOf(contract.State), facts.Said.PausedUntil) with { Flag = facts.Said.Flag, LegalHold = LegalNotices.HoldOf(context, contract) };
        if (contract.State.NoticeGiven is { } given && given.TermNo == row.TermNo && !facts.History.Exists(r => r.StepId == TacitSequence.LegalNotice && r.State == StepState.Sent))
            facts.History.Add(new StepRecord(TacitSequence.LegalNotice, StepState.Sent, given.On));
        return new PlanView(row, contract, facts.Person?.Id, cycle, new ClientFacts(facts.Person is not null, facts.Person?.RefusedAt is not null, taken, facts.Slot is { Class: PlanSlot.Legal }),
            facts.History, context.SequenceOf(contract), joinable);
    }
}
