using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>An order that opens, renews or could renew a contract.</summary>
public sealed class InvoiceRow
{
    /// <summary>Our id.</summary>
    public string Id { get; init; } = "";
    /// <summary>The shop's order id.</summary>
    public string ExternalId { get; init; } = "";
    /// <summary>The contract, once known.</summary>
    public string? ContractId { get; init; }
    /// <summary>The term it pays, once known.</summary>
    public long? TermNo { get; init; }
    /// <summary><c>opening</c>, <c>renewal</c> or <c>parent</c> (of a subscription).</summary>
    public string Role { get; init; } = "";
    /// <summary>Status in the shop, without prefix.</summary>
    public string Status { get; init; } = "";
    /// <summary>Total incl. VAT, minor units.</summary>
    public long Total { get; init; }
    /// <summary>What of it is paid, minor units.</summary>
    public long Paid { get; init; }
    /// <summary>How it is, or would be, paid.</summary>
    public string PaymentMethod { get; init; } = "";
    /// <summary>Where to pay it.</summary>
    public string? PayUrl { get; init; }
    /// <summary>Instant of the shop's last change.</summary>
    public long SourceAt { get; init; }

    /// <summary>Whether an order says nothing new. Two changes may share a second: then the content decides.</summary>
    public bool Covers(ShopOrder order) => SourceAt > order.ModifiedAt.Millis()
        || (SourceAt == order.ModifiedAt.Millis() && Status == order.Status && Total == order.Total.Minor && PaymentMethod == order.PaymentMethod && PayUrl == order.PaymentUrl?.ToString());
}

/// <summary>Reads and writes orders linked to contracts.</summary>
public static class InvoiceStore
{
    /// <summary>The role of an order that opened a contract of the plugin.</summary>
    public const string OfPlugin = "plugin";

    private const string Columns = """
        id AS Id, external_id AS ExternalId, contract_id AS ContractId, term_no AS TermNo, role AS Role, status AS Status,
        total AS Total, paid AS Paid, payment_method AS PaymentMethod, pay_url AS PayUrl, source_at AS SourceAt
        """;

    /// <summary>The row of an order, or null.</summary>
    public static Task<InvoiceRow?> FindAsync(Session session, string shopId, long orderId) => session.FirstAsync<InvoiceRow>(
        $"SELECT {Columns} FROM invoice WHERE shop_id = @shopId AND external_id = @Key", new { shopId, Key = Key(orderId) });

    /// <summary>Those of these orders that say something new.</summary>
    internal static async Task<IReadOnlyList<ShopOrder>> NewsAsync(Session session, string shopId, IReadOnlyCollection<ShopOrder> orders)
    {
        var known = (await session.QueryAsync<InvoiceRow>(
            $"SELECT {Columns} FROM invoice WHERE shop_id = @shopId AND external_id {session.In("@keys")}", new { shopId, keys = session.List(orders.Select(order => Key(order.Id)).Distinct(StringComparer.Ordinal)) }))
            .ToDictionary(row => row.ExternalId, StringComparer.Ordinal);
        return [.. orders.Where(order => known.GetValueOrDefault(Key(order.Id)) is not { } row || (row.Role != "parent" && !row.Covers(order)))];
    }

    /// <summary>Adds or updates an order's row. A known contract and term are kept.</summary>
    public static Task UpsertAsync(BillingContext context, ShopOrder order, string clientId, string? contractId, long? termNo, string role) => context.Session.ExecuteAsync(
        """
        INSERT INTO invoice (id, shop_id, external_id, client_id, contract_id, term_no, role, number, created_via, total, paid, currency, status, pay_url, payment_method, created_at, source_at)
        VALUES (@Id, @ShopId, @Key, @clientId, @contractId, @termNo, @role, @Number, @CreatedVia, @Total, @Paid, @Currency, @Status, @PayUrl, @PaymentMethod, @CreatedAt, @SourceAt)
        ON CONFLICT (shop_id, external_id) DO UPDATE SET client_id = excluded.client_id, contract_id = COALESCE(invoice.contract_id, excluded.contract_id),
        term_no = COALESCE(invoice.term_no, excluded.term_no), total = excluded.total, paid = excluded.paid, status = excluded.status,
        pay_url = excluded.pay_url, payment_method = excluded.payment_method, source_at = excluded.source_at, rev = invoice.rev + 1
        """, new
        {
            Id = Values.NewId(),
            ShopId = context.Shop.Id,
            Key = Key(order.Id),
            clientId,
            contractId,
            termNo,
            role,
            order.Number,
            order.CreatedVia,
            Total = order.Total.Minor,
            Paid = context.IsPaid(order) ? order.Total.Minor : 0,
            order.Total.Currency,
            order.Status,
            PayUrl = order.PaymentUrl?.ToString(),
            order.PaymentMethod,
            CreatedAt = order.CreatedAt.Millis(),
            SourceAt = order.ModifiedAt.Millis(),
        });

