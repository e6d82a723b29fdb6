using Relance.Billing;
using Relance.Journal;
using Relance.Reminders;

namespace Relance.Outbox;

/// <summary>What an unknown outcome means, by class (design, "Each step has a class").</summary>
internal static class Outcomes
{
    /// <summary>Reminders and confirmations are sent again under the same Message-ID; formal and legal ones wait for a person.</summary>
    public static async Task UnknownAsync(BillingContext context, MessageRow message, string answer)
    {
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "unknown", message.Id, JournalEntry.Of(("attempt", message.Attempt), ("answer", JournalEntry.Masked(answer))));
        if (message.Class is MessageRow.Reminder or MessageRow.Confirmation)
            return;
        await context.Session.ExecuteAsync("UPDATE message SET state = 'unknown' WHERE id = @Id", new { message.Id });
        await TaskStore.OpenAsync(context, "outcome-unknown", message.Id, "This message may or may not have been delivered: ask the mail server, then say so.");
    }
}
