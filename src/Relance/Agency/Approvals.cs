using Relance.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Reminders;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>Messages that leave only once a person has said yes. Every answer is journaled with who gave it.</summary>
public sealed class Approvals
{
    private readonly AgencyDesk _desk;

    internal Approvals(AgencyDesk desk) => _desk = desk;

    /// <summary>Lets a message go: today while its window is open, else on the next day that is free for this client. A repeat changes nothing.</summary>
    /// <exception cref="RefusedException">No such message, or it is not right any more; the planner decides anew.</exception>
    public Task ApproveAsync(string messageId, Actor actor, CancellationToken ct) => _desk.Database.WriteAsync(
        async session =>
        {
            var message = await HeldMessage.FindAsync(session, messageId);
            if (message is { ApprovedBy: not null, State: not "void" })
                return;
            var context = await _desk.ContextAsync(session, message.ShopId);
            var items = await message.LockItemsAsync(context);
            message.MustWait(await HeldMessage.FindAsync(session, messageId));
            var hold = await CheckedAsync(context, message, items);
            var slot = await SlotAsync(context, message, items);
            await session.ExecuteAsync(
                """
                UPDATE message SET state = @State, hold = @hold, slot_on = @Slot, not_before = @Opens, expires_at = @Closes, approved_by = @By, approved_at = @Now
                WHERE id = @Id AND state = 'held' AND hold = 'approval'
                """, new { message.Id, State = hold is null ? "due" : "held", hold, Slot = slot.Day.Text(), slot.Opens, slot.Closes, By = actor.ToString(), Now = context.Now.Millis() });
            await AnsweredAsync(context, message, actor, TaskOutcomes.Approved, null, items);
        },
        ct);

    /// <summary>The message never goes, for a reason; its steps count as decided in this cycle.</summary>
    /// <exception cref="RefusedException">No such message, no reason, or it waits for nobody.</exception>
    public Task RejectAsync(string messageId, string reason, Actor actor, CancellationToken ct) => _desk.Database.WriteAsync(
        async session =>
        {
            var words = AgencyDesk.Words("reason", reason);
            var message = await HeldMessage.FindAsync(session, messageId);
            if (message is { State: "void", Reason: HeldMessage.RejectedByPerson })
                return;
            var context = await _desk.ContextAsync(session, message.ShopId);
            var items = await message.LockItemsAsync(context);
            message.MustWait(await HeldMessage.FindAsync(session, messageId));
            await session.ExecuteAsync(
                "UPDATE reminder SET state = 'skipped', reason = @Reason, decided_on = @Today WHERE message_id = @Id AND state = 'planned'",
                new { message.Id, Reason = HeldMessage.RejectedByPerson, Today = context.Today.Text() });
            // Before the message: with it, the task would close by itself.
            await AnsweredAsync(context, message, actor, TaskOutcomes.Rejected, words, items);
            await CycleStore.VoidEmptyAsync(session, [message.Id], HeldMessage.RejectedByPerson);
            foreach (var item in items)
                await CycleStore.WakeAsync(context, item.Contract.Id);
        },
        ct);

    /// <summary>Takes an answer back: a yes while the message has not left, a no while its term runs. It waits again.</summary>
    /// <exception cref="RefusedException">No such message, it has left, or nobody answered.</exception>
    public Task WithdrawAsync(string messageId, Actor actor, CancellationToken ct) => _desk.Database.WriteAsync(
        async session =>
        {
            var message = await HeldMessage.FindAsync(session, messageId);
            var context = await _desk.ContextAsync(session, message.ShopId);
            var items = await message.LockItemsAsync(context);
            if (message is { State: "void", Reason: HeldMessage.RejectedByPerson })
                await session.ExecuteAsync("DELETE FROM reminder WHERE message_id = @Id AND state = 'skipped' AND reason = @Reason", new { message.Id, message.Reason });
            else if (await session.ExecuteAsync(
                "UPDATE message SET state = 'held', hold = 'approval', approved_by = NULL, approved_at = NULL WHERE id = @Id AND state IN ('held', 'due') AND approved_by IS NOT NULL", message) == 0)
                throw RefusedException.Conflict("message", $"an answer that can be taken back; this message is {message.State}");
            else
                await session.ExecuteAsync(
                    "UPDATE task SET state = 'open', outcome = NULL, note = NULL, closed_by = NULL, closed_at = NULL, dedup_key = @Key WHERE subject_id = @Id AND kind = 'approval' AND state = 'done'",
                    new { message.Id, Key = $"approval:{message.Id}" });
            foreach (var item in items)
                await CycleStore.WakeAsync(context, item.Contract.Id);
            await AgencyDesk.JournalAsync(context, "approval-withdrawn", message.Id, actor, null, Facts(items));
        },
        ct);

