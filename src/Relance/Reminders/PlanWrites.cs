using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Journal;
using Relance.PostBack;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Another shop, or another process, has taken the slot of a person meanwhile: ask again.</summary>
internal sealed class SlotTakenException() : Exception("The daily slot of a person was taken by another message meanwhile.");

/// <summary>
/// What the planner has decided and not yet written: the rows of a kind go together. Whatever reads or changes such rows flushes first.
/// </summary>
internal sealed class PlanWrites(BillingContext context)
{
    private readonly List<MessageRow> _messages = [];
    private readonly List<DecidedStep> _steps = [];
    private readonly List<CycleWrite> _cycles = [];
    private readonly List<StoredContract> _contracts = [];
    private readonly List<PostBackWrite> _postBacks = [];
    private readonly List<JournalDraft> _journal = [];

    public void Add(MessageRow message) => _messages.Add(message);

    public void Add(DecidedStep step) => _steps.Add(step);

    public void Add(JournalDraft entry) => _journal.Add(entry);

    /// <summary>When to look at a cycle again, and why nothing goes now.</summary>
    public void Cycle(string id, string waiting, string? step, DateTimeOffset? nextAt) => _cycles.Add(new(id, waiting, step, nextAt?.Millis()));

    /// <summary>A contract whose standing or notice has moved.</summary>
    public void Contract(StoredContract contract) => _contracts.Add(contract);

    /// <summary>What the shop shows of a contract.</summary>
    public void Projection(StoredContract contract, Standing standing, string? step, DateOnly? on)
    {
        _postBacks.AddRange(PostBackQueue.Projection(contract, standing, step, on));
    }

    /// <summary>Writes what there is.</summary>
    /// <exception cref="SlotTakenException">A message found its slot taken: nothing of the transaction may stay.</exception>
    public async Task FlushAsync()
    {
        if (await ReminderStore.InsertMessagesAsync(context.Session, _messages) < _messages.Count)
            throw new SlotTakenException();
        await ReminderStore.InsertAsync(context, _steps);
        await context.Session.ExecuteManyAsync("UPDATE cycle SET waiting = @Waiting, next_step = @Step, next_at = @NextAt, rev = rev + 1 WHERE id = @Id", _cycles);
        await ContractStore.UpdateAsync(context.Session, _contracts);
        await PostBackQueue.EnqueueAsync(context, _postBacks);
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, _journal);
        Clear();
    }

    private void Clear()
    {
        _messages.Clear();
        _steps.Clear();
        _cycles.Clear();
        _contracts.Clear();
        _postBacks.Clear();
        _journal.Clear();
    }

    private sealed record CycleWrite(string Id, string Waiting, string? Step, long? NextAt);
}
