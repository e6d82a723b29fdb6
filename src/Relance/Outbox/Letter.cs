using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>One thing a message has to say: a step of a cycle of a contract.</summary>
internal sealed record LetterItem(string ReminderId, string Step, CycleRow Cycle, StoredContract Contract, string? Receipt);

/// <summary>A claimed message with what it still has to say, read right before it leaves.</summary>
internal sealed record Letter(MessageRow Message, IReadOnlyList<LetterItem> Items, string ClientName, string Email, string Locale, ToneChoice Tone)
{
    /// <summary>Reads it, and withdraws what is not right any more; null when nothing is left to say.</summary>
    public static async Task<Letter?> ReadAsync(BillingContext context, MessageRow message)
    {
        var items = new List<LetterItem>();
        foreach (var row in await RowsAsync(context, message))
        {
            if (await ItemAsync(context, message, row) is { } item)
                items.Add(item);
        }

        if (await OfAsync(context, message, items) is { } letter)
            return letter;
        await context.Session.ExecuteAsync("UPDATE message SET state = 'void', reason = COALESCE(reason, 'nothing-left') WHERE id = @Id AND state = 'sending'", new { message.Id });
        return null;
    }

    /// <summary>What a message says as planned, whether or not it is still right; writes nothing. Null when it says nothing, or to nobody.</summary>
    public static async Task<Letter?> PreviewAsync(BillingContext context, MessageRow message)
    {
        var items = new List<LetterItem>();
        foreach (var row in await RowsAsync(context, message))
        {
            var cycle = (await context.Session.FirstAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE id = @CycleId", row))!;
            var contract = (await ContractStore.FindAsync(context.Session, cycle.SubjectId))!;
            items.Add(new LetterItem(row.Id, row.Step, cycle, contract, message.Class == MessageRow.Confirmation ? await ReceiptAsync(context.Session, contract) : null));
        }

        return await OfAsync(context, message, items);
    }

    private static Task<IReadOnlyList<ReminderRow>> RowsAsync(BillingContext context, MessageRow message) => context.Session.QueryAsync<ReminderRow>(
        "SELECT id AS Id, cycle_id AS CycleId, step AS Step FROM reminder WHERE message_id = @Id AND state = 'planned' ORDER BY id", new { message.Id });

    private static async Task<Letter?> OfAsync(BillingContext context, MessageRow message, List<LetterItem> items)
    {
        var client = items.Count == 0 ? null : await context.Session.FirstAsync<ClientRow>(
            "SELECT name AS Name, email AS Email, locale AS Locale FROM client WHERE id = @ClientId", new { items[0].Contract.ClientId });
        return client is { Email: { } email } ? new Letter(message, items, client.Name, email, client.Locale, await ToneAsync(context, items)) : null;
    }

    // One person is spoken to in one tone, that of the item furthest in time.
    private static async Task<ToneChoice> ToneAsync(BillingContext context, List<LetterItem> items)
    {
        var day = items.Max(item => context.Today.DayNumber - Values.Date(item.Cycle.AnchorOn).DayNumber);
        var amount = items.MaxBy(item => item.Contract.State.Amount)!.Contract.State.Price;
        return ToneChoice.For(context.Settings.Words.Tone, day, await RelationStore.ReadAsync(context.Session, items[0].Contract.ClientId), amount, context.Settings.Words.LargeAmount);
    }

    private static async Task<LetterItem?> ItemAsync(BillingContext context, MessageRow message, ReminderRow row)
    {
        var cycle = (await context.Session.FirstAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE id = @CycleId", row))!;
        var contract = (await ContractStore.FindAsync(context.Session, cycle.SubjectId))!;
        var confirmation = message.Class == MessageRow.Confirmation;
        if (confirmation || await IsStillRightAsync(context, cycle, contract, row))
            return new LetterItem(row.Id, row.Step, cycle, contract, confirmation ? await ReceiptAsync(context.Session, contract) : null);
        // The planner looks again and records why.
        await context.Session.ExecuteAsync("DELETE FROM reminder WHERE id = @Id AND state = 'planned'", row);
        await CycleStore.WakeAsync(context, contract.Id);
        return null;
    }

    // The same question as at planning, with the facts of this moment: a planned step may leave while the answer is "already planned".
    private static async Task<bool> IsStillRightAsync(BillingContext context, CycleRow cycle, StoredContract contract, ReminderRow row) =>
        await PlanView.ReadAsync(context, cycle, contract) is { } view
        && PlanningJob.Decide(context, view) is Decision.Wait { Because: SkipReason.AlreadyPlanned } wait && wait.NextStep.Id == row.Step;

    private static Task<string?> ReceiptAsync(Session session, StoredContract contract) => session.ValueAsync<string>(
        "SELECT number FROM invoice WHERE contract_id = @Id AND term_no = @TermNo AND paid > 0 ORDER BY created_at LIMIT 1", new { contract.Id, contract.State.TermNo });

    private sealed class ReminderRow
    {
        public string Id { get; init; } = "";
        public string CycleId { get; init; } = "";
        public string Step { get; init; } = "";
    }

    private sealed class ClientRow
    {
        public string Name { get; init; } = "";
        public string? Email { get; init; }
        public string Locale { get; init; } = "";
    }
}
