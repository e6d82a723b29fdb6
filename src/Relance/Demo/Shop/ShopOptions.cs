namespace Relance.Demo.Shop;

/// <summary>How a <see cref="FakeShop"/> is set up. The defaults are a French shop on a free loopback port.</summary>
public sealed record ShopOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The shop's clock: it dates orders, makes renewals due and is the HTTP <c>Date</c>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the shop's clock starts; null follows <see cref="Clock"/> until it is moved.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Shop seconds per second of <see cref="Clock"/>.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The clock OAuth time stamps are compared with: clients sign with their system clock, not with a business clock.</summary>
    public TimeProvider OAuthClock { get; init; } = TimeProvider.System;

    /// <summary>Consumer key that reads and writes.</summary>
    public string Key { get; init; } = "ck_" + ShopIds.Random(40);

    /// <summary>Secret of <see cref="Key"/>.</summary>
    public string Secret { get; init; } = "cs_" + ShopIds.Random(40);

    /// <summary>Consumer key that only reads.</summary>
    public string ReadKey { get; init; } = "ck_" + ShopIds.Random(40);

    /// <summary>Secret of <see cref="ReadKey"/>.</summary>
    public string ReadSecret { get; init; } = "cs_" + ShopIds.Random(40);

    /// <summary>The site's title.</summary>
    public string Name { get; init; } = "Atelier Démo";

    /// <summary>IANA time zone of the shop.</summary>
    public string TimeZone { get; init; } = "Europe/Paris";

    /// <summary>Whether <c>X-Forwarded-Proto: https</c> counts as HTTPS, as behind a proxy that the shop knows.</summary>
    public bool TrustForwardedProto { get; init; } = true;

    /// <summary>A CGI host drops the <c>Authorization</c> header before PHP sees it.</summary>
    public bool StripAuthorization { get; init; }

    /// <summary>Whether WooCommerce Subscriptions is installed.</summary>
    public bool HasSubscriptions { get; init; } = true;

    /// <summary>Whether the shop mails "order processing" and "order completed" to customers.</summary>
    public bool MailsPaidOrders { get; init; } = true;

    /// <summary>Shop time between a change and its webhook; WP-Cron takes about a minute.</summary>
    public TimeSpan WebhookDelay { get; init; } = TimeSpan.Zero;
}
