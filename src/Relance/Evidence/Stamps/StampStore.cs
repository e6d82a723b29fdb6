using Relance.Storage;

namespace Relance.Evidence.Stamps;

/// <summary>Time-stamps over the journals' hashes.</summary>
internal static class StampStore
{
    private const string Columns = "seq AS Seq, hash AS Hash, at AS At, authority AS Authority, token AS Token";

    /// <summary>Where a shop's journal ends.</summary>
    public static async Task<DossierHead?> HeadAsync(Session session, string shopId) =>
        await session.FirstAsync<Row>("SELECT seq AS Seq, hash AS Hash FROM journal_head WHERE shop_id = @shopId", new { shopId }) is { } head ? new(head.Seq, head.Hash) : null;

    /// <summary>The newest; null when there is none.</summary>
    public static async Task<KeptStamp?> NewestAsync(Session session, string shopId) =>
        (await session.FirstAsync<Row>($"SELECT {Columns} FROM journal_stamp WHERE shop_id = @shopId ORDER BY seq DESC LIMIT 1", new { shopId }))?.ToStamp();

    /// <summary>The earliest over each of these entries, and the newest up to the last: no more are needed.</summary>
    public static async Task<IReadOnlyList<KeptStamp>> OverAsync(Session session, string shopId, IEnumerable<long> entries, long last)
    {
        var all = await session.QueryAsync<long>("SELECT seq FROM journal_stamp WHERE shop_id = @shopId AND seq <= @last ORDER BY seq", new { shopId, last });
        var wanted = entries.Append(last).Select(entry => all.FirstOrDefault(seq => seq >= entry)).Append(all.LastOrDefault()).Where(seq => seq > 0).Distinct().Order().ToList();
        var stamps = new List<KeptStamp>();
        foreach (var seq in wanted)
            stamps.Add((await session.FirstAsync<Row>($"SELECT {Columns} FROM journal_stamp WHERE shop_id = @shopId AND seq = @seq", new { shopId, seq }))!.ToStamp());
        return stamps;
    }

    /// <summary>Keeps one; a second over the same entry is not needed.</summary>
    public static Task AddAsync(Session session, string shopId, KeptStamp stamp) => session.ExecuteAsync(
        "INSERT INTO journal_stamp (shop_id, seq, hash, at, authority, token) VALUES (@shopId, @Seq, @Hash, @At, @Authority, @Token) ON CONFLICT (shop_id, seq) DO NOTHING",
        new { shopId, stamp.Seq, stamp.Hash, At = stamp.At.Millis(), stamp.Authority, stamp.Token });

    private sealed class Row
    {
        public long Seq { get; init; }
        public string Hash { get; init; } = "";
        public long At { get; init; }
        public string Authority { get; init; } = "";
        public byte[] Token { get; init; } = [];

        public KeptStamp ToStamp() => new(Seq, Hash, Values.Instant(At), Authority, Token);
    }
}
