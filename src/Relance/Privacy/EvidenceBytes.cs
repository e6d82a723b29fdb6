using Relance.Storage;

namespace Relance.Privacy;

/// <summary>The bytes behind contracts: what their mails, server answers and people's words are.</summary>
/// <param name="contracts">Their ids.</param>
/// <param name="clients">Clients none of whose contracts is left out.</param>
internal sealed class EvidenceBytes(Session session, IReadOnlyCollection<string> contracts, IReadOnlyCollection<string> clients)
{
    /// <summary>Messages that speak of these contracts alone: one that speaks of another as well is that one's evidence too.</summary>
    public Task<IReadOnlyList<string>> MessagesAsync() => session.QueryAsync<string>(
        $"""
        SELECT DISTINCT r.message_id FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id WHERE r.message_id IS NOT NULL AND cy.subject_id {session.In("@contracts")}
        AND NOT EXISTS (SELECT 1 FROM reminder o JOIN cycle oc ON oc.id = o.cycle_id WHERE o.message_id = r.message_id AND NOT (oc.subject_id {session.In("@contracts")}))
        """, new { contracts = session.List(contracts) });

    /// <summary>Hashes of what is still there. Bytes that others' entries name as well stay: they say nothing of this person.</summary>
    public async Task<IReadOnlyList<string>> HashesAsync()
    {
        var messages = await MessagesAsync();
        var args = new { subjects = session.List([.. messages, .. contracts, .. clients]), messages = session.List(messages) };
        return await session.QueryAsync<string>(
            $"""
            SELECT k.hash FROM content k WHERE k.erased_at IS NULL AND k.hash IN (
                SELECT content_hash FROM journal WHERE subject_id {session.In("@subjects")} UNION SELECT content_hash FROM message WHERE id {session.In("@messages")}
                UNION SELECT content_hash FROM attempt WHERE message_id {session.In("@messages")} UNION SELECT content_hash FROM inbound_mail WHERE message_id {session.In("@messages")})
            AND k.hash NOT IN (SELECT content_hash FROM journal WHERE content_hash IS NOT NULL AND NOT (subject_id {session.In("@subjects")}))
            AND k.hash NOT IN (SELECT content_hash FROM message WHERE content_hash IS NOT NULL AND NOT (id {session.In("@messages")})) ORDER BY k.hash
            """, args);
    }

    /// <summary>Erases them, and what servers answered; the number of files.</summary>
    public async Task<int> EraseAsync(DateTimeOffset now)
    {
        var messages = session.List(await MessagesAsync());
        var hashes = await HashesAsync();
        await session.ExecuteAsync($"UPDATE attempt SET answer = NULL WHERE message_id {session.In("@messages")}", new { messages });
        await session.ExecuteAsync($"UPDATE message SET bounce_answer = NULL WHERE id {session.In("@messages")}", new { messages });
        await EraseAsync(session, hashes, now);
        return hashes.Count;
    }

    /// <summary>Erases bytes in place: the journal keeps their hash.</summary>
    public static Task EraseAsync(Session session, IReadOnlyCollection<string> hashes, DateTimeOffset now) => hashes.Count == 0 ? Task.CompletedTask : session.ExecuteAsync(
        $"UPDATE content SET bytes = @Empty, erased_at = @Now WHERE erased_at IS NULL AND hash {session.In("@hashes")}", new { Empty = Array.Empty<byte>(), Now = now.Millis(), hashes = session.List(hashes) });
}
