using System.Security.Cryptography;
using Relance.Agency;
using Relance.Billing;
using Relance.Operations;
using Relance.Plugin;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>A shop to link.</summary>
/// <param name="Url">The home address of the site.</param>
/// <param name="Key">Consumer key, <c>ck_…</c>, with read and write rights.</param>
/// <param name="Secret">Consumer secret, <c>cs_…</c>.</param>
/// <param name="AllowPrivate">The shop may be on a private network.</param>
/// <param name="AllowInvalidCertificate">Its certificate is not checked.</param>
/// <param name="Test">A staging site or a stub: may be live, and never becomes a real shop.</param>
/// <param name="Mode"><c>dry-run</c>, <c>redirect</c> or <c>live</c>.</param>
public sealed record LinkRequest(
    string Url, string Key, string Secret, bool AllowPrivate = false, bool AllowInvalidCertificate = false, bool Test = false, string Mode = "dry")
{
    /// <summary>The plugin's version as it told it, for one whose answers do not say; null: nobody told.</summary>
    public string? PluginVersion { get; init; }

    // The compiler's own ToString would print the keys.
    /// <inheritdoc/>
    public override string ToString() => Url;
}

/// <summary>What a check of a link found.</summary>
/// <param name="Says">The address the site gives itself.</param>
/// <param name="SiteMatches">False: a staging copy, or a site that moved; nothing is written to it.</param>
/// <param name="ClockSkew">The shop's clock minus our business clock.</param>
/// <param name="Webhooks">What had to be mended.</param>
public sealed record LinkCheck(Uri Says, bool SiteMatches, TimeSpan ClockSkew, WebhookChanges Webhooks);

/// <summary>A change of mode.</summary>
/// <param name="From">The mode before: <c>dry</c>, <c>redirect</c> or <c>live</c>.</param>
/// <param name="Voided">Messages that waited and will not leave.</param>
public sealed record ModeChange(LinkedShop Shop, string From, int Voided);

/// <summary>Links shops, checks the links and changes their modes.</summary>
/// <remarks>Every call but <see cref="ListAsync"/> and <see cref="SetModeAsync"/> asks the shop and may throw <see cref="ShopException"/>.</remarks>
public sealed partial class ShopLinker(Database database, IShopConnector connector, Secrets secrets, RelanceSettings settings, Clocks clocks)
{
    // Letters and digits only: a space at either end, or an entity, would be signed differently by some versions.
    private const string SecretLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Every linked shop, the oldest first.</summary>
    public Task<IReadOnlyList<LinkedShop>> ListAsync(CancellationToken ct = default) => database.ReadAsync(LinkedShop.AllAsync, ct);

    /// <summary>Links a shop: asks who it is, makes its webhooks, stores the link with today as baseline.</summary>
    /// <exception cref="LinkRefusedException">Names the field at fault; or the shop is linked already, or is another site than its address says.</exception>
    public Task<LinkedShop> AddAsync(LinkRequest request, CancellationToken ct = default) => AddAsync(request, null, ct);

    /// <inheritdoc cref="AddAsync(LinkRequest, CancellationToken)"/>
    /// <param name="with">What is written in the same transaction; what it throws leaves nothing linked.</param>
    internal async Task<LinkedShop> AddAsync(LinkRequest request, Func<Session, Task>? with, CancellationToken ct)
    {
        var url = LinkRules.Url(request.Url, request.AllowPrivate);
        LinkRules.Keys(request.Key, request.Secret);
        LinkRules.Allow(LinkRules.Mode(request.Mode), request.Test, linking: true, settings);
        await using var claim = await LinkClaim.TakeAsync(database, clocks, url, ct);
        var linked = await ListAsync(ct);
        if (linked.FirstOrDefault(shop => LinkRules.SameSite(new(shop.Url), url)) is { } same)
            throw new LinkRefusedException($"url: {url} is linked already, as {same.Id}.");

        var webhookSecret = RandomNumberGenerator.GetString(SecretLetters, 50);
        var candidate = Candidate(request, url, webhookSecret);
        var shop = connector.Connect(candidate);
        var said = await shop.IdentityAsync(ct);
        if (!LinkRules.SameSite(said.Url, url))
            throw new LinkRefusedException($"url: the site says that its address is {said.Url}, not {url}: a staging copy, or another spelling. Link it under the address it says.");
        var plugin = await PluginAsync(shop, null, ct);
        var complete = Described(candidate, said, await shop.OwnMailsAsync(ct), ShopConnector.AuthOf(shop)) with { PluginVersion = plugin is { Length: 0 } ? request.PluginVersion ?? "" : plugin };
        // Before the row: a link without webhooks would look whole. Those of a link that fails here are removed by the next one.
        await LinkWebhooks.EnsureAsync(shop, complete.Id, said.HasSubscriptions, webhookSecret, settings.PublicUrl, [.. linked.Select(s => s.Id)], ct);
        await StoreAsync(complete, claim, with, ct);
        return complete;
    }

    /// <summary>Makes the shop's webhooks what they should be; does nothing when they are.</summary>
    public async Task<WebhookChanges> EnsureWebhooksAsync(LinkedShop shop, CancellationToken ct = default)
    {
        var linked = await ListAsync(ct);
        return await LinkWebhooks.EnsureAsync(connector.Connect(shop), shop.Id, shop.HasSubscriptions == 1, secrets.Unprotect(shop.WebhookSecret),
            settings.PublicUrl, [.. linked.Select(s => s.Id)], ct);
    }

