using System.Globalization;
using Relance.Agency;
using Relance.Billing;
using Relance.Journal;
using Relance.Outbox;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;
using Relance.Sync;

namespace Relance.Operations.Backup;

/// <summary>What follows a restore. Nothing is pulled, planned, sent or written for a restored shop until a person has said what became of the original.</summary>
public sealed class RestoredShops(Database database, ShopPull pull, RelanceSettings settings, Clocks clocks)
{
    private const string Reason = "restored";

    /// <summary>The shops that wait for a person.</summary>
    public Task<IReadOnlyList<LinkedShop>> WaitingAsync(CancellationToken ct = default) =>
        database.ReadAsync(async session => (IReadOnlyList<LinkedShop>)[.. (await LinkedShop.AllAsync(session)).Where(shop => shop.RestoredAt is not null)], ct);

    /// <summary>Lets restored shops work again.</summary>
    /// <param name="shopId">One of them; null: all.</param>
    /// <param name="nothingSentSince">
    /// The original was stopped before the backup was made: everything goes on where it stood. Otherwise what was due since, today included, may have left
    /// already: it is skipped, the new baseline is tomorrow, and each formal or legal message becomes a task, since only a person can ask the mail server.
    /// </param>
    /// <returns>The shops that work again.</returns>
    /// <exception cref="RefusedException">No such shop, or none waits, or it does not answer: its payments must be known first.</exception>
    public async Task<IReadOnlyList<LinkedShop>> ConfirmAsync(string? shopId, bool nothingSentSince, Actor actor, CancellationToken ct = default)
    {
        var waiting = (await WaitingAsync(ct)).Where(shop => shopId is null || shop.Id == shopId).ToList();
        if (waiting.Count == 0)
            throw shopId is null ? RefusedException.Conflict("shop", "expected a restored shop; none waits") : RefusedException.NotFound("shop", shopId);
        foreach (var shop in waiting)
        {
            if (!nothingSentSince)
                await PullAsync(shop, ct);
            await database.WriteAsync(session => ReleaseAsync(new BillingContext(session, shop, settings, clocks.Now), nothingSentSince, actor), ct);
        }
        return waiting;
    }

    /// <summary>Marks every shop of a database that was restored just now.</summary>
    internal static async Task MarkAsync(Session session, RelanceSettings settings, BackupManifest manifest, Clocks clocks)
    {
        await session.ExecuteAsync("UPDATE shop SET restored_at = @Now", new { Now = clocks.Real.Millis() });
        foreach (var shop in await LinkedShop.AllAsync(session))
        {
            var context = new BillingContext(session, shop, settings, clocks.Now);
            var made = Values.Instant(manifest.MadeAt).ToString("u", CultureInfo.InvariantCulture);
            await JournalWriter.AppendAsync(session, shop.Id, clocks.Now, Reason, shop.Id, JournalEntry.Of(("backup", made), ("rows", manifest.Rows)));
            await TaskStore.OpenAsync(context, Reason, shop.Id, $"Restored from the backup of {made}: nothing is sent until somebody has confirmed that the original is stopped (relance restore confirm).");
        }
    }

    // Before anything of now is skipped, what the shop has to say of the time since must be known.
    private async Task PullAsync(LinkedShop shop, CancellationToken ct)
    {
        try
        {
            await pull.SyncAsync(shop, ct);
        }
        catch (ShopException silent)
        {
            throw RefusedException.Conflict("shop", $"expected {shop.Url} to answer: {silent.Message}");
        }
    }

    private static async Task ReleaseAsync(BillingContext context, bool nothingSentSince, Actor actor)
    {
        var baseline = nothingSentSince ? context.BaselineOn : context.Today.AddDays(1);
        var withdrawn = nothingSentSince ? 0 : await WithdrawAsync(context);
        var args = new { context.Shop.Id, Baseline = baseline.Text(), Now = context.Now.Millis() };
        await context.Session.ExecuteAsync("UPDATE shop SET restored_at = NULL, baseline_on = @Baseline WHERE id = @Id", args);
        await context.Session.ExecuteAsync("UPDATE cycle SET next_at = @Now, rev = rev + 1 WHERE shop_id = @Id AND state = 'open'", args);
        // What was on its way to the shop is looked for there before it is written again.
        await context.Session.ExecuteAsync("UPDATE postback SET attempt = attempt + 1 WHERE shop_id = @Id AND state IN ('due', 'sending')", args);
        await TaskStore.CloseAsync(context, $"{Reason}:{context.Shop.Id}");
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "restore-confirmed", context.Shop.Id,
            JournalEntry.Of(("by", actor.ToString()), ("nothingSentSince", nothingSentSince ? "yes" : "no"), ("baseline", baseline.Text()), ("withdrawn", withdrawn)));
    }

    private static async Task<int> WithdrawAsync(BillingContext context)
    {
        var waiting = await context.Session.QueryAsync<MessageRow>(
            $"SELECT {MessageRow.Columns} FROM message WHERE shop_id = @Id AND state IN ('held', 'due', 'sending') ORDER BY id", new { context.Shop.Id });
        foreach (var message in waiting)
        {
            var repeatable = message.Class is MessageRow.Reminder or MessageRow.Confirmation;
            await context.Session.ExecuteAsync("UPDATE message SET state = @State, reason = @Reason, lease_owner = NULL, lease_until = NULL WHERE id = @Id",
                new { message.Id, Reason, State = repeatable ? "void" : "unknown" });
            if (repeatable)
                await context.Session.ExecuteAsync("UPDATE reminder SET state = 'skipped', reason = @Reason, decided_on = @Today WHERE message_id = @Id AND state = 'planned'", new { message.Id, Reason, Today = context.Today.Text() });
            else
                await Outcomes.UnknownAsync(context, message, "restored from a backup: it may have left since");
        }
        return waiting.Count;
    }
}
