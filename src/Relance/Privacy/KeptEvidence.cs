using Relance.Storage;

namespace Relance.Privacy;

/// <summary>Evidence of persons who are forgotten, whose day has come: it is erased as well.</summary>
internal static class KeptEvidence
{
    /// <summary>Erases what is due; the number of contracts.</summary>
    /// <param name="today">Business day: evidence goes on the day after its last.</param>
    public static async Task<int> EraseAsync(Session session, DateOnly today, DateTimeOffset now)
    {
        var args = new { Today = today.Text(), Now = now.Millis() };
        var due = await session.ExecuteAsync("UPDATE kept_evidence SET done_at = @Now WHERE until_on < @Today AND done_at IS NULL", args);
        if (due == 0)
            return 0;
        // Those that were due earlier as well: a mail about two contracts goes with the later one.
        var contracts = await session.QueryAsync<string>("SELECT contract_id FROM kept_evidence WHERE done_at IS NOT NULL", args);
        var clients = await session.QueryAsync<string>(
            "SELECT c.id FROM client c WHERE c.erased_at IS NOT NULL AND c.id IN (SELECT client_id FROM kept_evidence) AND NOT EXISTS (SELECT 1 FROM kept_evidence k WHERE k.client_id = c.id AND k.done_at IS NULL)");
        await new EvidenceBytes(session, [.. contracts], [.. clients]).EraseAsync(now);
        return due;
    }
}
