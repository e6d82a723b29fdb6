using Relance.Shops;

namespace Relance.Sync;

/// <summary>What deliveries of the shop said: resources they carried whole, and resources to be asked for.</summary>
/// <param name="Orders">Whole orders, each once, as they were last told.</param>
/// <param name="Subscriptions">Whole subscriptions, likewise.</param>
/// <param name="OrderIds">Orders to pull: told by their id alone, or twice within one second.</param>
/// <param name="SubscriptionIds">Subscriptions to pull.</param>
/// <param name="IsNews">Whether anything told may change what we know: then what else changed is read with it.</param>
internal sealed record Told(
    IReadOnlyList<ShopOrder> Orders, IReadOnlyList<ShopSubscription> Subscriptions, IReadOnlyList<long> OrderIds, IReadOnlyList<long> SubscriptionIds, bool IsNews)
{
    /// <summary>Whole contracts of the plugin.</summary>
    public IReadOnlyList<ShopContract> Contracts { get; init; } = [];

    /// <summary>Contracts of the plugin to pull.</summary>
    public IReadOnlyList<long> ContractIds { get; init; } = [];
}
