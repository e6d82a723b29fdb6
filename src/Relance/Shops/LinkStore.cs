using System.Text.Json;
using Dapper;
using Relance.Agency;
using Relance.Billing;
using Relance.Journal;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>The statements of linking; each runs in its caller's transaction, with its journal entry.</summary>
internal static class LinkStore
{
    /// <summary>Stores a new link.</summary>
    public static async Task AddAsync(Session session, LinkedShop shop, DateTimeOffset now)
    {
        var args = new DynamicParameters(shop);
        args.Add("createdAt", now.Millis());
        await session.ExecuteAsync(
            """
            INSERT INTO shop (id, url, name, tz, currency, mode, test, allow_private, allow_invalid_certificate, auth, key_secret, webhook_secret,
              has_subscriptions, mails_paid_orders, baseline_on, clock_skew_ms, store_id, own_mails,
              allow_suspension, plugin_version, created_at)
            VALUES (@Id, @Url, @Name, @Tz, @Currency, @Mode, @Test, @AllowPrivate, @AllowInvalidCertificate, @Auth, @KeySecret, @WebhookSecret,
              @HasSubscriptions, @MailsPaidOrders, @BaselineOn, @ClockSkewMs, @StoreId, @OwnMails,
              @AllowSuspension, @PluginVersion, @createdAt)
            """, args);
        await JournalAsync(session, shop.Id, now, "shop-linked", new { url = shop.Url, mode = shop.Mode, test = shop.Test == 1, baseline = shop.BaselineOn });
    }

    /// <summary>Changes the mode: a new baseline, no message of the old mode left waiting, every open cycle decided anew.</summary>
    /// <returns>How many messages that waited were voided.</returns>
    public static async Task<int> SetModeAsync(Session session, LinkedShop shop, string mode, DateOnly today, DateTimeOffset now, Actor? actor = null)
    {
        var args = new { shop.Id, mode, today = today.Text(), now = now.Millis() };
        await session.ExecuteAsync("UPDATE shop SET mode = @mode, baseline_on = @today WHERE id = @Id", args);
        await session.ExecuteAsync(
            """
            UPDATE reminder SET state = 'skipped', reason = 'mode-changed'
            WHERE state = 'planned' AND message_id IN (SELECT id FROM message WHERE shop_id = @Id AND state IN ('held', 'due'))
            """, args);
        var voided = await session.ExecuteAsync(
            "UPDATE message SET state = 'void', reason = 'mode-changed' WHERE shop_id = @Id AND state IN ('held', 'due')", args);
        await session.ExecuteAsync(
            $"""
            UPDATE task SET {TaskStore.ClosedByItself} WHERE state = 'open' AND kind = 'approval' AND shop_id = @Id
            AND subject_id IN (SELECT id FROM message WHERE shop_id = @Id AND state = 'void' AND reason = 'mode-changed')
            """, args);
        await session.ExecuteAsync("UPDATE cycle SET next_at = @now, rev = rev + 1 WHERE shop_id = @Id AND state = 'open'", args);
        await JournalWriter.AppendAsync(session, shop.Id, now, "mode-changed", shop.Id, JournalEntry.Of(
            ("from", shop.Mode), ("to", mode), ("baseline", today.Text()), ("voided", voided), ("by", actor?.ToString())));
        return voided;
    }

    /// <summary>Stores what the shop said about itself at a check of the right site.</summary>
    public static Task SetIdentityAsync(Session session, LinkedShop shop, ShopIdentity said, IReadOnlyList<string> mails, string auth, TimeSpan skew) => session.ExecuteAsync(
        """
        UPDATE shop SET name = @Name, tz = @TimeZone, currency = @Currency, has_subscriptions = @subscriptions, mails_paid_orders = @thanks,
          own_mails = @ownMails, store_id = @StoreId, auth = @auth, clock_skew_ms = @skew WHERE id = @Id
        """,
        new
        {
            shop.Id,
            said.Name,
            said.TimeZone,
            said.Currency,
            auth,
            subscriptions = said.HasSubscriptions ? 1L : 0L,
            thanks = ShopMails.Thanks(mails) ? 1L : 0L,
            ownMails = string.Join(' ', mails),
            StoreId = said.StoreId.Length > 0 ? said.StoreId : shop.StoreId,
            skew = (long)skew.TotalMilliseconds,
        });

    /// <summary>Marks, or unmarks, a shop whose site says another address than the linked one; a task tells people. A repeat changes nothing.</summary>
    public static async Task SetMismatchAsync(Session session, LinkedShop shop, ShopIdentity said, bool mismatch, DateOnly today, DateTimeOffset now)
    {
        if (await session.ExecuteAsync("UPDATE shop SET site_mismatch = @to WHERE id = @Id AND site_mismatch <> @to", new { shop.Id, to = mismatch ? 1L : 0L }) == 0)
            return;
        var about = LinkRules.Mismatch(shop, said);
        await JournalAsync(session, shop.Id, now, mismatch ? "site-mismatch" : "site-matches", new { about = about.ToString(), linked = shop.Url, says = said.Url.AbsoluteUri });
        var key = $"site-mismatch:{shop.Id}";
        if (!mismatch)
        {
            await session.ExecuteAsync("UPDATE task SET state = 'done' WHERE dedup_key = @key", new { key });
            return;
        }
        await session.ExecuteAsync(
            """
            INSERT INTO task (id, dedup_key, shop_id, kind, subject_id, due_on, state, data, created_at)
            VALUES (@taskId, @key, @Id, 'site-mismatch', @Id, @today, 'open', @data, @now)
            ON CONFLICT (dedup_key) DO UPDATE SET state = 'open', due_on = excluded.due_on, data = excluded.data
            """,
            new { taskId = Values.NewId(), key, shop.Id, today = today.Text(), data = about.ToJson(), now = now.Millis() });
    }

    private static Task JournalAsync(Session session, string shopId, DateTimeOffset now, string kind, object entry) =>
        JournalWriter.AppendAsync(session, shopId, now, kind, shopId, JsonSerializer.Serialize(entry));
}
