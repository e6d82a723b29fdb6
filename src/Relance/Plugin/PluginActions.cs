using System.Globalization;
using Relance.Agency;
using Relance.Billing;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;

namespace Relance.Plugin;

/// <summary>What somebody in the shop's administration asks Relance for.</summary>
internal sealed class PluginActions(Database database, RelanceSettings settings, Pauses pauses, PluginStatuses statuses, PluginUnlink unlink)
{
    private const int MostTogether = 100, MostErrors = 10;

    /// <summary>Does it, and answers.</summary>
    /// <exception cref="RefusedException">Names the field.</exception>
    public async Task<IResult> DoAsync(LinkedShop shop, PluginBody body, CancellationToken ct)
    {
        switch (body.Text("action"))
        {
            case "state":
                return TypedResults.Json(await StateAsync(shop, ct));
            case "pause":
                return Status(await PauseAsync(shop, body.Id("contract"), body.Date("until"), body.Text("reason", 1000), ct));
            case "resume":
                return Status(await ResumeAsync(shop, body.Id("contract"), ct));
            case "bulk":
                return TypedResults.Json(new { results = await BulkAsync(shop, body, ct) });
            case "unlink":
                await unlink.UnlinkAsync(shop, ActorOf(shop), ct);
                return TypedResults.NoContent();
            default:
                throw PluginBody.Wrong("action", "one of state, pause, resume, bulk, unlink");
        }
    }

    private static IResult Status(PluginStatus status) => TypedResults.Bytes(status.ToJson(), "application/json");

    private async Task<PluginStatus> PauseAsync(LinkedShop shop, long id, DateOnly until, string reason, CancellationToken ct)
    {
        var contract = await FindAsync(shop, id, ct);
        await pauses.AddAsync(PauseScope.Contract, contract, until, reason, ActorOf(shop), ct);
        return await statuses.OfAsync(contract, ct);
    }

    // What is not paused needs no resuming: a repeat changes nothing.
    private async Task<PluginStatus> ResumeAsync(LinkedShop shop, long id, CancellationToken ct)
    {
        var contract = await FindAsync(shop, id, ct);
        if (await database.ReadAsync(s => s.ValueAsync<string>("SELECT id FROM pause WHERE scope = 'contract' AND scope_id = @contract", new { contract }), ct) is { } pause)
            await pauses.RemoveAsync(pause, ActorOf(shop), ct);
        return await statuses.OfAsync(contract, ct);
    }

    private async Task<IReadOnlyList<object>> BulkAsync(LinkedShop shop, PluginBody body, CancellationToken ct)
    {
        var (what, ids) = (body.Text("do"), body.Ids("contracts", MostTogether));
        var pausing = what switch { "pause" => true, "resume" => false, _ => throw PluginBody.Wrong("do", "pause or resume") };
        var (until, reason) = pausing ? (body.Date("until"), body.Text("reason", 1000)) : (default, "");
        var results = new List<object>();
        foreach (var id in ids)
        {
            try
            {
                _ = pausing ? await PauseAsync(shop, id, until, reason, ct) : await ResumeAsync(shop, id, ct);
                results.Add(new { contract = id, ok = true });
            }
            catch (RefusedException refused)
            {
                results.Add(new { contract = id, ok = false, detail = refused.Message });
            }
        }

        return results;
    }

    private Task<object> StateAsync(LinkedShop shop, CancellationToken ct) => database.ReadAsync<object>(
        async session =>
        {
            var delivery = await session.ValueAsync<long?>("SELECT received_at FROM inbox WHERE shop_id = @Id ORDER BY id DESC LIMIT 1", new { shop.Id });
            var contracts = await session.QueryAsync<CountRow>("SELECT standing AS Name, COUNT(*) AS Count FROM contract WHERE shop_id = @Id GROUP BY standing ORDER BY standing", new { shop.Id });
            return new
            {
                mode = shop.Mode,
                test = shop.Test == 1,
                last_sync_at = Instant(shop.SyncedAt),
                last_webhook_at = Instant(delivery),
                errors = await ErrorsAsync(session, shop),
                contracts = contracts.ToDictionary(row => row.Name, row => row.Count),
            };
        },
        ct);

    // What a person at the shop can do something about: titles, no names of clients.
    private async Task<IReadOnlyList<string>> ErrorsAsync(Session session, LinkedShop shop)
    {
        var kinds = await session.QueryAsync<string>(
            $"""
            SELECT DISTINCT kind FROM task WHERE shop_id = @Id AND state = 'open'
            AND kind IN ('site-mismatch', 'clock-skew', 'post-back', 'not-applied', 'plugin-gone', 'unlinked', 'restored') ORDER BY kind LIMIT {MostErrors}
            """, new { shop.Id });
        return [.. kinds.Select(kind => TaskCatalogue.Of(kind).In(settings.Words.Locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? "fr" : "en").Title)];
    }

    private async Task<string> FindAsync(LinkedShop shop, long id, CancellationToken ct) =>
        (await database.ReadAsync(s => ContractStore.FindAsync(s, shop.Id, ContractStore.Plugin, PluginBilling.Key(id)), ct))?.Id
        ?? throw PluginBody.Wrong("contract", $"one that Relance has read from this shop; {id.ToString(CultureInfo.InvariantCulture)} is not known yet");

    private static Actor ActorOf(LinkedShop shop) => new(Actor.OfPlugin, new Uri(shop.Url).Host);

    private static string? Instant(long? at) => at is { } known ? Values.Instant(known).UtcDateTime.ToString(WireMapping.InstantFormat, CultureInfo.InvariantCulture) : null;

    private sealed class CountRow
    {
        public string Name { get; init; } = "";
        public long Count { get; init; }
    }
}
