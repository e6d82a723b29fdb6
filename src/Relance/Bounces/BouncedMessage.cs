using Relance.Billing;
using Relance.Storage;

namespace Relance.Bounces;

/// <summary>The message that a mail came back for.</summary>
internal sealed class BouncedMessage
{
    public string Id { get; init; } = "";
    public string ShopId { get; init; } = "";
    public string RecipientId { get; init; } = "";
    public string Class { get; init; } = "";
    public string Mode { get; init; } = "";
    public string State { get; init; } = "";
    public string Address { get; init; } = "";
    public long CreatedAt { get; init; }

    /// <summary>Redirected mails went to the agency: what comes back says nothing about the client.</summary>
    public bool WentToClient => Mode == "live";

    /// <summary>Reads it, and holds it against a result written at the same time.</summary>
    public static async Task<BouncedMessage?> LockAsync(Session session, string id) => await session.ExecuteAsync("UPDATE message SET rank = rank WHERE id = @id", new { id }) == 0
        ? null
        : await session.FirstAsync<BouncedMessage>(
            """
            SELECT m.id AS Id, m.shop_id AS ShopId, m.recipient_id AS RecipientId, m.class AS Class, m.mode AS Mode, m.state AS State, m.created_at AS CreatedAt, r.address_key AS Address
            FROM message m JOIN recipient r ON r.id = m.recipient_id WHERE m.id = @id
            """, new { id });

    /// <summary>What it said, contract by contract, in the order in which contracts are locked.</summary>
    public async Task<IReadOnlyList<BouncedItem>> ItemsAsync(Session session)
    {
        var items = new List<BouncedItem>();
        foreach (var row in await session.QueryAsync<Row>(
            "SELECT r.id AS Id, r.step AS Step, c.subject_id AS ContractId FROM reminder r JOIN cycle c ON c.id = r.cycle_id WHERE r.message_id = @Id AND r.state IN ('sent', 'planned') ORDER BY c.subject_id, r.id", new { Id }))
        {
            if (await ContractStore.LockAsync(session, row.ContractId) is { } contract)
                items.Add(new BouncedItem(row.Id, row.Step, contract));
        }

        return items;
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Step { get; init; } = "";
        public string ContractId { get; init; } = "";
    }
}

/// <summary>One step that did not arrive.</summary>
internal sealed record BouncedItem(string ReminderId, string Step, StoredContract Contract);
