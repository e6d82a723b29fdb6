using Relance.Billing;
using Relance.Domain.Calendar;
using Relance.Outbox;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>A formal or legal message may or may not have been delivered: a person has asked the server, and says.</summary>
internal sealed class UnknownOutcomes(AgencyDesk desk, StepEffects effects)
{
    /// <summary>It was delivered: its steps count as sent, with all that follows.</summary>
    /// <exception cref="RefusedException">Its outcome is not unknown.</exception>
    public Task DeliveredAsync(string messageId, Actor actor, CancellationToken ct) => AnswerAsync(messageId, "sent", actor, ct, async (context, message, items) =>
    {
        await context.Session.ExecuteAsync(
            "UPDATE reminder SET state = 'sent', decided_on = @Today WHERE message_id = @messageId AND state = 'planned'", new { messageId, Today = context.Today.Text() });
        await effects.ApplyAsync(context, [.. items.Select(item => new SaidStep(message.Id, message.Mode, item.Step, item.Cycle.Id, item.Contract.Id))]);
    });

    /// <summary>It was not: it goes again, on the next open day at the latest.</summary>
    /// <exception cref="RefusedException">Its outcome is not unknown.</exception>
    public Task SendAgainAsync(string messageId, Actor actor, CancellationToken ct) => AnswerAsync(messageId, "due", actor, ct, async (context, message, _) =>
    {
        var calendar = context.Calendar;
        var day = calendar.IsOpen(context.Today) && context.Now < calendar.ClosesOn(context.Today, lastDay: true) ? context.Today : calendar.Move(context.Today.AddDays(1), DateMove.Later);
        await context.Session.ExecuteAsync(
            "UPDATE message SET slot_on = @Day, not_before = @Opens, expires_at = @Closes, retry_at = 0 WHERE id = @Id",
            new { message.Id, Day = day.Text(), Opens = calendar.OpensOn(day).Millis(), Closes = calendar.ClosesOn(day, lastDay: true).Millis() });
    });

    private Task AnswerAsync(string messageId, string state, Actor actor, CancellationToken ct, Func<BillingContext, MessageRow, IReadOnlyList<HeldItem>, Task> work) => desk.Database.WriteAsync(
        async session =>
        {
            var held = await HeldMessage.FindAsync(session, messageId);
            var context = await desk.ContextAsync(session, held.ShopId);
            var items = await held.LockItemsAsync(context);
            var message = await session.FirstAsync<MessageRow>($"UPDATE message SET state = @state WHERE id = @messageId AND state = 'unknown' RETURNING {MessageRow.Columns}", new { messageId, state })
                ?? throw RefusedException.Conflict("message", $"one whose outcome is unknown; this one is {held.State}");
            await work(context, message, items);
            await AgencyDesk.JournalAsync(context, state == "sent" ? "delivered-by-word" : "sent-again", messageId, actor, null, ("attempt", message.Attempt));
        },
        ct);
}
