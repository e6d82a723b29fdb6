using System.Globalization;
using Relance.Storage;

namespace Relance.Operations.Retention;

/// <summary>Erases the bytes of old mails in place. The journal keeps their hash, so its chain stays whole and a copy can still be proven genuine.</summary>
internal static class OldMails
{
    /// <summary>Looks at the next journal entries, oldest first, of the shop that lags most; the number looked at, 0 at the end.</summary>
    /// <param name="before">Business instant; what was journaled from then on stays.</param>
    public static async Task<int> EraseAsync(Session session, DateTimeOffset before, DateTimeOffset now, int limit)
    {
        foreach (var shop in await session.QueryAsync<string>("SELECT id FROM shop ORDER BY id"))
        {
            var key = $"retention:{shop}";
            var done = await session.ValueAsync<string>("SELECT value FROM instance WHERE key = @key", new { key }) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
            // The journal is in the order of time: one position per shop tells what is erased, and no index is needed.
            var entries = await session.QueryAsync<Entry>(
                "SELECT seq AS Seq, content_hash AS Hash FROM journal WHERE shop_id = @shop AND seq > @done AND at < @Before ORDER BY seq LIMIT @limit",
                new { shop, done, Before = before.Millis(), limit });
            if (entries.Count == 0)
                continue;
            foreach (var entry in entries.Where(entry => entry.Hash is not null))
                await EraseAsync(session, entry.Hash!, now);
            await ReachedAsync(session, key, entries[^1].Seq.ToString(CultureInfo.InvariantCulture));
            return entries.Count;
        }
        return 0;
    }

    /// <summary>Bytes of attempts that no server accepted: they are in no journal entry. Looks at the next messages, oldest first; the number looked at, 0 at the end.</summary>
    /// <param name="before">Real instant; messages that were planned from then on stay.</param>
    public static async Task<int> EraseUnacceptedAsync(Session session, DateTimeOffset before, DateTimeOffset now, int limit)
    {
        const string key = "retention:attempts";
        var done = await session.ValueAsync<string>("SELECT value FROM instance WHERE key = @key", new { key }) ?? "";
        // Ids begin with their instant: the primary key is in the order of time.
        var attempts = await session.QueryAsync<Unaccepted>(
            """
            SELECT message_id AS MessageId, CASE WHEN outcome = 'accepted' THEN NULL ELSE content_hash END AS Hash FROM attempt
            WHERE message_id IN (SELECT DISTINCT message_id FROM attempt WHERE message_id > @done AND message_id < @Before ORDER BY message_id LIMIT @limit) ORDER BY message_id, n
            """, new { done, Before = Guid.CreateVersion7(before).ToString("N")[..12], limit });
        if (attempts.Count == 0)
            return 0;
        foreach (var attempt in attempts.Where(attempt => attempt.Hash is not null))
            await EraseAsync(session, attempt.Hash!, now);
        await ReachedAsync(session, key, attempts[^1].MessageId);
        return attempts.Count;
    }

    /// <summary>Mails that came in and belong to no message of ours: spam, or a stranger's. The number forgotten.</summary>
    /// <param name="before">Real instant of their arrival.</param>
    public static async Task<int> ForgetUnmatchedAsync(Session session, DateTimeOffset before, DateTimeOffset now, int limit)
    {
        var old = await session.QueryAsync<Unmatched>(
            "SELECT id AS Id, content_hash AS Hash FROM inbound_mail WHERE state = 'unmatched' AND received_at < @Before ORDER BY id LIMIT @limit", new { Before = before.Millis(), limit });
        foreach (var mail in old)
        {
            await session.ExecuteAsync("DELETE FROM inbound_mail WHERE id = @Id", new { mail.Id });
            await EraseAsync(session, mail.Hash, now);
        }
        return old.Count;
    }

    private static Task<int> ReachedAsync(Session session, string key, string last) =>
        session.ExecuteAsync("INSERT INTO instance (key, value) VALUES (@key, @last) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value", new { key, last });

    private static Task<int> EraseAsync(Session session, string hash, DateTimeOffset now) => session.ExecuteAsync(
        "UPDATE content SET bytes = @Empty, erased_at = @Now WHERE hash = @hash AND erased_at IS NULL", new { Empty = Array.Empty<byte>(), Now = now.Millis(), hash });

    private sealed class Unmatched
    {
        public string Id { get; init; } = "";
        public string Hash { get; init; } = "";
    }

    private sealed class Unaccepted
    {
        public string MessageId { get; init; } = "";
        public string? Hash { get; init; }
    }

    private sealed class Entry
    {
        public long Seq { get; init; }
        public string? Hash { get; init; }
    }
}
