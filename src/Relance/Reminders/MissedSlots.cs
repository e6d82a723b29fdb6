using Relance.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Law;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Messages whose window has passed unclaimed: they take the slot of the next open day, if it is free and they are still true.</summary>
public static class MissedSlots
{
    /// <summary>Moves them. What cannot move is left: the planner declares its steps expired, or tries the day after.</summary>
    public static async Task MoveAsync(BillingContext context)
    {
        await ExpireConfirmationsAsync(context);
        await MoveLegalAsync(context);
        var day = NextSlot(context);
        var missed = await context.Session.QueryAsync<Missed>(
            """
            SELECT m.id AS Id, MAX(r.valid_until_on) AS Until FROM message m JOIN reminder r ON r.message_id = m.id AND r.state = 'planned'
            WHERE m.shop_id = @Id AND m.class = 'reminder' AND m.state IN ('due', 'held') AND m.expires_at <= @Now AND m.slot_on < @Day GROUP BY m.id ORDER BY m.id
            """, new { context.Shop.Id, Now = context.Now.Millis(), Day = day.Text() });
        foreach (var message in missed.Where(m => Values.Date(m.Until) >= day))
            await MoveAsync(context, message, day);
    }

    // Confirmations take no slot; one that could not leave for days explains itself no more.
    private static async Task ExpireConfirmationsAsync(BillingContext context)
    {
        var args = new { context.Shop.Id, Now = context.Now.Millis(), Today = context.Today.Text() };
        await context.Session.ExecuteAsync(
            "UPDATE message SET state = 'void', reason = 'expired' WHERE shop_id = @Id AND class = 'confirmation' AND state = 'due' AND expires_at <= @Now", args);
        await context.Session.ExecuteAsync(
            """
            UPDATE reminder SET state = 'skipped', reason = 'expired', decided_on = @Today WHERE state = 'planned'
            AND message_id IN (SELECT id FROM message WHERE shop_id = @Id AND class = 'confirmation' AND state = 'void' AND reason = 'expired')
            """, args);
    }

    /// <summary>A legal notice takes nobody's slot: it goes in the next window, and at once, at any hour, in its last days. Until it has left, each day is its own.</summary>
    public static async Task MoveLegalAsync(BillingContext context)
    {
        await context.Session.ExecuteAsync(
            "UPDATE message SET slot_on = @Today WHERE shop_id = @Id AND class = 'legal' AND state = 'due' AND slot_on < @Today", new { context.Shop.Id, Today = context.Today.Text() });
        var missed = await context.Session.QueryAsync<Missed>(
            """
            SELECT m.id AS Id, MAX(r.valid_until_on) AS Until FROM message m JOIN reminder r ON r.message_id = m.id AND r.state = 'planned'
            WHERE m.shop_id = @Id AND m.class = 'legal' AND m.state = 'due' AND m.expires_at <= @Now GROUP BY m.id ORDER BY m.id
            """, new { context.Shop.Id, Now = context.Now.Millis() });
        foreach (var message in missed)
        {
            var (until, slot) = (Values.Date(message.Until), NextSlot(context));
            var urgent = slot > until.AddDays(-NoticeWindow.AlarmDays);
            if (context.Today > until)
                continue;
            await context.Session.ExecuteAsync(
                "UPDATE message SET slot_on = @Slot, not_before = @From, expires_at = @Until WHERE id = @Id AND state = 'due'",
                new
                {
                    message.Id,
                    Slot = (urgent ? context.Today : slot).Text(),
                    From = (urgent ? context.Now : context.Calendar.OpensOn(slot)).Millis(),
                    Until = (urgent ? context.Calendar.StartOf(until.AddDays(1)) : context.Calendar.ClosesOn(slot, lastDay: false)).Millis(),
                });
        }
    }

    private static Task<int> MoveAsync(BillingContext context, Missed message, DateOnly day)
    {
        var lastChance = context.Calendar.Move(day.AddDays(1), DateMove.Later) > Values.Date(message.Until);
        return context.Session.ExecuteAsync(
            """
            UPDATE message SET slot_on = @Slot, not_before = @Opens, expires_at = @Closes WHERE id = @Id AND state IN ('due', 'held')
            AND NOT EXISTS (SELECT 1 FROM message o WHERE o.recipient_id = message.recipient_id AND o.channel = message.channel AND o.slot_on = @Slot
                AND o.mode = message.mode AND o.class = 'reminder' AND o.state <> 'void' AND (o.hold IS NULL OR o.hold <> 'approval') AND o.id <> message.id)
            """, new { message.Id, Slot = day.Text(), Opens = context.Calendar.OpensOn(day).Millis(), Closes = context.Calendar.ClosesOn(day, lastChance).Millis() });
    }

    // Today while its window is still open, else the next open day.
    private static DateOnly NextSlot(BillingContext context) =>
        context.Calendar.IsOpen(context.Today) && context.Now < context.Calendar.ClosesOn(context.Today, lastDay: false)
            ? context.Today
            : context.Calendar.Move(context.Today.AddDays(1), DateMove.Later);

    private sealed class Missed
    {
        public string Id { get; init; } = "";
        public string Until { get; init; } = "";
    }
}
