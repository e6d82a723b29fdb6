using Relance.Channels;
using Relance.Operations;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>Nothing may be handed over: the lease went to somebody else, or what the message speaks of has changed since it was read.</summary>
public sealed class HandOverRefusedException() : Exception("The lease of this message has ended, or what it speaks of has changed; nothing was handed over.");

/// <summary>A letter in its wire form.</summary>
/// <param name="Hash">Of the bytes.</param>
internal sealed record WrittenLetter(Letter Letter, OutgoingMessage Outgoing, string Hash)
{
    public MessageRow Message => Letter.Message;
}

/// <summary>
/// Commits each stage of an attempt before the next one begins, so that a crash at any point can be told apart. What reaches a stage at the
/// same time shares a commit; each message is checked by itself.
/// </summary>
public sealed class Attempts : IAsyncDisposable
{
    private const int MostTogether = 64;
    private const string Mine = "lease_owner = @Owner AND attempt = @Attempt AND state = 'sending'";

    private readonly Database _database;
    private readonly Clocks _clocks;
    private readonly Claims _claims;
    private readonly Together<Letter, bool> _handing;

    /// <summary>Of this process, which holds the leases.</summary>
    public Attempts(Database database, Clocks clocks, Claims claims)
    {
        (_database, _clocks, _claims) = (database, clocks, claims);
        _handing = new(MostTogether, letters => database.WriteAsync(session => HandAsync(session, letters)));
    }

    /// <summary>Before connecting: the exact bytes and the start of each. Those whose lease is somebody else's by now are left out.</summary>
    internal Task<IReadOnlyList<WrittenLetter>> StartAsync(IReadOnlyList<WrittenLetter> letters, CancellationToken ct) => _database.WriteAsync<IReadOnlyList<WrittenLetter>>(
        async session =>
        {
            var real = _clocks.Real.Millis();
            var mine = await session.ExecuteManyAsync(
                $"UPDATE message SET content_hash = @Hash WHERE id = @Id AND {Mine} AND lease_until > @Real",
                [.. letters.Select(l => new { l.Hash, l.Message.Id, l.Message.Attempt, _claims.Owner, Real = real })]);
            var started = letters.Where((_, i) => mine[i] == 1).ToList();
            await session.ExecuteManyAsync(
                "INSERT INTO content (hash, bytes) VALUES (@Hash, @Bytes) ON CONFLICT (hash) DO NOTHING", [.. started.Select(l => new { l.Hash, Bytes = l.Outgoing.Bytes.ToArray() })]);
            await session.ExecuteManyAsync(
                "INSERT INTO attempt (message_id, n, started_at, content_hash) VALUES (@Id, @Attempt, @Real, @Hash)", [.. started.Select(l => new { l.Message.Id, l.Message.Attempt, Real = real, l.Hash })]);
            return started;
        },
        ct);

    /// <summary>Right before the body goes out.</summary>
    /// <exception cref="HandOverRefusedException">Another process has the message, or a payment, a pause or anything else has changed what it speaks of.</exception>
    internal async Task HandAsync(Letter letter)
    {
        if (!await _handing.DoAsync(letter))
            throw new HandOverRefusedException();
    }

    /// <summary>Writes results of those whose lease is still ours; whether it was, for each.</summary>
    internal async Task<IReadOnlyList<bool>> FinishAsync(Session session, IReadOnlyList<AttemptEnd> ends)
    {
        var mine = await session.ExecuteManyAsync(
            $"UPDATE message SET state = @State, lease_owner = NULL, lease_until = NULL, retry_at = @RetryAt WHERE id = @Id AND {Mine}",
            [.. ends.Select(end => new { end.State, end.Message.Id, end.Message.Attempt, _claims.Owner, RetryAt = end.RetryAt?.Millis() ?? 0 })]);
        var real = _clocks.Real.Millis();
        await session.ExecuteManyAsync(
            "UPDATE attempt SET finished_at = @Real, outcome = @Outcome, answer = @Answer WHERE message_id = @Id AND n = @Attempt",
            [.. ends.Where((_, i) => mine[i] == 1).Select(end => new { end.Message.Id, end.Message.Attempt, Real = real, Outcome = end.Result.Outcome.ToString().ToLowerInvariant(), end.Result.Answer })]);
        return [.. mine.Select(rows => rows == 1)];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _handing.DisposeAsync();

    // The seal of the letter still holds: whatever closes, pauses or changes what it speaks of raises a revision or takes a step out.
    private async Task<IReadOnlyList<bool>> HandAsync(Session session, IReadOnlyList<Letter> letters)
    {
        var real = _clocks.Real.Millis();
        var rows = letters.Select(letter => new { letter.Message.Id, letter.Message.Attempt, _claims.Owner, letter.Seal, Real = real }).ToList();
        var mine = await session.ExecuteManyAsync(
            $"UPDATE message SET reason = NULL WHERE id = @Id AND {Mine} AND lease_until > @Real AND (SELECT SUM({LetterReader.Seal}) {LetterReader.Steps} AND r.message_id = message.id) = @Seal", rows);
        await session.ExecuteManyAsync("UPDATE attempt SET handed_at = @Real WHERE message_id = @Id AND n = @Attempt", [.. rows.Where((_, i) => mine[i] == 1)]);
        return [.. mine.Select(touched => touched == 1)];
    }
}

/// <summary>How an attempt ended, and what that makes of its message.</summary>
/// <param name="RetryAt">Real instant from which it may be claimed again.</param>
internal sealed record AttemptEnd(MessageRow Message, SendResult Result, string State, DateTimeOffset? RetryAt = null);
