using System.Globalization;
using Relance.Shops.WooCommerce;
using Relance.Storage;

namespace Relance.Inbox;

/// <summary>A delivery to be followed by a pull of what it names.</summary>
/// <param name="Id">Ours: WooCommerce's delivery ids are not unique.</param>
/// <param name="Hint">What changed.</param>
/// <param name="Body">The bytes as received: a whole resource, or less.</param>
/// <param name="Copy">The site it comes from, where that is not the shop's: it is not to be followed.</param>
internal sealed record InboxRow(string Id, WebhookHint Hint, byte[] Body, string? Copy);

/// <summary>
/// Deliveries as stored: <c>new</c> → <c>taken</c> → <c>done</c>, or <c>failed</c> and kept.
/// Two equal bodies are one row only while the first is <c>new</c>. One that arrives later announces a change which the pull under way
/// may have missed, so rows leave <c>new</c> before that pull, and each delivery is followed by a pull that began after it.
/// </summary>
internal static class InboxStore
{
    /// <summary>Real time that a reader has; then another may take its rows (it crashed, or the shop did not answer).</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>What is stored of a verified delivery.</summary>
    /// <param name="copy">The site it comes from, where that is not the shop's: then it never stands for the same delivery of the shop.</param>
    public static Delivery Read(string shopId, string topic, byte[] body, DateTimeOffset real, string? copy = null) =>
        new(Values.NewId(), shopId, topic, copy ?? Key(topic, body), Values.Hash(body), body, real.Millis(), copy);

    /// <summary>Stores verified deliveries; the same one, still unread, is not stored twice.</summary>
    public static Task AddAsync(Session session, IReadOnlyList<Delivery> deliveries) => session.Dialect == Dialect.Sqlite
        ? session.ExecuteAsync(Insert("VALUES (@Id, @ShopId, @Topic, @Key, @Hash, @Body, @At, @Copy, 'new')"), deliveries)
        // One statement for all: a round trip each would be most of the cost.
        : session.ExecuteAsync(Insert("SELECT *, 'new' FROM unnest(@ids, @shops, @topics, @keys, @hashes, @bodies, @ats, @copies)"), new
        {
            ids = deliveries.Select(d => d.Id).ToArray(),
            shops = deliveries.Select(d => d.ShopId).ToArray(),
            topics = deliveries.Select(d => d.Topic).ToArray(),
            keys = deliveries.Select(d => d.Key).ToArray(),
            hashes = deliveries.Select(d => d.Hash).ToArray(),
            bodies = deliveries.Select(d => d.Body).ToArray(),
            ats = deliveries.Select(d => d.At).ToArray(),
            copies = deliveries.Select(d => d.Copy).ToArray(),
        });

    private static string Insert(string rows) =>
        $"""
        INSERT INTO inbox (id, shop_id, topic, resource_key, body_hash, body, received_at, copy, state)
        {rows}
        ON CONFLICT (shop_id, topic, resource_key, body_hash) WHERE state = 'new' DO NOTHING
        """;

    /// <summary>Shops that have something to read.</summary>
    /// <remarks>UNION, since with OR SQLite would read every delivery ever received instead of two indexes of the waiting ones.</remarks>
    public static Task<IReadOnlyList<string>> ShopsWaitingAsync(Session session, DateTimeOffset real) => session.QueryAsync<string>(
        "SELECT shop_id FROM inbox WHERE state = 'new' UNION SELECT shop_id FROM inbox WHERE state = 'taken' AND lease_until < @now", new { now = real.Millis() });

    /// <summary>Takes up to <paramref name="limit"/> deliveries of a shop, oldest first; commit before pulling. Unreadable ones become <c>failed</c> here.</summary>
    public static async Task<IReadOnlyList<InboxRow>> TakeNewAsync(Session session, string shopId, int limit, DateTimeOffset real)
    {
        List<InboxRow> readable = [];
        foreach (var row in (await TakeAsync(session, shopId, limit, real)).OrderBy(row => row.Id, StringComparer.Ordinal))
        {
            try
            {
                readable.Add(new(row.Id, WebhookBody.Parse(row.Topic, row.Body), row.Body, row.Copy));
            }
            catch (FormatException wrong)
            {
                await MarkFailedAsync(session, row.Id, wrong.Message);
            }
        }
        return readable;
    }

    /// <summary>The pull that followed is applied. The body has served: what a client bought need not be kept twice.</summary>
    public static Task MarkDoneAsync(Session session, IEnumerable<string> ids) => session.ExecuteAsync(
        "UPDATE inbox SET state = 'done', body = @empty, lease_until = NULL WHERE id = @id AND state = 'taken'",
        ids.Select(id => new { id, empty = Array.Empty<byte>() }).ToArray());

    /// <summary>Sets a delivery aside, body included, with the reason; nothing takes it again.</summary>
    public static Task MarkFailedAsync(Session session, string id, string error) => session.ExecuteAsync(
        "UPDATE inbox SET state = 'failed', error = @error, lease_until = NULL WHERE id = @id AND state = 'taken'", new { id, error });

    private static Task<IReadOnlyList<Stored>> TakeAsync(Session session, string shopId, int limit, DateTimeOffset real)
    {
        const string Free = "(state = 'new' OR (state = 'taken' AND lease_until < @now))";
        var skip = session.Dialect == Dialect.Postgres ? "FOR UPDATE SKIP LOCKED" : "";
        // The outer WHERE repeats the condition: without it PostgreSQL hands rows out twice. Materialized: it may run a subquery once a row, and so exceed the limit.
        return session.QueryAsync<Stored>(
            $"""
            WITH picked AS MATERIALIZED (SELECT id FROM inbox WHERE shop_id = @shopId AND {Free} ORDER BY id LIMIT @limit {skip})
            UPDATE inbox SET state = 'taken', lease_until = @until WHERE id IN (SELECT id FROM picked) AND {Free}
            RETURNING id AS Id, topic AS Topic, body AS Body, copy AS Copy
            """, new { shopId, limit, now = real.Millis(), until = (real + Lease).Millis() });
    }

    // The resource's id where the body can be read; a body that cannot is found out when it is taken.
    private static string Key(string topic, byte[] body)
    {
        try
        {
            return WebhookBody.Parse(topic, body).Id?.ToString(CultureInfo.InvariantCulture) ?? "";
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private sealed class Stored
    {
        public string Id { get; init; } = "";
        public string Topic { get; init; } = "";
        public byte[] Body { get; init; } = [];
        public string? Copy { get; init; }
    }
}
