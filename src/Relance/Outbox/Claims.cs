using Relance.Billing;
using Relance.Operations;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>The lease went to somebody else: this attempt must not hand anything over.</summary>
public sealed class LeaseLostException() : Exception("The lease of this message has ended; nothing was handed over.");

/// <summary>Takes messages for one sender at a time, with a lease; gives back what a crash left behind.</summary>
public sealed class Claims(Database database, RelanceSettings settings, Clocks clocks)
{
    /// <summary>Who holds a lease: this process.</summary>
    public string Owner { get; } = Values.NewId();

    /// <summary>Claims the messages of a shop that may start now, the hardest first.</summary>
    public Task<IReadOnlyList<MessageRow>> TakeAsync(LinkedShop shop, CancellationToken ct) => database.WriteAsync(session =>
    {
        var skip = session.Dialect == Dialect.Postgres ? "FOR UPDATE SKIP LOCKED" : "";
        // The outer WHERE repeats the state: without it PostgreSQL hands rows out twice. Materialized: it may run a subquery once a row, and so exceed the limit.
        return session.QueryAsync<MessageRow>(
            $"""
            WITH picked AS MATERIALIZED (
                SELECT id FROM message WHERE state = 'due' AND shop_id = @ShopId AND not_before <= @Now AND expires_at > @Now AND retry_at <= @Real
                ORDER BY rank, not_before, id LIMIT @Limit {skip})
            UPDATE message SET state = 'sending', attempt = attempt + 1, lease_owner = @Owner, lease_until = @Until
            WHERE id IN (SELECT id FROM picked) AND state = 'due' RETURNING {MessageRow.Columns}
            """, new
            {
                Owner,
                Until = (clocks.Real + TimeSpan.FromMinutes(settings.Outbox.LeaseMinutes)).Millis(),
                ShopId = shop.Id,
                Now = clocks.Now.Millis(),
                Real = clocks.Real.Millis(),
                Limit = settings.Outbox.BatchSize,
            });
    }, ct);

    /// <summary>Gives messages back unsent; they may be claimed again at once. One whose lease is somebody else's by now, or whose attempt has ended, stays as it is.</summary>
    public Task ReleaseAsync(IReadOnlyCollection<MessageRow> messages, string reason, CancellationToken ct) => messages.Count == 0 ? Task.CompletedTask : database.WriteAsync(
        async session =>
        {
            var rows = messages.Select(message => new { Reason = reason, message.Id, Owner, message.Attempt, Real = clocks.Real.Millis() }).ToList();
            var mine = await session.ExecuteManyAsync(
                "UPDATE message SET state = 'due', reason = @Reason, lease_owner = NULL, lease_until = NULL WHERE id = @Id AND lease_owner = @Owner AND attempt = @Attempt AND state = 'sending'", rows);
            await session.ExecuteManyAsync(
                "UPDATE attempt SET finished_at = @Real, outcome = 'abandoned', answer = @Reason WHERE message_id = @Id AND n = @Attempt AND handed_at IS NULL AND finished_at IS NULL", [.. rows.Where((_, i) => mine[i] == 1)]);
        },
        ct);

    /// <summary>Leases that ended: not handed over, due again; handed over, the outcome is unknown.</summary>
    public async Task RecoverAsync(CancellationToken ct)
    {
        foreach (var shop in await database.ReadAsync(LinkedShop.WorkingAsync, ct))
        {
            var expired = await database.ReadAsync(s => s.QueryAsync<MessageRow>(
                $"SELECT {MessageRow.Columns} FROM message WHERE state = 'sending' AND lease_until < @Real AND shop_id = @Id", new { Real = clocks.Real.Millis(), shop.Id }), ct);
            foreach (var message in expired)
                await database.WriteAsync(s => RecoverAsync(new BillingContext(s, shop, settings, clocks.Now), message), ct);
        }
    }

    private async Task RecoverAsync(BillingContext context, MessageRow message)
    {
        var freed = await context.Session.ExecuteAsync(
            "UPDATE message SET state = 'due', lease_owner = NULL, lease_until = NULL WHERE id = @Id AND attempt = @Attempt AND state = 'sending' AND lease_until < @Real",
            new { message.Id, message.Attempt, Real = clocks.Real.Millis() });
        var handed = await context.Session.ExecuteAsync(
            "UPDATE attempt SET finished_at = @Real, outcome = 'unknown', answer = 'the lease ended before an answer' WHERE message_id = @Id AND n = @Attempt AND handed_at IS NOT NULL AND finished_at IS NULL",
            new { message.Id, message.Attempt, Real = clocks.Real.Millis() });
        if (handed == 0)
        {
            await context.Session.ExecuteAsync(
                "UPDATE attempt SET finished_at = @Real, outcome = 'abandoned', answer = 'the lease ended before anything was handed over' WHERE message_id = @Id AND n = @Attempt AND finished_at IS NULL",
                new { message.Id, message.Attempt, Real = clocks.Real.Millis() });
        }

        if (freed == 1 && handed == 1)
            await Outcomes.UnknownAsync(context, message, "the lease ended before an answer");
    }
}
