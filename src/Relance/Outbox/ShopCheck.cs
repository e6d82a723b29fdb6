using Relance.Billing;
using Relance.Operations.Observing;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;
using Relance.Sync;

namespace Relance.Outbox;

/// <summary>Right before sending, the shop itself is asked: webhooks lag and are never retried.</summary>
public sealed class ShopCheck(Database database, ShopPull pull)
{
    /// <summary>Asks about everything this batch speaks of; billing applies the answers, and what they close is withdrawn.</summary>
    /// <returns>The shop, with its clock as this answer showed it.</returns>
    /// <exception cref="ShopException">The shop did not answer.</exception>
    public async Task<LinkedShop> LookAsync(LinkedShop shop, IReadOnlyList<MessageRow> batch, CancellationToken ct)
    {
        using var span = Telemetry.Span("shop-check", ("shop", shop.Id), ("messages", batch.Count));
        var contracts = await database.ReadAsync(session => ContractsOfAsync(session, batch), ct);
        return await pull.LookAsync(
            shop, [.. contracts.Select(c => c.State.RenewalOrderId).OfType<long>().Distinct()],
            [.. contracts.Select(c => c.State.SubscriptionId).OfType<long>().Distinct()], ct,
            shop.HasPlugin ? [.. contracts.Select(c => c.State.Plugin?.Id).OfType<long>().Distinct()] : null);
    }

    private static async Task<IReadOnlyList<StoredContract>> ContractsOfAsync(Session session, IReadOnlyList<MessageRow> batch) => await ContractStore.FindAsync(session, await session.QueryAsync<string>(
        $"SELECT DISTINCT c.subject_id FROM reminder r JOIN cycle c ON c.id = r.cycle_id WHERE r.message_id {session.In("@ids")}", new { ids = session.List(batch.Select(message => message.Id)) }));
}
