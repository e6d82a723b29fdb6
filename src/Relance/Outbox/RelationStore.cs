using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>How a client paid its latest terms, from what we had to send before it did.</summary>
internal static class RelationStore
{
    /// <summary>Reads it; a term is late when a message after its end had gone out before the payment.</summary>
    public static async Task<Relation> ReadAsync(Session session, string clientId) => new([.. (await session.QueryAsync<long>(
        """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM reminder r WHERE r.cycle_id = y.id AND r.state = 'sent' AND r.mode = 'live' AND r.step IN (@Lapsed, @Suspension)) THEN 0 ELSE 1 END
        FROM cycle y JOIN contract c ON c.id = y.subject_id WHERE c.client_id = @clientId AND y.state = 'paid' ORDER BY y.anchor_on DESC, y.id LIMIT @Terms
        """, new { clientId, Relation.Terms, MaintenanceSequence.Lapsed, MaintenanceSequence.Suspension })).Select(inTime => inTime == 1)]);
}
