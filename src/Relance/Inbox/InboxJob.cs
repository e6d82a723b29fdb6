using Relance.Billing;
using Relance.Operations;
using Relance.Plugin;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Sync;

namespace Relance.Inbox;

/// <summary>Follows stored webhooks: what they carry whole is applied as it is, the rest says where to look. The pull says what is true.</summary>
public sealed partial class InboxJob(Database database, RelanceSettings settings, Clocks clocks, ShopPull pull, ILogger<InboxJob> logger) : IJobBody
{
    private const int BatchSize = 200;

    /// <summary>Looks at everything received; the number of deliveries done.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var done = 0;
        foreach (var shopId in await database.ReadAsync(s => InboxStore.ShopsWaitingAsync(s, clocks.Real), ct))
        {
            // A delivery of a shop that has been unlinked since has nothing to be pulled from; that of a restored one waits.
            while (await database.ReadAsync(s => LinkedShop.FindAsync(s, shopId), ct) is { RestoredAt: null } shop
                && await database.WriteAsync(s => TakeAsync(s, shop), ct) is { Count: > 0 } rows)
            {
                if (!await LookAsync(shop, rows, ct))
                    break;
                done += rows.Count;
            }
        }

        return done;
    }

    private async Task<IReadOnlyList<InboxRow>> TakeAsync(Session session, LinkedShop shop) =>
        await Copies.SetAsideAsync(new BillingContext(session, shop, settings, clocks.Now), await InboxStore.TakeNewAsync(session, shop.Id, BatchSize, clocks.Real));

    // A silent shop leaves the rows taken: their lease brings them back.
    private async Task<bool> LookAsync(LinkedShop shop, IReadOnlyList<InboxRow> rows, CancellationToken ct)
    {
        // Only the plugin signs deliveries of its topics: it is there.
        if (!shop.HasPlugin && rows.Any(r => r.Hint.Subject == WebhookSubject.Contract))
            shop = await database.WriteAsync(s => PluginPresence.NoteAsync(new BillingContext(s, shop, settings, clocks.Now), ""), ct);
        var told = await database.ReadAsync(s => Deliveries.ReadAsync(new BillingContext(s, shop, settings, clocks.Now), rows), ct);
        try
        {
            // History is read in its own order before any hint about it is followed.
            if (shop.CursorAt is null)
                await pull.SyncAsync(shop, ct);
            await pull.LookAsync(shop, told, ct);
            // A subscription that was rolled back sends []: something changed, and only a pull can tell what.
            if (rows.Any(r => r.Hint is { Id: null, Subject: WebhookSubject.Order or WebhookSubject.Subscription }))
                await pull.SyncAsync(shop, ct);
        }
        catch (ShopException e)
        {
            NotPulled(e, shop.Id, rows.Count);
            // A payment counts even while the shop cannot be asked: the mails that do not wait for it must know.
            await pull.TakeCertainAsync(shop, told.Orders, ct);
            return false;
        }

        await database.WriteAsync(s => InboxStore.MarkDoneAsync(s, rows.Select(r => r.Id)), ct);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Shop {ShopId} does not answer: {Count} webhooks wait")]
    private partial void NotPulled(Exception e, string shopId, int count);
}
