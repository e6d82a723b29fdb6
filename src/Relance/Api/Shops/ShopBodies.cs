using Relance.Shops;
using Relance.Storage;

namespace Relance.Api;

/// <summary>A linked shop, without its keys.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Url">The address it was linked under.</param>
/// <param name="Name">The site's title.</param>
/// <param name="TimeZone">IANA name; its days are this zone's.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Mode"><c>dry-run</c>: nothing leaves; <c>redirect</c>: every mail goes to the agency; <c>live</c>: mails go to clients.</param>
/// <param name="Test">A staging site or a stub: it never becomes a real shop.</param>
/// <param name="HasSubscriptions">WooCommerce Subscriptions is there.</param>
/// <param name="BaselineOn">What was due before this day is skipped.</param>
/// <param name="SiteMatches">False: the site gives itself another address, so it is a copy or it moved; nothing is written to it.</param>
/// <param name="Plugin">The version of Relance's plugin in the shop; empty where it does not say, null where it is not there.</param>
public sealed record ShopBody(
    string Id, string Url, string Name, string TimeZone, string Currency, string Mode, bool Test, bool HasSubscriptions, DateOnly BaselineOn, bool SiteMatches, string? Plugin)
{
    /// <summary>An example for the documentation.</summary>
    public static ShopBody Example { get; } = new(
        ApiExample.Id, "https://boutique.example/", "Boutique Exemple", "Europe/Paris", "EUR", "redirect", false, true, ApiExample.Day.AddDays(-30), true, "0.5.0");

    internal static ShopBody Of(LinkedShop shop) => new(
        shop.Id, shop.Url, shop.Name, shop.Tz, shop.Currency, shop.Mode == "dry" ? "dry-run" : shop.Mode, shop.Test == 1, shop.HasSubscriptions == 1,
        Values.Date(shop.BaselineOn), shop.SiteMismatch == 0, shop.PluginVersion);
}

/// <summary>A shop to link.</summary>
/// <param name="Url">Address of the home page.</param>
/// <param name="Key">Consumer key (<c>ck_…</c>) with read and write rights.</param>
/// <param name="Secret">Consumer secret (<c>cs_…</c>); encrypted at once, never shown again.</param>
/// <param name="AllowPrivateAddress">The shop is on a private network.</param>
/// <param name="AllowInvalidCertificate">Its certificate is not checked.</param>
/// <param name="Test">A staging site or a stub: may be live, never becomes a real shop.</param>
/// <param name="Mode"><c>dry-run</c>; test shops also <c>redirect</c> or <c>live</c>.</param>
public sealed record ShopOrder(
    string Url, string Key, string Secret, bool AllowPrivateAddress = false, bool AllowInvalidCertificate = false, bool Test = false, string Mode = "dry-run")
{
    /// <summary>An example for the documentation.</summary>
    public static ShopOrder Example { get; } = new("https://boutique.example", "ck_0000", "cs_0000");

    internal LinkRequest ToRequest() => new(Url, Key, Secret, AllowPrivateAddress, AllowInvalidCertificate, Test, Mode);

    // The compiler's own ToString would print the keys.
    /// <inheritdoc/>
    public override string ToString() => Url;
}

/// <summary>What a look at the link found, and mended.</summary>
/// <param name="Says">The address that the site gives itself.</param>
/// <param name="SiteMatches">False: a copy, or it moved; nothing is written to it.</param>
/// <param name="ClockSkewSeconds">The shop's clock minus ours.</param>
/// <param name="WebhooksCreated">Webhooks that were missing.</param>
/// <param name="WebhooksDeleted">Webhooks of ours that had to go.</param>
public sealed record LinkCheckBody(string Says, bool SiteMatches, long ClockSkewSeconds, int WebhooksCreated, int WebhooksDeleted)
{
    /// <summary>An example for the documentation.</summary>
    public static LinkCheckBody Example { get; } = new("https://boutique.example/", true, 0, 0, 0);

    internal static LinkCheckBody Of(LinkCheck check) =>
        new(check.Says.AbsoluteUri, check.SiteMatches, (long)check.ClockSkew.TotalSeconds, check.Webhooks.Created, check.Webhooks.Deleted);
}

/// <summary>What a pull read.</summary>
/// <param name="Read">Orders and subscriptions that changed since the last pull.</param>
public sealed record SyncBody(int Read)
{
    /// <summary>An example for the documentation.</summary>
    public static SyncBody Example { get; } = new(12);
}