    /// <summary>Changes a shop's mode, with a new baseline; does nothing when it has that mode already.</summary>
    /// <exception cref="LinkRefusedException">No such shop, or not in this mode. A real shop goes live by <see cref="GoingLive"/> only.</exception>
    public async Task<LinkedShop> SetModeAsync(string id, string mode, CancellationToken ct = default) => (await ChangeModeAsync(id, mode, null, ct)).Shop;

    /// <inheritdoc cref="SetModeAsync"/>
    /// <param name="actor">Who asked, for the journal.</param>
    public Task<ModeChange> ChangeModeAsync(string id, string mode, Actor? actor, CancellationToken ct = default)
    {
        var wanted = LinkRules.Mode(mode);
        return database.WriteAsync(async session =>
        {
            var shop = await FindAsync(session, id);
            if (shop.Mode == wanted)
                return new ModeChange(shop, shop.Mode, 0);
            LinkRules.Allow(wanted, shop.Test == 1, linking: false, settings);
            var voided = await LinkStore.SetModeAsync(session, shop, wanted, shop.LocalDate(clocks.Now), clocks.Now, actor);
            return new ModeChange(await FindAsync(session, id), shop.Mode, voided);
        }, ct);
    }

    /// <summary>Asks the shop again who it is: notices a copy or a move, measures its clock, mends its webhooks.</summary>
    /// <exception cref="LinkRefusedException">No such shop.</exception>
    public async Task<LinkCheck> CheckAsync(string id, CancellationToken ct = default)
    {
        var linked = await database.ReadAsync(session => FindAsync(session, id), ct);
        var shop = connector.Reconnect(linked);
        var said = await shop.IdentityAsync(ct);
        var skew = said.Clock - clocks.Now;
        var matches = LinkRules.IsTheShop(linked, said);
        var mails = matches ? await shop.OwnMailsAsync(ct) : [];
        var plugin = matches ? await PluginAsync(shop, linked.PluginVersion, ct) : null;
        var checkedShop = await database.WriteAsync(async session =>
        {
            await LinkStore.SetMismatchAsync(session, linked, said, !matches, linked.LocalDate(clocks.Now), clocks.Now);
            if (matches)
            {
                await LinkStore.SetIdentityAsync(session, linked, said, mails, ShopConnector.AuthOf(shop), skew);
                await ShopTime.NoteAsync(new BillingContext(session, linked, settings, clocks.Now), skew);
                await PluginPresence.NoteAsync(new BillingContext(session, linked, settings, clocks.Now), plugin);
            }

            return await FindAsync(session, id);
        }, ct);
        // A copy keeps the webhooks it was copied with: its deliveries are hints only.
        return new(said.Url, matches, skew, matches ? await EnsureWebhooksAsync(checkedShop, ct) : default);
    }

    // An answer that is no answer of WordPress says nothing about the plugin.
    private static async Task<string?> PluginAsync(IShop shop, string? known, CancellationToken ct)
    {
        try
        {
            return await shop.PluginVersionAsync(ct);
        }
        catch (ShopException unclear) when (unclear.Fault == ShopFault.Unreadable)
        {
            return known;
        }
    }

    private static async Task<LinkedShop> FindAsync(Session session, string id) =>
        await LinkedShop.FindAsync(session, id) ?? throw new LinkRefusedException($"id: no shop '{id}' is linked.");

    private LinkedShop Candidate(LinkRequest request, Uri url, string webhookSecret) => new()
    {
        Id = Values.NewId(),
        Url = url.AbsoluteUri,
        Mode = LinkRules.Mode(request.Mode),
        Test = request.Test ? 1 : 0,
        AllowSuspension = request.Test ? 1 : 0,
        AllowPrivate = request.AllowPrivate ? 1 : 0,
        AllowInvalidCertificate = request.AllowInvalidCertificate ? 1 : 0,
        KeySecret = secrets.Protect(ShopConnector.Join(request.Key, request.Secret)),
        WebhookSecret = secrets.Protect(webhookSecret),
    };

    private LinkedShop Described(LinkedShop shop, ShopIdentity said, IReadOnlyList<string> mails, string auth)
    {
        var described = shop with
        {
            Name = said.Name,
            Tz = said.TimeZone,
            Currency = said.Currency,
            HasSubscriptions = said.HasSubscriptions ? 1 : 0,
            MailsPaidOrders = ShopMails.Thanks(mails) ? 1 : 0,
            OwnMails = string.Join(' ', mails),
            StoreId = said.StoreId,
            Auth = auth,
            ClockSkewMs = (long)(said.Clock - clocks.Now).TotalMilliseconds,
        };
        return described with { BaselineOn = described.LocalDate(clocks.Now).Text() };
    }

    private async Task StoreAsync(LinkedShop shop, LinkClaim claim, Func<Session, Task>? with, CancellationToken ct)
    {
        try
        {
            await database.WriteAsync(
                async session =>
                {
                    await LinkStore.AddAsync(session, shop, clocks.Now);
                    await (with?.Invoke(session) ?? Task.CompletedTask);
                    await claim.SpendAsync(session);
                },
                ct);
        }
        catch (Exception twice) when (Database.IsUniqueViolation(twice))
        {
            throw new LinkRefusedException($"url: {shop.Url} was linked by somebody else at this moment.", twice);
        }
    }
}
