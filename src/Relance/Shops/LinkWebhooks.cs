using Relance.Inbox;

namespace Relance.Shops;

/// <summary>What was changed among a shop's webhooks.</summary>
public readonly record struct WebhookChanges(int Created, int Deleted);

/// <summary>Keeps exactly one active webhook per topic at a shop, delivering to us. The only writes outside live mode.</summary>
internal static class LinkWebhooks
{
    private static readonly string[] s_orders = ["order.created", "order.updated", "order.deleted", "order.restored"];
    private static readonly string[] s_subscriptions = ["subscription.created", "subscription.updated", "subscription.deleted", "subscription.switched"];

    /// <summary>The topics a shop of this kind announces, as recorded.</summary>
    public static IEnumerable<string> Topics(bool hasSubscriptions) => hasSubscriptions ? s_orders.Concat(s_subscriptions) : s_orders;

    /// <summary>Where a shop delivers to.</summary>
    public static Uri DeliveryUrl(Uri publicUrl, string shopId) => new(Base(publicUrl), InboxEndpoint.Path + shopId);

    /// <summary>
    /// Creates what is missing and deletes what is disabled, elsewhere, twice there or left by a link that failed.
    /// A disabled webhook is replaced, never re-activated: its count of failures stays, so that the next one disables it again (recorded).
    /// </summary>
    /// <param name="secret">Signs the deliveries; cannot be read back, so it is the same for every webhook of the shop.</param>
    /// <param name="anew">The secret is another one than before: none of the former is good.</param>
    /// <param name="linked">Ids of all linked shops: webhooks of other ids under our address are leftovers.</param>
    public static async Task<WebhookChanges> EnsureAsync(
        IShop shop, string shopId, bool hasSubscriptions, string secret, Uri publicUrl, IReadOnlyCollection<string> linked, CancellationToken ct, bool anew = false)
    {
        var target = DeliveryUrl(publicUrl, shopId);
        var ours = (await shop.WebhooksAsync(ct)).Where(hook => IsOurs(hook, shopId, publicUrl, linked)).ToList();
        var topics = Topics(hasSubscriptions).ToList();
        var good = ours.Where(hook => !anew && hook.Status == "active" && hook.DeliveryUrl == target && topics.Contains(hook.Topic)).DistinctBy(hook => hook.Topic).ToList();
        var missing = topics.Except(good.Select(hook => hook.Topic)).ToList();
        foreach (var topic in missing)
            await shop.CreateWebhookAsync($"Relance {topic}", topic, target, secret, ct);
        var wrong = ours.Except(good).ToList();
        foreach (var hook in wrong)
            await shop.DeleteWebhookAsync(hook.Id, ct);
        return new(missing.Count, wrong.Count);
    }

    // Ours by the shop's id in the path, wherever it points: the public address may have changed.
    private static bool IsOurs(ShopWebhook hook, string shopId, Uri publicUrl, IReadOnlyCollection<string> linked)
    {
        if (hook.DeliveryUrl is not { } url || !hook.Name.StartsWith("Relance ", StringComparison.Ordinal))
            return false;
        var id = url.Segments[^1].TrimEnd('/');
        if (!url.AbsolutePath.EndsWith("/" + InboxEndpoint.Path + id, StringComparison.Ordinal))
            return false;
        return id == shopId || (Base(publicUrl).IsBaseOf(url) && !linked.Contains(id));
    }

    private static Uri Base(Uri publicUrl) => publicUrl.AbsolutePath.EndsWith('/') ? publicUrl : new Uri(publicUrl.AbsoluteUri + "/");
}
