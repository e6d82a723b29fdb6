using System.Globalization;
using System.Text.Json;
using Relance.Journal;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Agency;

public sealed partial class AgencyReads
{
    private const string PauseSelect = """
        SELECT p.id AS Id, p.scope AS Scope, p.scope_id AS ScopeId, p.until_on AS UntilOn, p.reason AS Reason, p.who AS Who, p.created_at AS CreatedAt,
            COALESCE(s.name, cl.name) AS Name, c.source AS Source, c.external_key AS ExternalKey
        FROM pause p LEFT JOIN shop s ON p.scope = 'shop' AND s.id = p.scope_id LEFT JOIN client cl ON p.scope = 'client' AND cl.id = p.scope_id
        LEFT JOIN contract c ON p.scope = 'contract' AND c.id = p.scope_id
        """;

    /// <summary>Pauses, in the order in which they were made.</summary>
    public Task<Page<PauseItem>> PausesAsync(PauseFilter filter, CancellationToken ct) => database.ReadAsync(
        async session => Paging.Of(
            [.. (await session.QueryAsync<PauseRow>(
                $"""
                {PauseSelect} WHERE p.id > @After AND (@Past = 1 OR p.until_on > @Today) AND (@Shop IS NULL OR p.scope = 'all' OR p.scope_id = @Shop
                OR p.scope_id IN (SELECT id FROM client WHERE shop_id = @Shop) OR p.scope_id IN (SELECT id FROM contract WHERE shop_id = @Shop)) ORDER BY p.id LIMIT @Rows
                """, new { After = Paging.Key(filter.After), Past = filter.Past ? 1L : 0L, Today = Today.Text(), filter.Shop, Rows = Paging.Rows(filter.Limit) })).Select(Item)],
            filter.Limit,
            pause => pause.Id),
        ct);

    /// <summary>The journal, the newest entry first.</summary>
    /// <exception cref="RefusedException">Several shops are linked, and neither shop nor subject is given.</exception>
    public Task<Page<JournalItem>> JournalAsync(JournalFilter filter, CancellationToken ct) => database.ReadAsync(
        async session =>
        {
            var shop = filter.Shop ?? (filter.Subject is null ? await OnlyShopAsync(session) : null);
            var after = Paging.Key(filter.After);
            var seq = after.Length == 0 ? long.MaxValue : long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : throw RefusedException.Invalid("after", "the 'next' of the page before");
            var rows = await session.QueryAsync<ChainEntry>(
                $"""
                SELECT {ChainEntry.Columns}
                FROM journal WHERE (@shop IS NULL OR shop_id = @shop) AND seq < @seq AND (@Subject IS NULL OR subject_id = @Subject) AND (@Kind IS NULL OR kind = @Kind)
                ORDER BY seq DESC LIMIT @Rows
                """, new { shop, seq, filter.Subject, filter.Kind, Rows = Paging.Rows(filter.Limit) });
            return Paging.Of([.. rows.Select(Item)], filter.Limit, entry => entry.Seq.ToString(CultureInfo.InvariantCulture));
        },
        ct);

    private async Task<IReadOnlyList<PauseItem>> PausesOfAsync(Session session, ContractRow contract) =>
        [.. (await session.QueryAsync<PauseRow>(
            $"""
            {PauseSelect} WHERE p.until_on > @Today AND (p.scope = 'all' OR (p.scope = 'shop' AND p.scope_id = @ShopId)
            OR (p.scope = 'client' AND p.scope_id = @ClientId) OR (p.scope = 'contract' AND p.scope_id = @Id)) ORDER BY p.id
            """, new { Today = Today.Text(), contract.ShopId, contract.ClientId, contract.Id })).Select(Item)];

    // Sequence numbers are a shop's own: two shops' entries have no common order.
    private static async Task<string?> OnlyShopAsync(Session session) => await LinkedShop.AllAsync(session) switch
    {
        [] => null,
        [var only] => only.Id,
        _ => throw RefusedException.Invalid("shop", "a shop's id, since several are linked"),
    };

    private static PauseItem Item(PauseRow row) => new(
        row.Id, row.Scope, row.ScopeId, row.Source is null ? row.Name : ReferenceOf(row.Source, row.ExternalKey!), Values.Date(row.UntilOn), row.Reason, row.Who, Values.Instant(row.CreatedAt));

    private static JournalItem Item(ChainEntry row) => new(
        row.ShopId, row.Seq, Values.Instant(row.At), row.Kind, row.SubjectId, JsonElement.Parse(row.Entry), row.ContentHash, row.Hash);

    private sealed class PauseRow
    {
        public string Id { get; init; } = "";
        public string Scope { get; init; } = "";
        public string ScopeId { get; init; } = "";
        public string UntilOn { get; init; } = "";
        public string Reason { get; init; } = "";
        public string Who { get; init; } = "";
        public long CreatedAt { get; init; }
        public string? Name { get; init; }
        public string? Source { get; init; }
        public string? ExternalKey { get; init; }
    }
}
