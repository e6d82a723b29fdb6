using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Opens and closes cycles. A closed cycle takes everything that was planned for it along.</summary>
public static class CycleStore
{
    /// <summary>The kind of cycles about contracts.</summary>
    public const string Contract = "contract";

    /// <summary>Opens the cycle of a contract's current term and looks at it at once; returns the notice's day.</summary>
    public static async Task<DateOnly?> OpenAsync(BillingContext context, string contractId, ContractState state, ClientKind kind)
    {
        var sequence = context.SequenceOf(state, kind);
        await context.Session.ExecuteAsync(
            """
            INSERT INTO cycle (id, shop_id, kind, subject_id, term_no, anchor_on, sequence, state, next_at)
            VALUES (@Id, @ShopId, 'contract', @contractId, @TermNo, @Anchor, @Name, 'open', @Now)
            ON CONFLICT (kind, subject_id, term_no) DO NOTHING
            """, new { Id = Values.NewId(), ShopId = context.Shop.Id, contractId, state.TermNo, Anchor = state.TermEnd.Text(), sequence.Name, Now = context.Now.Millis() });
        return sequence.NoticeDueOn(state.TermEnd, context.Calendar);
    }

    /// <summary>Closes the open cycle of a contract and withdraws what has not left; its id, or null when none was open.</summary>
    public static async Task<string?> CloseAsync(BillingContext context, string contractId, CycleState state, SkipReason reason)
    {
        var id = await context.Session.ValueAsync<string>(
            "UPDATE cycle SET state = @State, waiting = @Reason, next_step = NULL, next_at = NULL, rev = rev + 1 WHERE kind = 'contract' AND subject_id = @contractId AND state = 'open' RETURNING id",
            new { contractId, State = state.ToString().ToLowerInvariant(), Reason = reason.Code() });
        if (id is not null)
            await WithdrawAsync(context, id, reason);
        return id;
    }

    /// <summary>Withdraws confirmations of tacit renewals that have not left: after a refusal or an end only its acknowledgement goes.</summary>
    public static async Task WithdrawConfirmationsAsync(BillingContext context, string contractId, SkipReason reason)
    {
        foreach (var id in await context.Session.QueryAsync<string>(
            "SELECT c.id FROM cycle c JOIN reminder r ON r.cycle_id = c.id WHERE c.kind = 'contract' AND c.subject_id = @contractId AND r.step = @Confirmation AND r.state = 'planned'",
            new { contractId, TacitSequence.Confirmation }))
            await WithdrawAsync(context, id, reason);
    }

    /// <summary>Moves the anchor of the open cycle: done steps stay done, what was planned for the old date is withdrawn and planned again.</summary>
    public static async Task MoveAnchorAsync(BillingContext context, string contractId, DateOnly anchor)
    {
        await context.Session.ExecuteAsync(
            "UPDATE cycle SET anchor_on = @Anchor WHERE kind = 'contract' AND subject_id = @contractId AND state = 'open'", new { contractId, Anchor = anchor.Text() });
        await ReplanAsync(context, contractId, "anchor-moved");
    }

    /// <summary>Takes back what has not been claimed, as if it had not been planned: it may be planned again. What answers the client's own act stays true.</summary>
    public static async Task ForgetPlannedAsync(BillingContext context, string cycleId, string reason)
    {
        var messages = await context.Session.QueryAsync<string>(
            """
            DELETE FROM reminder WHERE cycle_id = @cycleId AND state = 'planned' AND step <> @Received
            AND message_id IN (SELECT id FROM message WHERE state IN ('held', 'due')) RETURNING message_id
            """, new { cycleId, TacitSequence.Received });
        await VoidEmptyAsync(context.Session, messages, reason);
    }

    /// <summary>Plans a contract's open cycle anew: what has not been claimed is taken back, done steps stay done.</summary>
    public static async Task ReplanAsync(BillingContext context, string contractId, string reason)
    {
        await WakeAsync(context, contractId);
        if (await context.Session.ValueAsync<string>("SELECT id FROM cycle WHERE kind = 'contract' AND subject_id = @contractId AND state = 'open'", new { contractId }) is { } id)
            await ForgetPlannedAsync(context, id, reason);
    }

    /// <summary>A contract that was declined, or ended by a person, goes on: what was withdrawn for that reason may be said after all.</summary>
    public static async Task ReopenAsync(BillingContext context, string contractId, int termNo, SkipReason reason = SkipReason.Declined)
    {
        var id = await context.Session.ValueAsync<string>(
            """
            UPDATE cycle SET state = 'open', waiting = NULL, next_at = @Now, rev = rev + 1
            WHERE kind = 'contract' AND subject_id = @contractId AND term_no = @termNo AND state = @Reason RETURNING id
            """, new { contractId, termNo, Reason = reason.Code(), Now = context.Now.Millis() });
        if (id is null)
            return;
        // An acknowledgement of the refusal that has not left would be untrue by now.
        await ForgetPlannedAsync(context, id, "reopened");
        await context.Session.ExecuteAsync(
            "DELETE FROM reminder WHERE cycle_id = @id AND state = 'skipped' AND reason = @Reason", new { id, Reason = reason.Code() });
    }

    /// <summary>Looks at a contract's open cycle again as soon as possible.</summary>
    public static Task WakeAsync(BillingContext context, string contractId) => WakeAsync(context, [contractId]);

    /// <summary>The same for contracts.</summary>
    internal static Task WakeAsync(BillingContext context, IReadOnlyCollection<string> contracts) => context.Session.ExecuteAsync(
        $"UPDATE cycle SET next_at = @Now, rev = rev + 1 WHERE kind = 'contract' AND state = 'open' AND subject_id {context.Session.In("@contracts")}",
        new { contracts = context.Session.List(contracts), Now = context.Now.Millis() });

    /// <summary>Skips what a cycle still has planned, and voids messages that have nothing left to say.</summary>
    public static async Task WithdrawAsync(BillingContext context, string cycleId, SkipReason reason)
    {
        var messages = await context.Session.QueryAsync<string>(
            "UPDATE reminder SET state = 'skipped', reason = @Reason, decided_on = @Today WHERE cycle_id = @cycleId AND state = 'planned' RETURNING message_id",
            new { cycleId, Reason = reason.Code(), Today = context.Today.Text() });
        await VoidEmptyAsync(context.Session, messages, reason.Code());
    }

    /// <summary>Voids those of these messages that have not been claimed and have nothing left to say.</summary>
    public static async Task VoidEmptyAsync(Session session, IEnumerable<string?> messages, string reason)
    {
        foreach (var id in messages.Distinct(StringComparer.Ordinal))
        {
            var voided = await session.ExecuteAsync(
                """
                UPDATE message SET state = 'void', reason = @reason WHERE id = @id AND state IN ('held', 'due')
                AND NOT EXISTS (SELECT 1 FROM reminder WHERE reminder.message_id = message.id AND reminder.state = 'planned')
                """, new { id, reason });
            // Nothing is left to approve. One that nobody answered in time stays: somebody should know.
            if (voided > 0 && reason != SkipReason.NotApproved.Code())
                await session.ExecuteAsync($"UPDATE task SET {TaskStore.ClosedByItself} WHERE state = 'open' AND kind = 'approval' AND subject_id = @id", new { id });
        }
    }
}
