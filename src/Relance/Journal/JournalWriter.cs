using System.Globalization;
using System.Text;
using Relance.Storage;

namespace Relance.Journal;

/// <summary>Appends evidence: per shop, each entry's hash covers the previous one's.</summary>
public static class JournalWriter
{
    private const string Genesis = "0";

    /// <summary>Appends an entry within the caller's transaction: what it proves and the proof commit together.</summary>
    /// <param name="at">Business instant of the fact.</param>
    /// <param name="entry">JSON without personal data; the bytes themselves live in <c>content</c>.</param>
    public static async Task AppendAsync(Session session, string shopId, DateTimeOffset at, string kind, string subjectId, string entry, string? contentHash = null)
    {
        // Taking the head row first serialises writers of one shop on PostgreSQL.
        await session.ExecuteAsync("INSERT INTO journal_head (shop_id, seq, hash) VALUES (@shopId, 0, @Genesis) ON CONFLICT (shop_id) DO NOTHING", new { shopId, Genesis });
        await session.ExecuteAsync("UPDATE journal_head SET seq = seq + 1 WHERE shop_id = @shopId", new { shopId });
        var head = (await session.FirstAsync<Head>("SELECT seq AS Seq, hash AS Hash FROM journal_head WHERE shop_id = @shopId", new { shopId }))!;
        var row = new JournalRow { ShopId = shopId, Seq = head.Seq, At = at.Millis(), Kind = kind, SubjectId = subjectId, Entry = entry, ContentHash = contentHash, PrevHash = head.Hash };
        row.Hash = HashOf(row);
        await session.ExecuteAsync("""
            INSERT INTO journal (shop_id, seq, at, kind, subject_id, entry, content_hash, prev_hash, hash)
            VALUES (@ShopId, @Seq, @At, @Kind, @SubjectId, @Entry, @ContentHash, @PrevHash, @Hash)
            """, row);
        await session.ExecuteAsync("UPDATE journal_head SET hash = @Hash WHERE shop_id = @ShopId", row);
    }

    /// <summary>Walks a shop's chain; null when whole, else the first sequence number that does not fit.</summary>
    public static async Task<long?> FirstBrokenAsync(Session session, string shopId)
    {
        var (expected, prev) = (1L, Genesis);
        foreach (var row in await session.QueryAsync<JournalRow>(
            """
            SELECT shop_id AS ShopId, seq AS Seq, at AS At, kind AS Kind, subject_id AS SubjectId, entry AS Entry, content_hash AS ContentHash, prev_hash AS PrevHash, hash AS Hash
            FROM journal WHERE shop_id = @shopId ORDER BY seq
            """, new { shopId }))
        {
            if (row.Seq != expected || row.PrevHash != prev || row.Hash != HashOf(row))
                return expected;
            (expected, prev) = (expected + 1, row.Hash);
        }

        var head = await session.FirstAsync<Head>("SELECT seq AS Seq, hash AS Hash FROM journal_head WHERE shop_id = @shopId", new { shopId });
        return head is null || (head.Seq == expected - 1 && head.Hash == prev) ? null : expected;
    }

    // Length-prefixed fields: no two different rows share a serialisation.
    private static string HashOf(JournalRow row)
    {
        string[] fields = [row.ShopId, Number(row.Seq), Number(row.At), row.Kind, row.SubjectId, row.Entry, row.ContentHash ?? "", row.PrevHash];
        return Values.Hash(Encoding.UTF8.GetBytes(string.Concat(fields.Select(f => Number(f.Length) + ":" + f + ","))));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Head
    {
        public long Seq { get; init; }
        public string Hash { get; init; } = "";
    }

    private sealed class JournalRow
    {
        public string ShopId { get; init; } = "";
        public long Seq { get; init; }
        public long At { get; init; }
        public string Kind { get; init; } = "";
        public string SubjectId { get; init; } = "";
        public string Entry { get; init; } = "";
        public string? ContentHash { get; init; }
        public string PrevHash { get; init; } = "";
        public string Hash { get; set; } = "";
    }
}
