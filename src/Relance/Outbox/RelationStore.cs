using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>How clients paid their latest terms, from what we had to send before they did.</summary>
internal static class RelationStore
{
    /// <summary>Reads them; a term is late when a message after its end had gone out before the payment.</summary>
    public static async Task<Dictionary<string, Relation>> ReadAsync(Session session, IReadOnlyCollection<string> clients)
    {
        var terms = (await session.QueryAsync<Term>(
            $"""
            SELECT ClientId, InTime FROM (
                SELECT c.client_id AS ClientId, ROW_NUMBER() OVER (PARTITION BY c.client_id ORDER BY y.anchor_on DESC, y.id) AS place,
                    CASE WHEN EXISTS (SELECT 1 FROM reminder r WHERE r.cycle_id = y.id AND r.state = 'sent' AND r.mode = 'live' AND r.step IN (@Lapsed, @Suspension)) THEN 0 ELSE 1 END AS InTime
                FROM contract c JOIN cycle y ON y.subject_id = c.id AND y.kind = 'contract' WHERE c.client_id {session.In("@clients")} AND y.state = 'paid') latest
            WHERE place <= @Terms ORDER BY ClientId, place
            """, new { clients = session.List(clients), Relation.Terms, MaintenanceSequence.Lapsed, MaintenanceSequence.Suspension })).ToLookup(term => term.ClientId, StringComparer.Ordinal);
        return clients.ToDictionary(id => id, id => new Relation([.. terms[id].Select(term => term.InTime == 1)]), StringComparer.Ordinal);
    }

    private sealed class Term
    {
        public string ClientId { get; init; } = "";
        public long InTime { get; init; }
    }
}
