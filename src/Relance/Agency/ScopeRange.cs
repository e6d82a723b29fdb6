using Relance.Billing;
using Relance.PostBack;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>The contracts that a pause or a flag is about.</summary>
internal sealed record ScopeRange(string Name, string ScopeId, string? ShopId)
{
    private const string Contracts = """
        (@Name = 'all' OR (@Name = 'shop' AND cy.shop_id = @ScopeId) OR (@Name = 'contract' AND cy.subject_id = @ScopeId)
        OR (@Name = 'client' AND cy.subject_id IN (SELECT id FROM contract WHERE client_id = @ScopeId)))
        """;

    /// <summary>Checks that the thing exists.</summary>
    /// <exception cref="RefusedException">It does not, or an id is missing or too many.</exception>
    public static async Task<ScopeRange> OfAsync(Session session, PauseScope scope, string? id)
    {
        if (scope == PauseScope.All)
            return string.IsNullOrEmpty(id) ? new("all", "", null) : throw RefusedException.Invalid("scopeId", "nothing, for a pause of everything");
        if (string.IsNullOrEmpty(id))
            throw RefusedException.Invalid("scopeId", "the id of a shop, client or contract");
        var shop = await session.ValueAsync<string>(
            scope switch
            {
                PauseScope.Shop => "SELECT id FROM shop WHERE id = @id",
                PauseScope.Client => "SELECT shop_id FROM client WHERE id = @id",
                _ => "SELECT shop_id FROM contract WHERE id = @id",
            }, new { id });
        var name = scope.ToString().ToLowerInvariant();
        return shop is null ? throw RefusedException.NotFound(name, id) : new(name, id, shop);
    }

    /// <summary>Takes back what is planned and has not been claimed, and has what is claimed looked at again; legal notices stay.</summary>
    public async Task ReplanAsync(AgencyDesk desk, Session session, string reason)
    {
        var planned = await session.QueryAsync<string>(
            $"""
            SELECT DISTINCT cy.subject_id FROM cycle cy JOIN reminder r ON r.cycle_id = cy.id AND r.state = 'planned' JOIN message m ON m.id = r.message_id
            WHERE cy.state = 'open' AND m.state IN ('held', 'due', 'sending') AND m.class <> 'legal' AND {Contracts} ORDER BY cy.subject_id
            """, this);
        foreach (var id in planned)
        {
            var contract = (await ContractStore.LockAsync(session, id))!;
            await CycleStore.ReplanAsync(await desk.ContextAsync(session, contract.ShopId), id, reason);
        }
    }

    /// <summary>The plugins show it.</summary>
    public Task TellPluginsAsync(Session session) => PostBackQueue.TellPluginAsync(
        session, "SELECT id FROM contract WHERE @Name = 'all' OR (@Name = 'shop' AND shop_id = @ScopeId) OR (@Name = 'contract' AND id = @ScopeId) OR (@Name = 'client' AND client_id = @ScopeId)", this);

    /// <summary>Looks again at what waits for this reason.</summary>
    public Task WakeAsync(AgencyDesk desk, Session session, string reason) => session.ExecuteAsync(
        $"UPDATE cycle SET next_at = @Now, rev = rev + 1 WHERE id IN (SELECT cy.id FROM cycle cy WHERE cy.state = 'open' AND cy.waiting = @reason AND {Contracts})",
        new { Now = desk.Now.Millis(), reason, Name, ScopeId });
}
