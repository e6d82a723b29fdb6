using Relance.Billing;
using Relance.Domain.Billing;

namespace Relance.Agency;

/// <summary>What a person decides about a client.</summary>
public sealed class ClientActions
{
    private readonly AgencyDesk _desk;

    internal ClientActions(AgencyDesk desk) => _desk = desk;

    /// <summary>Says what the law sees in a client: which notices protect it, which penalties apply. A repeat changes nothing.</summary>
    /// <param name="id">The client's id.</param>
    /// <param name="kind">A code of <see cref="ClientKinds"/>.</param>
    /// <exception cref="RefusedException">No such client, or no such kind.</exception>
    public Task SetKindAsync(string id, string kind, Actor actor, CancellationToken ct) => _desk.Database.WriteAsync(
        async session =>
        {
            if (!ClientKinds.TryParse(kind, out var value))
                throw RefusedException.Invalid("kind", $"one of {string.Join(", ", ClientKinds.Codes)}");
            var shop = await session.ValueAsync<string>("SELECT shop_id FROM client WHERE id = @id", new { id }) ?? throw RefusedException.NotFound("client", id);
            if (await session.ExecuteAsync("UPDATE client SET kind = @Kind WHERE id = @id AND kind <> @Kind", new { id, Kind = value.ToString() }) == 0)
                return;
            var context = await _desk.ContextAsync(session, shop);
            foreach (var contract in await ContractStore.OfClientAsync(session, id))
                await CycleStore.ReplanAsync(context, contract.Id, "client-kind-changed");
            await AgencyDesk.JournalAsync(context, "client-kind", id, actor, null, ("kind", value.Code()));
        },
        ct);
}