    /// <summary>Remembers the order that opened a subscription: that sale is told, whatever product rules say.</summary>
    /// <param name="contract">The contract, once the subscription has one.</param>
    public static Task InsertParentAsync(BillingContext context, ShopSubscription subscription, StoredContract? contract) => context.Session.ExecuteAsync(
        """
        INSERT INTO invoice (id, shop_id, external_id, client_id, contract_id, term_no, role, number, created_via, total, paid, currency, status, payment_method, created_at, source_at)
        VALUES (@Id, @ShopId, @Key, @ClientId, @ContractId, 1, 'parent', @Key, '', @Total, 0, @Currency, '', '', @At, 0)
        ON CONFLICT (shop_id, external_id) DO UPDATE SET client_id = excluded.client_id, contract_id = excluded.contract_id
        WHERE invoice.role = 'parent' AND invoice.contract_id IS NULL AND excluded.contract_id IS NOT NULL
        """, new
        {
            Id = Values.NewId(),
            ShopId = context.Shop.Id,
            Key = Key(subscription.ParentOrderId),
            contract?.ClientId,
            ContractId = contract?.Id,
            Total = subscription.Total.Minor,
            subscription.Total.Currency,
            At = subscription.CreatedAt.Millis(),
        });

    /// <summary>Remembers the order that opened a contract of the plugin: that sale is told. What a product rule opened of it keeps its row.</summary>
    /// <param name="contract">Null for one that was over when it was first met.</param>
    internal static Task ClaimAsync(BillingContext context, ShopContract row, StoredContract? contract) => row.OrderId == 0 ? Task.CompletedTask : context.Session.ExecuteAsync(
        """
        INSERT INTO invoice (id, shop_id, external_id, client_id, contract_id, term_no, role, number, created_via, total, paid, currency, status, payment_method, created_at, source_at)
        VALUES (@Id, @ShopId, @Key, @ClientId, @ContractId, 1, @OfPlugin, @Key, '', @Total, 0, @Currency, '', '', @At, 0)
        ON CONFLICT (shop_id, external_id) DO UPDATE SET role = excluded.role, contract_id = COALESCE(invoice.contract_id, excluded.contract_id) WHERE invoice.role IN ('opening', 'plugin')
        """, new
        {
            Id = Values.NewId(),
            ShopId = context.Shop.Id,
            Key = Key(row.OrderId),
            contract?.ClientId,
            ContractId = contract?.Id,
            OfPlugin,
            Total = row.Price.Minor,
            row.Price.Currency,
            At = row.CreatedAt.Millis(),
        });

    /// <summary>An order that seemed to open a contract renews another one.</summary>
    internal static Task ReassignAsync(Session session, string id, string contractId) =>
        session.ExecuteAsync("UPDATE invoice SET contract_id = @contractId, term_no = NULL, role = 'renewal', rev = rev + 1 WHERE id = @id", new { id, contractId });

    /// <summary>Notes the status of an order that the shop no longer lists.</summary>
    public static Task SetStatusAsync(Session session, string id, string status) =>
        session.ExecuteAsync("UPDATE invoice SET status = @status, rev = rev + 1 WHERE id = @id", new { id, status });

    private static string Key(long orderId) => orderId.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
