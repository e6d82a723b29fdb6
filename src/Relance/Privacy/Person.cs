using Relance.Agency;
using Relance.Domain.Billing;
using Relance.Storage;

namespace Relance.Privacy;

/// <summary>One of a person's clients: a customer of a shop.</summary>
public sealed record PersonClient(string Id, string ShopId, string Shop, string Name, string? Email, string Kind, DateTimeOffset? ErasedAt);

/// <summary>A person: every client behind one address, in all shops; a client without an address is alone.</summary>
internal sealed class Person(Session session, IReadOnlyList<PersonClient> clients, IReadOnlyList<string> recipients, IReadOnlyList<string> contracts)
{
    public IReadOnlyList<PersonClient> Clients => clients;

    /// <summary>Ids of the addresses behind them.</summary>
    public IReadOnlyList<string> Recipients => recipients;

    public IReadOnlyList<string> Contracts => contracts;

    public IEnumerable<string> ClientIds => clients.Select(client => client.Id);

    public IEnumerable<string> ShopIds => clients.Select(client => client.ShopId).Distinct(StringComparer.Ordinal);

    /// <summary>Messages that speak of their contracts, or go to their address.</summary>
    public Task<IReadOnlyList<string>> MessagesAsync() => session.QueryAsync<string>(
        $"""
        SELECT id FROM message WHERE recipient_id {session.In("@recipients")}
        OR id IN (SELECT r.message_id FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id WHERE cy.subject_id {session.In("@contracts")}) ORDER BY id
        """, new { recipients = session.List(recipients), contracts = session.List(contracts) });

    /// <summary>Finds a person.</summary>
    /// <param name="who">A client's id, or an e-mail address.</param>
    /// <exception cref="RefusedException">Nobody has that id or address.</exception>
    public static async Task<Person> FindAsync(Session session, string who)
    {
        var key = who.Trim();
        var found = await session.QueryAsync<string>(
            "SELECT c.id FROM client c LEFT JOIN recipient r ON r.id = c.recipient_id WHERE c.id = @key OR r.address_key = @Address ORDER BY c.id", new { key, Address = key.ToLowerInvariant() });
        if (found.Count == 0)
            throw new RefusedException(Refusal.NotFound, "client", "the id of a client, or an e-mail address that a client has");
        var rows = await session.QueryAsync<Row>(
            $"""
            SELECT c.id AS Id, c.shop_id AS ShopId, s.name AS Shop, c.name AS Name, c.email AS Email, c.kind AS Kind, c.erased_at AS ErasedAt, c.recipient_id AS RecipientId
            FROM client c JOIN shop s ON s.id = c.shop_id WHERE c.id {session.In("@found")}
            OR c.recipient_id IN (SELECT recipient_id FROM client WHERE id {session.In("@found")} AND recipient_id IS NOT NULL) ORDER BY c.id
            """, new { found = session.List(found) });
        var contracts = await session.QueryAsync<string>($"SELECT id FROM contract WHERE client_id {session.In("@ids")} ORDER BY id", new { ids = session.List(rows.Select(row => row.Id)) });
        return new(
            session,
            [.. rows.Select(r => new PersonClient(r.Id, r.ShopId, r.Shop, r.Name, r.Email, Enum.Parse<ClientKind>(r.Kind).Code(), r.ErasedAt is { } at ? Values.Instant(at) : null))],
            [.. rows.Select(row => row.RecipientId).OfType<string>().Distinct(StringComparer.Ordinal)], contracts);
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string ShopId { get; init; } = "";
        public string Shop { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Email { get; init; }
        public string Kind { get; init; } = "";
        public long? ErasedAt { get; init; }
        public string? RecipientId { get; init; }
    }
}
