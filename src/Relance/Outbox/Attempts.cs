using Relance.Channels;
using Relance.Operations;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>The lease of a message went to somebody else: this attempt must not hand anything over.</summary>
public sealed class LeaseLostException() : Exception("The lease of this message has ended; nothing was handed over.");

/// <summary>Commits each stage of an attempt before the next one begins, so that a crash at any point can be told apart.</summary>
public sealed class Attempts(Database database, Clocks clocks, Claims claims)
{
    /// <summary>Before connecting: the exact bytes and the start.</summary>
    /// <exception cref="LeaseLostException">Another process has the message.</exception>
    public Task StartAsync(MessageRow message, OutgoingMessage outgoing, CancellationToken ct) => database.WriteAsync(async session =>
    {
        var hash = Values.Hash(outgoing.Bytes.Span);
        await session.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@hash, @Bytes) ON CONFLICT (hash) DO NOTHING", new { hash, Bytes = outgoing.Bytes.ToArray() });
        await session.ExecuteAsync("INSERT INTO attempt (message_id, n, started_at) VALUES (@Id, @Attempt, @Real)", new { message.Id, message.Attempt, Real = clocks.Real.Millis() });
        await MineAsync(session, "UPDATE message SET content_hash = @Value WHERE id = @Id", message, hash);
    }, ct);

    /// <summary>Right before the body goes out.</summary>
    /// <exception cref="LeaseLostException">Another process has the message.</exception>
    public Task HandAsync(MessageRow message, CancellationToken ct) => database.WriteAsync(async session =>
    {
        await MineAsync(session, "UPDATE message SET reason = @Value WHERE id = @Id", message, null);
        await session.ExecuteAsync("UPDATE attempt SET handed_at = @Real WHERE message_id = @Id AND n = @Attempt", new { message.Id, message.Attempt, Real = clocks.Real.Millis() });
    }, ct);

    /// <summary>Writes the result if the lease is still ours; false when it is not.</summary>
    internal async Task<bool> FinishAsync(Session session, MessageRow message, SendResult result, string state, DateTimeOffset? retryAt)
    {
        var mine = await session.ExecuteAsync(
            """
            UPDATE message SET state = @state, lease_owner = NULL, lease_until = NULL, retry_at = @RetryAt
            WHERE id = @Id AND lease_owner = @Owner AND attempt = @Attempt AND state = 'sending'
            """, new { message.Id, message.Attempt, claims.Owner, state, RetryAt = retryAt?.Millis() ?? 0 });
        if (mine == 0)
            return false;
        await session.ExecuteAsync(
            "UPDATE attempt SET finished_at = @Real, outcome = @Outcome, answer = @Answer WHERE message_id = @Id AND n = @Attempt",
            new { message.Id, message.Attempt, Real = clocks.Real.Millis(), Outcome = result.Outcome.ToString().ToLowerInvariant(), result.Answer });
        return true;
    }

    private async Task MineAsync(Session session, string update, MessageRow message, string? value)
    {
        var mine = await session.ExecuteAsync(
            update + " AND lease_owner = @Owner AND attempt = @Attempt AND state = 'sending' AND lease_until > @Real",
            new { message.Id, message.Attempt, claims.Owner, Value = value, Real = clocks.Real.Millis() });
        if (mine == 0)
            throw new LeaseLostException();
    }
}
