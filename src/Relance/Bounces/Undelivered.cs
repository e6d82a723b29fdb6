using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;

namespace Relance.Bounces;

/// <summary>Steps that a refused address kept from their reader: once it is mended, the planner decides about them anew.</summary>
internal static class Undelivered
{
    /// <summary>Forgets them in a contract's open cycle: one that is still true goes again, one that is not gets its reason. The messages and the journal stay.</summary>
    public static async Task ForgetAsync(BillingContext context, string contractId)
    {
        var forgotten = await context.Session.QueryAsync<string>(
            """
            DELETE FROM reminder WHERE state = 'failed' AND reason = @Reason
            AND cycle_id IN (SELECT id FROM cycle WHERE kind = 'contract' AND subject_id = @contractId AND state = 'open') RETURNING step
            """, new { Reason = SkipReason.AddressRefused.Code(), contractId });
        if (forgotten.Count > 0)
            await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "undelivered-again", contractId, JournalEntry.Of(("steps", string.Join(' ', forgotten)), ("reason", SkipReason.AddressRefused.Code())));
        await CycleStore.WakeAsync(context, contractId);
    }
}
