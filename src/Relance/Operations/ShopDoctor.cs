using Relance.Shops;

namespace Relance.Operations;

/// <summary>The part of <see cref="Doctor"/> that looks at one linked shop. Reads only: <c>relance shop check</c> mends.</summary>
internal sealed class ShopDoctor(IShopConnector connector, RelanceSettings settings, Clocks clocks)
{
    private static readonly TimeSpan LargestSkew = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>What one shop says, within ten seconds.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(LinkedShop linked, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_limit);
        try
        {
            return await AskAsync(linked, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return [Finding.Fault($"shop {linked.Url}", $"No answer within {s_limit.TotalSeconds} seconds.", Mend(ShopFault.Unreachable))];
        }
    }

    private async Task<IReadOnlyList<Finding>> AskAsync(LinkedShop linked, CancellationToken ct)
    {
        var check = $"shop {linked.Url}";
        try
        {
            var shop = connector.Reconnect(linked);
            var said = await shop.IdentityAsync(ct);
            if (!LinkRules.IsTheShop(linked, said))
                return [Finding.Fault(check, LinkRules.Mismatch(linked, said).ToString(), $"Link the site under {said.Url}, or give it back its address in WordPress.")];
            return
            [
                Finding.Ok(check, $"{said.Name} answers, WooCommerce {said.Version}."), Plugin(check, await shop.PluginVersionAsync(ct)), .. Clock(check, linked, said), .. Copy(check, linked, said),
                Webhooks(check, linked, await shop.WebhooksAsync(ct)), .. Voices(check, linked with { OwnMails = string.Join(' ', await shop.OwnMailsAsync(ct)) }),
            ];
        }
        catch (ShopException fault)
        {
            return [Finding.Fault(check, $"The shop did not answer as it should: {fault.Message}", Mend(fault.Fault))];
        }
        catch (SecretUnreadableException fault)
        {
            return [Finding.Fault(check, fault.Message, "See the sentence before.")];
        }
    }

    private static Finding Plugin(string check, string? version) => Finding.Ok(check, version is null
        ? "Relance's plugin is not there: a client who has an account must log in, or a guest type the e-mail address, before paying; contracts come from subscriptions, product rules and files only."
        : $"Relance's plugin{(version.Length > 0 ? $" {version}" : "")} is there: orders made by Relance are paid without a login.");

    private IEnumerable<Finding> Clock(string check, LinkedShop linked, ShopIdentity said)
    {
        var skew = said.Clock - clocks.Now;
        if (linked.Test == 0 && skew.Duration() > LargestSkew)
            yield return Finding.Fault(check, $"Its clock and ours differ by {skew.Duration():d\\.hh\\:mm}: reminders hold.", "Set the clock of this machine or of the shop (NTP).");
    }

    // WordPress and WooCommerce Subscriptions each have their own idea of a copy.
    private static IEnumerable<Finding> Copy(string check, LinkedShop linked, ShopIdentity said)
    {
        if (said.SubscriptionsPaused)
            yield return Finding.Fault(check, "WooCommerce Subscriptions takes this site for a staging copy: it renews nothing and makes no renewal order.", "In its administration, answer WooCommerce Subscriptions' question about the new address.");
        if (linked.Test == 0 && said.Environment is "staging" or "development" or "local")
            yield return Finding.Warning(check, $"WordPress says that this is a {said.Environment} environment (WP_ENVIRONMENT_TYPE).", "Unless it is the real shop, link it with --test.");
    }

    // Two systems must not remind the same client.
    private static IEnumerable<Finding> Voices(string check, LinkedShop linked)
    {
        if (linked.On(SpokenThing.RenewalNotice) is { Count: > 0 } notices && linked.Chosen(SpokenThing.RenewalNotice) != Speaker.Relance)
            yield return Finding.Warning(check, $"The shop may remind of renewals itself ({string.Join(", ", notices)}): Relance says nothing before the term ends (shop-speaks).", $"Switch these mails off in WooCommerce, or: relance shop speaks {linked.Id} renewal-notice relance");
        if (linked.On(SpokenThing.RenewalInvoice).Count > 0 && linked.Chosen(SpokenThing.RenewalInvoice) is null)
            yield return Finding.Ok(check, "The shop mails its own renewal invoice on the day after a subscription's term: it counts as that day's message.");
        if (linked.Chosen(SpokenThing.RenewalNotice) == Speaker.Shop && linked.On(SpokenThing.RenewalNotice).Count == 0)
            yield return Finding.Warning(check, "Reminding before the term ends is left to the shop, whose own notices are switched off: nobody reminds.", $"relance shop speaks {linked.Id} renewal-notice relance");
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