    /// <summary>A task about an approval may be put aside only once there is nothing left to answer.</summary>
    internal Task MustBeOverAsync(string messageId, CancellationToken ct) => _desk.Database.ReadAsync(
        async session => (await HeldMessage.FindAsync(session, messageId)).State == "held" ? throw RefusedException.Conflict("outcome", "approved or rejected: the message still waits") : true, ct);

    // Said yes to something that has changed meanwhile: the planner's own answer tells.
    private static async Task<string?> CheckedAsync(BillingContext context, HeldMessage message, IReadOnlyList<HeldItem> items)
    {
        string? hold = null;
        foreach (var item in items)
        {
            var view = await PlanView.ReadAsync(context, item.Cycle, item.Contract);
            var answer = view is null ? null : PlanningJob.Decide(context, view);
            if (answer is not Decision.Wait { Because: SkipReason.AlreadyPlanned } wait || wait.NextStep.Id != item.Step)
                throw RefusedException.Conflict("message", $"a message that is still right; {item.Step} is not any more ({HeldMessage.Why(answer)}), the planner decides anew");
            hold ??= await new MessagePlanner(context).OrderHoldAsync(item.Contract);
        }

        return items.Count > 0 ? hold : throw RefusedException.Conflict("message", $"a message that waits for an answer; {message.Id} says nothing any more");
    }

    // Other mail may have gone to this client while this one waited: one reminder a day, all the same.
    private static async Task<(DateOnly Day, long Opens, long Closes)> SlotAsync(BillingContext context, HeldMessage message, IReadOnlyList<HeldItem> items)
    {
        var until = items.Min(item => item.ValidUntil);
        for (var day = FirstDay(context, until); day <= until; day = Next(context, day))
        {
            if (message.Class != MessageRow.Reminder || await IsFreeAsync(context, message, day))
                return (day, context.Calendar.OpensOn(day).Millis(), context.Calendar.ClosesOn(day, Next(context, day) > until).Millis());
        }

        throw RefusedException.Conflict("message", $"an answer in time; nothing of this may leave after {until:yyyy-MM-dd}, the planner decides anew");
    }

    private static DateOnly FirstDay(BillingContext context, DateOnly until)
    {
        var lastChance = Next(context, context.Today) > until;
        return context.Calendar.IsOpen(context.Today) && context.Now < context.Calendar.ClosesOn(context.Today, lastChance) ? context.Today : Next(context, context.Today);
    }

    private static DateOnly Next(BillingContext context, DateOnly day) => context.Calendar.Move(day.AddDays(1), DateMove.Later);

    private static async Task<bool> IsFreeAsync(BillingContext context, HeldMessage message, DateOnly day) => await context.Session.ValueAsync<long>(
        """
        SELECT COUNT(*) FROM message WHERE recipient_id = @RecipientId AND channel = @Channel AND mode = @Mode AND slot_on = @Day AND class = 'reminder'
        AND state <> 'void' AND (hold IS NULL OR hold <> 'approval') AND id <> @Id
        """, new { message.RecipientId, message.Channel, message.Mode, Day = day.Text(), message.Id }) == 0;

    private static async Task AnsweredAsync(BillingContext context, HeldMessage message, Actor actor, string outcome, string? words, IReadOnlyList<HeldItem> items)
    {
        await AgencyTasks.AnsweredAsync(context, $"approval:{message.Id}", outcome, words, actor);
        await AgencyDesk.JournalAsync(context, outcome, message.Id, actor, words, Facts(items));
    }

    private static (string Name, object? Value)[] Facts(IReadOnlyList<HeldItem> items) =>
        [("steps", string.Join(' ', items.Select(i => i.Step))), ("contracts", string.Join(' ', items.Select(i => i.Contract.Id)))];
}
