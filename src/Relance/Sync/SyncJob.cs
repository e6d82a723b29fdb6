using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Sync;

/// <summary>Pulls every shop. One silent shop does not stop the others.</summary>
public sealed partial class SyncJob(Database database, Clocks clocks, ShopPull pull, ILogger<SyncJob> logger) : IJobBody
{
    /// <summary>Pulls; the number of resources read.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var read = 0;
        foreach (var shop in await database.ReadAsync(LinkedShop.WorkingAsync, ct))
        {
            try
            {
                read += await pull.SyncAsync(shop, ct);
            }
            catch (ShopException e)
            {
                NotSynced(e, shop.Id);
                await database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET unreachable_since = COALESCE(unreachable_since, @Now) WHERE id = @Id", new { Now = clocks.Now.Millis(), shop.Id }), ct);
            }
        }

        return read;
    }

    [LoggerMessage(LogLevel.Warning, "Shop {ShopId} could not be synced")]
    private partial void NotSynced(Exception e, string shopId);
}
