using System.Globalization;
using System.Net;

namespace Relance.Shops.WooCommerce;

internal sealed partial class WooCommerceShop
{
    private const string StatusFields = "environment.version,environment.store_id,environment.wp_environment_type,subscriptions.mode";

    private Uri? _accountPage;

    /// <inheritdoc/>
    public async Task<ShopIdentity> IdentityAsync(CancellationToken ct)
    {
        // Without _fields the index is 1.5 MB of route descriptions.
        var (index, answer) = await rest.ReadAsync(
            RestCall.Get("", ("_fields", "name,home,url,timezone_string,gmt_offset")), WireJson.Default.WireIndex, ct);
        var (currency, _) = await rest.ReadAsync(RestCall.Get("wc/v3/data/currencies/current", ("_fields", "code")), WireJson.Default.WireCurrency, ct);
        var (status, _) = await rest.ReadAsync(RestCall.Get("wc/v3/system_status", ("_fields", StatusFields)), WireJson.Default.WireStatus, ct);
        var home = string.IsNullOrEmpty(index.Home) ? index.Url : index.Home;
        return new(
            Uri.TryCreate(home, UriKind.Absolute, out var site) ? site : throw new ShopException(ShopFault.Unreadable, $"GET wp-json/: home: expected an address, got '{home}'."),
            WebUtility.HtmlDecode(index.Name ?? ""), Zone(index), currency.Code, await HasSubscriptionsAsync(ct),
            answer.Headers.Date ?? throw new ShopException(ShopFault.Unreadable, "GET wp-json/: the Date header is missing."),
            status.Environment?.Version ?? "")
        {
            StoreId = status.Environment?.StoreId ?? "",
            Environment = status.Environment?.WpEnvironmentType ?? "",
            SubscriptionsPaused = status.Subscriptions?.Mode == "staging",
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> OwnMailsAsync(CancellationToken ct)
    {
        var on = new List<string>();
        foreach (var mail in ShopMails.All)
        {
            if (await MailsAsync(mail, ct))
                on.Add(mail);
        }

        return on;
    }

    // The settings group of a mail is "email_" + its id. A shop without that group has that mail removed: it sends nothing.
    private async Task<bool> MailsAsync(string mail, CancellationToken ct)
    {
        try
        {
            var (setting, _) = await rest.ReadAsync(RestCall.Get($"wc/v3/settings/email_{mail}/enabled"), WireJson.Default.WireSetting, ct);
            return WireMapping.Value(setting.Value) == "yes";
        }
        catch (ShopException none) when (none.Fault == ShopFault.NotFound)
        {
            return false;
        }
    }

    // Asked each time: an extension that is being updated is away for a minute only.
    private async Task<bool> HasSubscriptionsAsync(CancellationToken ct)
    {
        try
        {
            await rest.SendAsync(RestCall.Get("wc/v3/subscriptions", ("per_page", "1"), ("_fields", "id")), ct);
            return true;
        }
        catch (ShopException none) when (none.Code == RestErrors.NoRoute)
        {
            return false;
        }
    }

    // PHP's offset zones have no daylight saving; IANA's Etc zones have the opposite sign.
    private static string Zone(WireIndex index)
    {
        if (!string.IsNullOrEmpty(index.TimezoneString))
            return index.TimezoneString;
        if (!decimal.TryParse(index.GmtOffset, NumberStyles.Float, CultureInfo.InvariantCulture, out var offset) || offset != decimal.Truncate(offset))
            throw new ShopException(ShopFault.Unreadable, $"GET wp-json/: gmt_offset: expected whole hours or a named time zone, got '{index.GmtOffset}'; set a city in the shop's settings.");
        return offset == 0 ? "Etc/UTC" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(offset > 0 ? '-' : '+')}{Math.Abs(offset):0}");
    }

    // Slugs are translated: the page that carries the account's shortcode says its own address. Without one, WooCommerce's default.
    private async Task<Uri> AccountPageAsync(CancellationToken ct)
    {
        if (_accountPage is { } known)
            return known;
        try
        {
            var (status, _) = await rest.ReadAsync(RestCall.Get("wc/v3/system_status", ("_fields", "pages")), WireJson.Default.WireStatus, ct);
            var page = Array.Find(status.Pages ?? [], page => page.Shortcode == "[woocommerce_my_account]");
            if (page is { PageId.Length: > 0 })
            {
                var (post, _) = await rest.ReadAsync(RestCall.Get($"wp/v2/pages/{Uri.EscapeDataString(page.PageId)}", ("_fields", "link")), WireJson.Default.WirePost, ct);
                // Only an address of this shop goes into mails.
                if (Uri.TryCreate(post.Link, UriKind.Absolute, out var link) && link.Host == url.Host && link.Scheme is "http" or "https")
                    return _accountPage = new(link.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
            }
        }
        catch (ShopException unknown) when (unknown.Fault != ShopFault.Unreachable || unknown.Code == RestErrors.NoRoute)
        {
            LogAccountPage(unknown.Message);
        }
        return _accountPage = new(url, "my-account/");
    }

    [LoggerMessage(LogLevel.Information, "The address of the account page is not to be had, my-account/ is assumed: {Reason}")]
    private partial void LogAccountPage(string reason);
}
