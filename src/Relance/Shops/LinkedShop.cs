using Relance.Storage;

namespace Relance.Shops;

/// <summary>A linked shop as stored. Secrets stay encrypted here.</summary>
public sealed record LinkedShop
{
    /// <summary>Our id.</summary>
    public string Id { get; init; } = "";
    /// <summary>The site URL it was linked under: another one means a staging copy.</summary>
    public string Url { get; init; } = "";
    /// <summary>The site's title.</summary>
    public string Name { get; init; } = "";
    /// <summary>IANA time zone.</summary>
    public string Tz { get; init; } = "";
    /// <summary>ISO currency.</summary>
    public string Currency { get; init; } = "";
    /// <summary><c>dry</c>, <c>redirect</c> or <c>live</c>.</summary>
    public string Mode { get; init; } = "";
    /// <summary>1 for a test shop.</summary>
    public long Test { get; init; }
    /// <summary>1 when private addresses are allowed.</summary>
    public long AllowPrivate { get; init; }
    /// <summary>1 when an invalid certificate is accepted.</summary>
    public long AllowInvalidCertificate { get; init; }
    /// <summary>The authentication that worked last: <c>basic</c> or <c>oauth</c>.</summary>
    public string Auth { get; init; } = "";
    /// <summary>Protected <c>key:secret</c>.</summary>
    public string KeySecret { get; init; } = "";
    /// <summary>Protected webhook secret.</summary>
    public string WebhookSecret { get; init; } = "";
    /// <summary>1 when WooCommerce Subscriptions is there.</summary>
    public long HasSubscriptions { get; init; }
    /// <summary>1 when the shop itself mails paid orders.</summary>
    public long MailsPaidOrders { get; init; }
    /// <summary>Steps due before this local date are skipped.</summary>
    public string BaselineOn { get; init; } = "";
    /// <summary>Everything modified up to this instant has been pulled; null before the first pull.</summary>
    public long? CursorAt { get; init; }
    /// <summary>The last local day planned; never goes back.</summary>
    public string? PlannedOn { get; init; }
    /// <summary>Shop clock minus business clock, at the last answer.</summary>
    public long ClockSkewMs { get; init; }
    /// <summary>1 while the site says another URL than the linked one.</summary>
    public long SiteMismatch { get; init; }

    /// <summary>When it was restored from a backup; null once a person has confirmed that the original is stopped. Until then nothing is done for it.</summary>
    public long? RestoredAt { get; init; }
    /// <summary>Who writes for it (<see cref="Operations.SenderSettings"/> as JSON); null: the settings' sender.</summary>
    public string? Sender { get; init; }
    /// <summary>Hash of its logo; null without one.</summary>
    public string? LogoHash { get; init; }
    /// <summary>The id that WooCommerce gave the installation; empty where it gives none. Another one is another shop.</summary>
    public string StoreId { get; init; } = "";
    /// <summary>Mails that the shop itself has switched on, by WooCommerce's ids, separated by spaces.</summary>
    public string OwnMails { get; init; } = "";
    /// <summary>Who speaks, where the agency said so: <c>kind=relance</c> or <c>kind=shop</c>, separated by spaces.</summary>
    public string Speaks { get; init; } = "";
    /// <summary>1: the suspension and what follows it leave without approval.</summary>
    public long AllowSuspension { get; init; }

    /// <summary>The version of the plugin in the shop; null where it is not there, empty where it does not say.</summary>
    public string? PluginVersion { get; init; }
    /// <summary>The plugin's contracts modified up to this instant have been pulled; null before the first.</summary>
    public long? PluginCursorAt { get; init; }
    /// <summary>Business instant of the last pull that ended well.</summary>
    public long? SyncedAt { get; init; }

    /// <summary>Our clock and a real shop's differ by more than an hour: reminders hold. A test shop may live on a moved clock.</summary>
    public bool ClockDiffers => Test == 0 && Math.Abs(ClockSkewMs) > 3_600_000;

    /// <summary>The plugin is there.</summary>
    public bool HasPlugin => PluginVersion is not null;

    /// <summary>Whether anything but our webhooks may be written to the shop.</summary>
    public bool MayWrite => Mode == "live" && SiteMismatch == 0 && RestoredAt is null;

    /// <summary>The local date at the shop at an instant.</summary>
    public DateOnly LocalDate(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Tz)).DateTime);

    /// <summary>All columns, in a SELECT.</summary>
    public const string Columns = """
        id AS Id, url AS Url, name AS Name, tz AS Tz, currency AS Currency, mode AS Mode, test AS Test, allow_private AS AllowPrivate,
        allow_invalid_certificate AS AllowInvalidCertificate, auth AS Auth, key_secret AS KeySecret, webhook_secret AS WebhookSecret,
        has_subscriptions AS HasSubscriptions, mails_paid_orders AS MailsPaidOrders, baseline_on AS BaselineOn, cursor_at AS CursorAt,
        planned_on AS PlannedOn, clock_skew_ms AS ClockSkewMs, site_mismatch AS SiteMismatch, restored_at AS RestoredAt,
        sender AS Sender, logo_hash AS LogoHash, store_id AS StoreId, own_mails AS OwnMails, speaks AS Speaks, allow_suspension AS AllowSuspension,
        plugin_version AS PluginVersion, plugin_cursor_at AS PluginCursorAt, synced_at AS SyncedAt
        """;

    // The compiler's own ToString would print the protected secrets.
    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Url} ({Mode})";

    /// <summary>Every linked shop.</summary>
    public static Task<IReadOnlyList<LinkedShop>> AllAsync(Session session) => session.QueryAsync<LinkedShop>($"SELECT {Columns} FROM shop ORDER BY id");

    /// <summary>Every linked shop that is worked for: a restored one is not, until a person confirms.</summary>
    public static Task<IReadOnlyList<LinkedShop>> WorkingAsync(Session session) => session.QueryAsync<LinkedShop>($"SELECT {Columns} FROM shop WHERE restored_at IS NULL ORDER BY id");

    /// <summary>One shop, or null.</summary>
    public static Task<LinkedShop?> FindAsync(Session session, string id) => session.FirstAsync<LinkedShop>($"SELECT {Columns} FROM shop WHERE id = @id", new { id });
}
