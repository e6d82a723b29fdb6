using Relance.Billing;
using Relance.Shops;

namespace Relance.Inbox;

/// <summary>
/// A clone of the shop keeps its webhooks and their secret, and tells what happened to the clone. WooCommerce says where a delivery comes from:
/// <c>X-WC-Webhook-Source</c>, the home address of the site. What comes from elsewhere is kept and not followed; the pull says what is true of the shop.
/// </summary>
internal static class Copies
{
    // Beyond, it is no home address, and no key of an index.
    private const int Longest = 300;

    /// <summary>The site that a delivery names, where it is another one than the linked shop; null where it is the shop, or names none that can be read.</summary>
    public static string? Other(Uri linked, string? source) =>
        source is { Length: <= Longest } && Uri.TryCreate(source, UriKind.Absolute, out var site) && site.Host.Length > 0 && !LinkRules.MaySameSite(site, linked) ? site.AbsoluteUri : null;

    /// <summary>Sets the deliveries of a copy aside, body included, and asks a person to look; the others.</summary>
    public static async Task<IReadOnlyList<InboxRow>> SetAsideAsync(BillingContext context, IReadOnlyList<InboxRow> rows)
    {
        var told = rows.Where(row => row.Copy is not null).ToList();
        foreach (var row in told)
            await InboxStore.MarkFailedAsync(context.Session, row.Id, $"X-WC-Webhook-Source: expected {context.Shop.Url}, got {row.Copy}");
        if (told.Count > 0)
            await TaskStore.OpenAsync(context, "shop-copy", context.Shop.Id, $"{told[0].Copy} sends webhooks with the secret of {context.Shop.Url}: a copy of the shop? They are kept and not applied.");
        return [.. rows.Where(row => row.Copy is null)];
    }
}
