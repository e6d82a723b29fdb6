using Relance.Storage;

namespace Relance.Journal;

/// <summary>An entry before it has its place in the chain.</summary>
/// <param name="Entry">JSON without personal data.</param>
internal sealed record JournalDraft(string Kind, string SubjectId, string Entry, string? ContentHash = null);

/// <summary>Appends evidence: per shop, each entry's hash covers the previous one's.</summary>
public static class JournalWriter
{
    private const string Genesis = ChainEntry.Genesis;

    /// <summary>Appends an entry within the caller's transaction: what it proves and the proof commit together.</summary>
    /// <param name="at">Business instant of the fact.</param>
    /// <param name="entry">JSON without personal data; the bytes themselves live in <c>content</c>.</param>
    public static Task AppendAsync(Session session, string shopId, DateTimeOffset at, string kind, string subjectId, string entry, string? contentHash = null) =>
        AppendAsync(session, shopId, at, [new JournalDraft(kind, subjectId, entry, contentHash)]);

    /// <summary>Appends entries in their order. Best last in a transaction: from here on the other writers of the shop wait for its end.</summary>
    internal static async Task AppendAsync(Session session, string shopId, DateTimeOffset at, IReadOnlyList<JournalDraft> drafts)
    {
        if (drafts.Count == 0)
            return;
        // Taking the head row first serialises the writers of one shop on PostgreSQL; it still holds the previous hash.
        var head = (await session.FirstAsync<Head>(
            """
            INSERT INTO journal_head (shop_id, seq, hash) VALUES (@shopId, @Count, @Genesis)
            ON CONFLICT (shop_id) DO UPDATE SET seq = journal_head.seq + @Count RETURNING seq AS Seq, hash AS Hash
            """, new { shopId, Genesis, Count = (long)drafts.Count }))!;
        var (rows, seq, prev) = (new List<ChainEntry>(drafts.Count), head.Seq - drafts.Count, head.Hash);
        foreach (var draft in drafts)
        {
            var row = new ChainEntry { ShopId = shopId, Seq = ++seq, At = at.Millis(), Kind = draft.Kind, SubjectId = draft.SubjectId, Entry = draft.Entry, ContentHash = draft.ContentHash, PrevHash = prev };
            prev = row.Hash = row.Linked;
            rows.Add(row);
        }

        await session.ExecuteManyAsync(
            """
            INSERT INTO journal (shop_id, seq, at, kind, subject_id, entry, content_hash, prev_hash, hash)
            VALUES (@ShopId, @Seq, @At, @Kind, @SubjectId, @Entry, @ContentHash, @PrevHash, @Hash)
            """, rows);
        await session.ExecuteAsync("UPDATE journal_head SET hash = @prev WHERE shop_id = @shopId", new { prev, shopId });
    }

    /// <summary>Walks a shop's chain; null when whole, else the first sequence number that does not fit.</summary>
    /// <remarks>Entries appended during the walk are left to the next one. Who can rewrite every entry after a forged one, and the head, is
    /// found out only by a copy of the head kept elsewhere.</remarks>
    public static async Task<long?> FirstBrokenAsync(Session session, string shopId)
    {
        // One statement: the head and the last entry of the same instant.
        var end = await session.FirstAsync<Head>(
            """
            SELECT COALESCE(h.seq, 0) AS Seq, COALESCE(h.hash, @Genesis) AS Hash, (SELECT COALESCE(MAX(seq), 0) FROM journal WHERE shop_id = s.id) AS Last
            FROM shop s LEFT JOIN journal_head h ON h.shop_id = s.id WHERE s.id = @shopId
            """, new { shopId, Genesis }) ?? new Head { Hash = Genesis };
        var (seq, prev) = (0L, Genesis);
        while (await PageAsync(session, shopId, seq, end.Seq) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                if (row.Seq != seq + 1 || row.PrevHash != prev || !row.Fits)
                    return seq + 1;
                (seq, prev) = (row.Seq, row.Hash);
            }
        }
        return seq == end.Seq && prev == end.Hash && end.Last == end.Seq ? null : seq + 1;
    }

    /// <summary>The next entries of a shop's chain.</summary>
    internal static Task<IReadOnlyList<ChainEntry>> PageAsync(Session session, string shopId, long after, long last) => session.QueryAsync<ChainEntry>(
        $"""
        SELECT {ChainEntry.Columns}
        FROM journal WHERE shop_id = @shopId AND seq > @after AND seq <= @last ORDER BY seq LIMIT 1000
        """, new { shopId, after, last });

    private sealed class Head
    {
        public long Seq { get; init; }
        public string Hash { get; init; } = "";
        public long Last { get; init; }
    }
}
