using Relance.Shops;

namespace Relance.Operations;

/// <summary>The part of <see cref="Doctor"/> that looks at one linked shop. Reads only: <c>relance shop check</c> mends.</summary>
internal sealed class ShopDoctor(IShopConnector connector, RelanceSettings settings, Clocks clocks)
{
    private static readonly TimeSpan LargestSkew = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<Finding>> ExamineAsync(LinkedShop linked, CancellationToken ct)
    {
        var check = $"shop {linked.Url}";
        try
        {
            var shop = connector.Reconnect(linked);
            var said = await shop.IdentityAsync(ct);
            if (!LinkRules.SameSite(said.Url, new Uri(linked.Url)))
                return [Finding.Fault(check, $"The site says that its address is {said.Url}: a staging copy, or it moved. Nothing is written to it.", $"Link the site under {said.Url}, or give it back its address in WordPress.")];
            return [Finding.Ok(check, $"{said.Name} answers, WooCommerce {said.Version}."), .. Clock(check, linked, said), Webhooks(check, linked, await shop.WebhooksAsync(ct))];
        }
        catch (ShopException fault)
        {
            return [Finding.Fault(check, fault.Message, Mend(fault.Fault))];
        }
        catch (SecretUnreadableException fault)
        {
            return [Finding.Fault(check, fault.Message, "See the sentence before.")];
        }
    }

    private IEnumerable<Finding> Clock(string check, LinkedShop linked, ShopIdentity said)
    {
        var skew = said.Clock - clocks.Now;
        if (linked.Test == 0 && skew.Duration() > LargestSkew)
            yield return Finding.Fault(check, $"Its clock and ours differ by {skew.Duration():d\\.hh\\:mm}: reminders hold.", "Set the clock of this machine or of the shop (NTP).");
    }

    private Finding Webhooks(string check, LinkedShop linked, IReadOnlyList<ShopWebhook> webhooks)
    {
        var target = LinkWebhooks.DeliveryUrl(settings.PublicUrl, linked.Id);
        var active = webhooks.Where(hook => hook.Status == "active" && hook.DeliveryUrl == target).Select(hook => hook.Topic).ToHashSet();
        var missing = LinkWebhooks.Topics(linked.HasSubscriptions == 1).Where(topic => !active.Contains(topic)).ToList();
        return missing.Count == 0
            ? Finding.Ok(check, $"{active.Count} webhooks deliver to {settings.PublicUrl}.")
            : Finding.Fault(check, $"Webhooks missing, disabled or elsewhere: {string.Join(", ", missing)}.", $"relance shop check {linked.Id}");
    }

    private static string Mend(ShopFault fault) => fault switch
    {
        ShopFault.Refused => "Make a new key with read and write rights in WooCommerce > Settings > Advanced > REST API, and link the shop again.",
        ShopFault.Unreachable => "Check that the site is up, its certificate valid, and that this machine may connect to it.",
        ShopFault.NotFound => "Check that WooCommerce is active and that permalinks are not 'Plain'.",
        ShopFault.Unreadable => "A plugin or the host puts something else into the answers: look at the address with /wp-json/ in a browser.",
        _ => "Update WooCommerce, and tell us the shop's answer if it stays.",
    };
}
