using Relance.Agency;
using Relance.Domain.Reminders;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>A refusal that arrives after the last day for it: it ends nothing by itself. A person decides, and the client has it in writing at once that it arrived.</summary>
internal static class LateRefusals
{
    /// <summary>The kind of the task, and of the journal's entry.</summary>
    public const string Kind = "refused-late";

    /// <summary>The key of the task about the running term.</summary>
    public static string Key(StoredContract contract) => $"{Kind}:{contract.Id}:{contract.State.TermNo}";

    /// <summary>Passes it on. Staff who say so in the shop need no acknowledgement; a client gets one, once a term.</summary>
    /// <param name="on">The local day on which it was said.</param>
    /// <param name="deadline">D: the last day to refuse.</param>
    public static async Task TakeAsync(BillingContext context, StoredContract contract, DateOnly on, DateOnly deadline, Actor who, string? words)
    {
        await TaskStore.OpenAsync(context, Kind, contract.Id, $"On {on:yyyy-MM-dd} the client asked to end the contract; the deadline was {deadline:yyyy-MM-dd}.", Key(contract));
        await AgencyDesk.JournalAsync(context, Kind, contract.Id, who, words, ("term", contract.State.TermNo), ("deadline", deadline.Text()));
        if (who.Kind == Actor.OfClient && await CycleAsync(context.Session, contract) is { } cycle)
            await ConfirmationPlanner.PlanAsync(context, contract, cycle, TacitSequence.Received);
    }

    /// <summary>Whether the client has, or will have, the acknowledgement of a refusal in the running term.</summary>
    public static async Task<bool> IsAcknowledgedAsync(BillingContext context, StoredContract contract) =>
        await CycleAsync(context.Session, contract) is { } cycle && await ReminderStore.ExistsAsync(context.Session, cycle, TacitSequence.Received, "email", context.Shop.Mode);

    private static Task<string?> CycleAsync(Session session, StoredContract contract) =>
        session.ValueAsync<string>("SELECT id FROM cycle WHERE kind = 'contract' AND subject_id = @Id AND state = 'open'", new { contract.Id });
}
