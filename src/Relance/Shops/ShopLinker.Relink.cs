using System.Security.Cryptography;
using Relance.Journal;
using Relance.Storage;

namespace Relance.Shops;

public sealed partial class ShopLinker
{
    /// <summary>What signs a shop's deliveries.</summary>
    internal string WebhookSecretOf(LinkedShop shop) => secrets.Unprotect(shop.WebhookSecret);

    /// <summary>Gives a linked shop new keys and a new webhook secret; id, mode and history stay.</summary>
    /// <param name="by">Who invited it.</param>
    /// <param name="with">What is written in the same transaction; what it throws leaves the former link as it was.</param>
    /// <exception cref="LinkRefusedException">Names the field at fault; another site answers, a test shop would become a real one or the other way round, or somebody else is linking it.</exception>
    internal async Task<LinkedShop> RelinkAsync(LinkedShop linked, LinkRequest request, string by, Func<Session, Task> with, CancellationToken ct)
    {
        LinkRules.Keys(request.Key, request.Secret);
        if (linked.Test == 1 != request.Test)
            throw new LinkRefusedException($"url: {linked.Url} is linked as a {(linked.Test == 1 ? "test shop: invite it with --test" : "real shop: invite it without --test")}.");
        await using var claim = await LinkClaim.TakeAsync(database, clocks, new Uri(linked.Url), ct);
        var webhookSecret = RandomNumberGenerator.GetString(SecretLetters, 50);
        var candidate = linked with
        {
            Auth = "",
            AllowPrivate = request.AllowPrivate ? 1 : 0,
            AllowInvalidCertificate = request.AllowInvalidCertificate ? 1 : 0,
            KeySecret = secrets.Protect(ShopConnector.Join(request.Key, request.Secret)),
            WebhookSecret = secrets.Protect(webhookSecret),
        };
        var shop = connector.Reconnect(candidate);
        var said = await shop.IdentityAsync(ct);
        if (!LinkRules.IsTheShop(linked, said))
            throw new LinkRefusedException($"url: {LinkRules.Mismatch(linked, said)}");
        var plugin = await PluginAsync(shop, "", ct) is { Length: > 0 } told ? told : request.PluginVersion ?? "";
        var ids = (await ListAsync(ct)).Select(s => s.Id).ToList();
        // A secret cannot be changed: the former webhooks go. What they would have told until the new ones are there, the next pull tells.
        Task Webhooks(string secret) => LinkWebhooks.EnsureAsync(shop, linked.Id, said.HasSubscriptions, secret, settings.PublicUrl, ids, ct, anew: true);
        try
        {
            await Webhooks(webhookSecret);
            return await database.WriteAsync(session => StoreAgainAsync(session, candidate with { Auth = ShopConnector.AuthOf(shop), PluginVersion = plugin }, by, claim, with), ct);
        }
        catch
        {
            // As stored, which need not be as it was when this began.
            await Webhooks(WebhookSecretOf(await database.ReadAsync(session => FindAsync(session, linked.Id), ct)));
            throw;
        }
    }

    private async Task<LinkedShop> StoreAgainAsync(Session session, LinkedShop shop, string by, LinkClaim claim, Func<Session, Task> with)
    {
        await with(session);
        await claim.SpendAsync(session);
        await session.ExecuteAsync(
            """
            UPDATE shop SET key_secret = @KeySecret, webhook_secret = @WebhookSecret, auth = @Auth, allow_private = @AllowPrivate,
              allow_invalid_certificate = @AllowInvalidCertificate, plugin_version = @PluginVersion WHERE id = @Id
            """, new { shop.Id, shop.KeySecret, shop.WebhookSecret, shop.Auth, shop.AllowPrivate, shop.AllowInvalidCertificate, shop.PluginVersion });
        await JournalWriter.AppendAsync(session, shop.Id, clocks.Now, "shop-relinked", shop.Id, JournalEntry.Of(("url", shop.Url), ("mode", shop.Mode), ("by", by)));
        // The plugin may have forgotten what it was told.
        await PostBack.PostBackQueue.TellPluginAsync(session, "SELECT id FROM contract WHERE shop_id = @Id", new { shop.Id });
        return (await LinkedShop.FindAsync(session, shop.Id))!;
    }
}
