using System.Globalization;
using Relance.Billing;
using Relance.Storage;

namespace Relance.Tests.Stories;

/// <summary>What a service believes about its clients, without ids of its own, instants of its own, and counters.</summary>
internal sealed record StormTables(IReadOnlyList<string> Clients, IReadOnlyList<string> Contracts, IReadOnlyList<string> Invoices, IReadOnlyList<string> Cycles)
{
    private const string ContractName = "COALESCE(c.source || ' ' || c.external_key, '-')";

    public static async Task<StormTables> ReadAsync(Database database) => await database.ReadAsync(async session => new StormTables(
        await session.QueryAsync<string>(
            """
            SELECT k.external_key || ' | ' || k.kind || ' | ' || k.locale || ' | ' || k.name || ' | ' || COALESCE(k.email, '-') || ' | ' || COALESCE(r.address_key, '-')
            FROM client k LEFT JOIN recipient r ON r.id = k.recipient_id ORDER BY 1
            """),
        [.. (await session.QueryAsync<string>($"SELECT {ContractName} || ' | ' || k.external_key || ' | ' || c.standing || ' | ' || REPLACE(REPLACE(c.data, c.id, '*'), c.shop_id, '*') FROM contract c JOIN client k ON k.id = c.client_id ORDER BY 1")).Select(WithoutLatestOrder)],
        await session.QueryAsync<string>(
            $"""
            SELECT i.external_id || ' | ' || k.external_key || ' | ' || {ContractName} || ' | ' || COALESCE(CAST(i.term_no AS TEXT), '-') || ' | ' || i.role || ' | ' || i.number || ' | ' || i.created_via
              || ' | ' || CAST(i.total AS TEXT) || ' | ' || CAST(i.paid AS TEXT) || ' | ' || i.currency || ' | ' || i.status || ' | ' || COALESCE(i.pay_url, '-') || ' | ' || i.payment_method
            FROM invoice i LEFT JOIN client k ON k.id = i.client_id LEFT JOIN contract c ON c.id = i.contract_id ORDER BY 1
            """),
        await session.QueryAsync<string>(
            $"SELECT {ContractName} || ' | ' || CAST(y.term_no AS TEXT) || ' | ' || y.anchor_on || ' | ' || y.sequence || ' | ' || y.state FROM cycle y JOIN contract c ON c.id = y.subject_id ORDER BY 1")));

    // Of a subscription nothing is posted to an order: which of its orders was seen last does not matter.
    private static string WithoutLatestOrder(string row) => row.StartsWith("subscription", StringComparison.Ordinal)
        ? System.Text.RegularExpressions.Regex.Replace(row, "\"LatestOrderId\":[0-9]+,?", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))
        : row;

    public IEnumerable<string> All => [.. Clients, .. Contracts, .. Invoices, .. Cycles];

    /// <summary>Contracts whose renewal order Relance would have made by now.</summary>
    public static async Task<IReadOnlyList<StormContract>> ContractsAsync(Database database) =>
        [.. (await database.ReadAsync(s => s.QueryAsync<Row>("SELECT id AS Id, data AS Data FROM contract WHERE source = 'product-rule' ORDER BY id")))
            .Select(row => (row.Id, State: ContractState.FromJson(row.Data)))
            .Select(c => new StormContract(c.Id, c.State.CustomerId, c.State.Lines[0].ProductId))];

    /// <summary>Gives the contracts of one service the ids they have in the other, so that both know our renewal orders as their own.</summary>
    public static async Task ShareIdsAsync(Database from, Database to)
    {
        foreach (var row in await from.ReadAsync(s => s.QueryAsync<Row>("SELECT id AS Id, source AS Source, external_key AS Key FROM contract")))
            await to.WriteAsync(s => RenameAsync(s, row));
    }

    private static async Task RenameAsync(Session session, Row row)
    {
        var old = await session.ValueAsync<string>("SELECT id FROM contract WHERE source = @Source AND external_key = @Key", row);
        var args = new { row.Id, row.Key, Old = old, Temporary = string.Create(CultureInfo.InvariantCulture, $"{row.Key}!") };
        await session.ExecuteAsync("INSERT INTO contract SELECT @Id, shop_id, source, @Temporary, client_id, data, standing, source_at, rev FROM contract WHERE id = @Old", args);
        await session.ExecuteAsync("UPDATE invoice SET contract_id = @Id WHERE contract_id = @Old", args);
        await session.ExecuteAsync("UPDATE cycle SET subject_id = @Id WHERE subject_id = @Old", args);
        await session.ExecuteAsync("DELETE FROM contract WHERE id = @Old", args);
        await session.ExecuteAsync("UPDATE contract SET external_key = @Key WHERE id = @Id", args);
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Source { get; init; } = "";
        public string Key { get; init; } = "";
        public string Data { get; init; } = "";
    }
}
