using Relance.Domain.Billing;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>A contract with its state read.</summary>
public sealed record StoredContract(string Id, string ShopId, string Source, string ExternalKey, string ClientId, ContractState State, string Standing, DateTimeOffset SourceAt)
{
    /// <summary>What the law sees in its client; protected like a consumer while nobody has said.</summary>
    public ClientKind ClientKind { get; init; }
}

/// <summary>Reads and writes contracts.</summary>
public static class ContractStore
{
    /// <summary>Contracts of WooCommerce Subscriptions.</summary>
    public const string Subscriptions = "subscription";

    /// <summary>Contracts opened by an order of a product that a rule names.</summary>
    public const string ProductRule = "product-rule";

    /// <summary>Contracts of the plugin in the shop; their key is the plugin's id.</summary>
    public const string Plugin = "plugin";

    /// <summary>Contracts read from a file; their key is the reference.</summary>
    public const string Import = "import";

    private const string Columns = """
        id AS Id, shop_id AS ShopId, source AS Source, external_key AS ExternalKey, client_id AS ClientId, data AS Data, standing AS Standing, source_at AS SourceAt,
        (SELECT kind FROM client WHERE client.id = contract.client_id) AS ClientKind
        """;

    /// <summary>Locks and reads a contract: everything that changes one starts here, so that changes queue up.</summary>
    public static async Task<StoredContract?> LockAsync(Session session, string id) =>
        Read(await session.FirstAsync<Row>($"SELECT {Columns} FROM contract WHERE id = @id {Locking(session)}", new { id }));

    /// <summary>Locks and reads contracts, in the order of their ids, in which everybody locks them.</summary>
    internal static async Task<IReadOnlyList<StoredContract>> LockAsync(Session session, IEnumerable<string> ids) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM contract WHERE id {session.In("@ids")} ORDER BY id {Locking(session)}", new { ids = session.List(ids) })).Select(row => Read(row)!)];

    /// <summary>Reads contracts.</summary>
    internal static async Task<IReadOnlyList<StoredContract>> FindAsync(Session session, IEnumerable<string> ids) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM contract WHERE id {session.In("@ids")}", new { ids = session.List(ids) })).Select(row => Read(row)!)];

    /// <summary>Reads a contract.</summary>
    public static async Task<StoredContract?> FindAsync(Session session, string id) =>
        Read(await session.FirstAsync<Row>($"SELECT {Columns} FROM contract WHERE id = @id", new { id }));

    /// <summary>Reads the contracts a source knows by these keys.</summary>
    internal static async Task<IReadOnlyList<StoredContract>> FindAsync(Session session, string shopId, string source, IEnumerable<string> keys) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM contract WHERE shop_id = @shopId AND source = @source AND external_key {session.In("@keys")}", new { shopId, source, keys = session.List(keys) })).Select(row => Read(row)!)];

    /// <summary>Reads the contract a source knows by this key.</summary>
    public static async Task<StoredContract?> FindAsync(Session session, string shopId, string source, string key) =>
        Read(await session.FirstAsync<Row>($"SELECT {Columns} FROM contract WHERE shop_id = @shopId AND source = @source AND external_key = @key", new { shopId, source, key }));

    /// <summary>Locks and reads the contract a source knows by this key.</summary>
    public static async Task<StoredContract?> LockAsync(Session session, string shopId, string source, string key) =>
        Read(await session.FirstAsync<Row>($"SELECT {Columns} FROM contract WHERE shop_id = @shopId AND source = @source AND external_key = @key {Locking(session)}", new { shopId, source, key }));

    /// <summary>The contracts of one client.</summary>
    public static async Task<IReadOnlyList<StoredContract>> OfClientAsync(Session session, string clientId) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM contract WHERE client_id = @clientId ORDER BY id", new { clientId })).Select(row => Read(row)!)];

    /// <summary>The contracts that an order opened: one for each piece of each line.</summary>
    public static async Task<IReadOnlyList<string>> OpenedByAsync(Session session, string shopId, long orderId) => await session.QueryAsync<string>(
        "SELECT id FROM contract WHERE shop_id = @shopId AND source = @Source AND external_key LIKE @Keys ORDER BY id",
        new { shopId, Source = ProductRule, Keys = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{orderId}:%") });

    /// <summary>All contracts of a shop, or of all.</summary>
    public static async Task<IReadOnlyList<StoredContract>> AllAsync(Session session, string? shopId = null) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM contract WHERE @shopId IS NULL OR shop_id = @shopId ORDER BY id", new { shopId })).Select(row => Read(row)!)];

    /// <summary>Adds a contract.</summary>
    public static Task InsertAsync(Session session, StoredContract contract) => session.ExecuteAsync(
        """
        INSERT INTO contract (id, shop_id, source, external_key, client_id, data, standing, source_at)
        VALUES (@Id, @ShopId, @Source, @ExternalKey, @ClientId, @Data, @Standing, @At)
        """, new { contract.Id, contract.ShopId, contract.Source, contract.ExternalKey, contract.ClientId, Data = contract.State.ToJson(), contract.Standing, At = contract.SourceAt.Millis() });

    /// <summary>Writes a locked contract back; nothing when nothing changed.</summary>
    public static Task UpdateAsync(Session session, StoredContract contract) => UpdateAsync(session, [contract]);

    /// <inheritdoc cref="UpdateAsync(Session, StoredContract)"/>
    internal static Task UpdateAsync(Session session, IEnumerable<StoredContract> contracts) => session.ExecuteManyAsync(
        """
        UPDATE contract SET client_id = @ClientId, data = @Data, standing = @Standing, source_at = @At, rev = rev + 1
        WHERE id = @Id AND (client_id <> @ClientId OR data <> @Data OR standing <> @Standing OR source_at <> @At)
        """,
        [.. contracts.Select(contract => new { contract.Id, contract.ClientId, Data = contract.State.ToJson(), contract.Standing, At = contract.SourceAt.Millis() })]);

    /// <summary>A locked contract is known by another source from now on.</summary>
    internal static Task RenameAsync(Session session, string id, string source, string key) =>
        session.ExecuteAsync("UPDATE contract SET source = @source, external_key = @key, rev = rev + 1 WHERE id = @id", new { id, source, key });

    // SQLite's writer is alone anyway. NO KEY: rows that refer to a locked contract may still be added.
    private static string Locking(Session session) => session.Dialect == Dialect.Postgres ? "FOR NO KEY UPDATE" : "";

    private static StoredContract? Read(Row? row) => row is null ? null
        : new(row.Id, row.ShopId, row.Source, row.ExternalKey, row.ClientId, ContractState.FromJson(row.Data), row.Standing, Values.Instant(row.SourceAt)) { ClientKind = Enum.Parse<ClientKind>(row.ClientKind) };

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string ShopId { get; init; } = "";
        public string Source { get; init; } = "";
        public string ExternalKey { get; init; } = "";
        public string ClientId { get; init; } = "";
        public string Data { get; init; } = "";
        public string Standing { get; init; } = "";
        public long SourceAt { get; init; }
        public string ClientKind { get; init; } = "";
    }
}
