using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Outbox;

/// <summary>Messages that are claimed, checked at the shop and written.</summary>
/// <param name="Claimed">All that were claimed for it and not given back.</param>
/// <param name="CheckedAt">Timestamp of the system clock from before the shop was asked.</param>
/// <param name="IsLast">The shop does not answer, or its clock differs: no more is claimed for now.</param>
internal sealed record Batch(IReadOnlyList<MessageRow> Claimed, IReadOnlyList<WrittenLetter> Written, IReadOnlyList<UnwritableLetter> Unwritable, long CheckedAt, bool IsLast);

/// <summary>Makes batches ready to be sent.</summary>
public sealed partial class Batches(Database database, RelanceSettings settings, Clocks clocks, Claims claims, ShopCheck check, LetterComposer composer, ILogger<Batches> logger)
{
    /// <summary>The next one of a shop; null when nothing is due.</summary>
    internal async Task<Batch?> NextAsync(LinkedShop shop, CancellationToken ct)
    {
        var claimed = await claims.TakeAsync(shop, ct);
        if (claimed.Count == 0)
            return null;
        try
        {
            var checkedAt = clocks.System.GetTimestamp();
            var ready = await CheckedAsync(shop, claimed, ct);
            var letters = await database.WriteAsync(s => Letter.ReadAsync(new BillingContext(s, shop, settings, clocks.Now), ready), ct);
            var (written, unwritable) = await composer.WriteAsync(shop, letters, ct);
            return new Batch(ready, written, unwritable, checkedAt, ready.Count < claimed.Count);
        }
        catch (OperationCanceledException)
        {
            await claims.ReleaseAsync(claimed, "stopped", CancellationToken.None);
            throw;
        }
    }

    // Returns what may go.
    private async Task<IReadOnlyList<MessageRow>> CheckedAsync(LinkedShop shop, IReadOnlyList<MessageRow> batch, CancellationToken ct)
    {
        var asked = batch.Where(m => m.Class != MessageRow.Confirmation).ToList();
        if (asked.Count == 0 || Unchecked(shop))
            return batch;
        try
        {
            // Its answer shows the shop's clock as well: a claim about dates is only as good as both.
            return (await check.LookAsync(shop, asked, ct)).ClockDiffers ? await HoldAsync(batch, SkipReason.ClockSkew, ct) : batch;
        }
        catch (ShopException e)
        {
            ShopSilent(e, shop.Id);
            await database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET unreachable_since = COALESCE(unreachable_since, @Now) WHERE id = @Id", new { Now = clocks.Now.Millis(), shop.Id }), ct);
            return await HoldAsync(batch, SkipReason.ShopUnreachable, ct);
        }
    }

    // Reminders wait; confirmations and legal notices go. Returns what goes.
    private async Task<IReadOnlyList<MessageRow>> HoldAsync(IReadOnlyList<MessageRow> batch, SkipReason reason, CancellationToken ct)
    {
        var waiting = batch.Where(m => m.Class is not (MessageRow.Confirmation or "legal")).ToList();
        await claims.ReleaseAsync(waiting, reason.Code(), ct);
        return [.. batch.Except(waiting)];
    }

    // Only a test of the tests switches the check off: it must make them fail. A real shop is always asked.
    private bool Unchecked(LinkedShop shop) => shop.Test == 1 && !settings.Outbox.CheckBeforeSending;

    [LoggerMessage(LogLevel.Warning, "Shop {ShopId} does not answer: its reminders wait")]
    private partial void ShopSilent(Exception e, string shopId);
}
