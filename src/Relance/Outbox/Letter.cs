using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Reminders;

namespace Relance.Outbox;

/// <summary>One thing a message has to say: a step of a cycle of a contract.</summary>
/// <param name="PlannedOn">The local day on which it was planned.</param>
/// <param name="Receipt">Of a confirmation of payment: the number of the paid invoice, where there is one.</param>
internal sealed record LetterItem(string ReminderId, string Step, CycleRow Cycle, StoredContract Contract, DateOnly PlannedOn, string? Receipt);

/// <summary>A claimed message with what it still has to say, as it was right when it was read.</summary>
/// <param name="Seal">Differs as soon as anything that it speaks of has changed: compared once more right before the hand-over.</param>
internal sealed record Letter(MessageRow Message, IReadOnlyList<LetterItem> Items, string ClientName, string Email, string Locale, ToneChoice Tone, long Seal)
{
    /// <summary>Reads the letters of claimed messages, and withdraws what is not right any more; a message with nothing left to say has none.</summary>
    public static async Task<IReadOnlyList<Letter>> ReadAsync(BillingContext context, IReadOnlyList<MessageRow> messages)
    {
        var reader = await LetterReader.ReadAsync(context, messages);
        var letters = new List<Letter>(messages.Count);
        foreach (var message in messages)
        {
            var items = reader.ItemsOf(message).ToLookup(item => message.Class == MessageRow.Confirmation || reader.IsStillRight(item));
            foreach (var wrong in items[false])
                await ForgetAsync(context, wrong);
            if (reader.LetterOf(message, [.. items[true]]) is { } letter)
                letters.Add(letter);
            else
                await context.Session.ExecuteAsync("UPDATE message SET state = 'void', reason = COALESCE(reason, 'nothing-left') WHERE id = @Id AND state = 'sending'", new { message.Id });
        }

        return letters;
    }

    /// <summary>What a message says as planned, whether or not it is still right; writes nothing. Null when it says nothing, or to nobody.</summary>
    public static async Task<Letter?> PreviewAsync(BillingContext context, MessageRow message)
    {
        var reader = await LetterReader.ReadAsync(context, [message]);
        return reader.LetterOf(message, reader.ItemsOf(message));
    }

    // The planner looks again and records why.
    private static async Task ForgetAsync(BillingContext context, LetterItem item)
    {
        await context.Session.ExecuteAsync("DELETE FROM reminder WHERE id = @ReminderId AND state = 'planned'", new { item.ReminderId });
        await CycleStore.WakeAsync(context, item.Contract.Id);
    }
}
