using Relance.Storage;

namespace Relance.Tests.Storage;

/// <summary>The smallest rows the schema allows, of one shop that exists.</summary>
internal sealed class SampleRows(Database database, string shopId)
{
    public string RecipientId { get; } = Values.NewId();

    /// <summary>A message, and its recipient when missing; with <paramref name="reminder"/>, the step of an open cycle it carries.</summary>
    public Task<string> MessageAsync(string state = "due", string slot = "2026-12-01", string kind = "reminder", string mode = "dry", bool reminder = false) =>
        database.WriteAsync(async session =>
        {
            var id = Values.NewId();
            await session.ExecuteAsync("INSERT INTO recipient (id, address_key) VALUES (@RecipientId, @RecipientId) ON CONFLICT (id) DO NOTHING", new { RecipientId });
            await session.ExecuteAsync(
                """
                INSERT INTO message (id, shop_id, recipient_id, channel, class, mode, slot_on, state, rank, not_before, expires_at, created_at)
                VALUES (@id, @shopId, @RecipientId, 'email', @kind, @mode, @slot, @state, 0, 0, 0, 0)
                """, new { id, shopId, RecipientId, kind, mode, slot, state });
            if (reminder)
                await ReminderAsync(session, await CycleAsync(session, Values.NewId()), messageId: id, mode: mode);
            return id;
        });

    public Task<string> CycleAsync(string subject, long term = 1, string state = "open") => database.WriteAsync(s => CycleAsync(s, subject, term, state));

    public Task<string> ReminderAsync(string cycleId, string step = "notice", string mode = "dry") =>
        database.WriteAsync(s => ReminderAsync(s, cycleId, step, mode));

    private async Task<string> CycleAsync(Session session, string subject, long term = 1, string state = "open")
    {
        var id = Values.NewId();
        await session.ExecuteAsync(
            """
            INSERT INTO cycle (id, shop_id, kind, subject_id, term_no, anchor_on, sequence, state, next_at)
            VALUES (@id, @shopId, 'maintenance', @subject, @term, '2026-12-31', 'maintenance', @state, 0)
            """, new { id, shopId, subject, term, state });
        return id;
    }

    private static async Task<string> ReminderAsync(Session session, string cycleId, string step = "notice", string mode = "dry", string? messageId = null)
    {
        var id = Values.NewId();
        await session.ExecuteAsync(
            """
            INSERT INTO reminder (id, cycle_id, step, channel, mode, state, valid_until_on, decided_on, message_id)
            VALUES (@id, @cycleId, @step, 'email', @mode, 'planned', '2026-12-31', '2026-12-01', @messageId)
            """, new { id, cycleId, step, mode, messageId });
        return id;
    }
}
