using Relance.Billing;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Sync;

namespace Relance.Inbox;

/// <summary>
/// Sorts deliveries: a whole order or subscription is applied as the same event as a pulled one, and need not be asked for again. What could
/// depend on something not told yet (webhooks overtake each other) is news, and read together with everything that changed; an echo of what
/// we know, such as of our own metadata, costs the shop no request.
/// </summary>
internal static class Deliveries
{
    /// <summary>Reads what a shop's deliveries say, beside what is known.</summary>
    public static async Task<Told> ReadAsync(BillingContext context, IReadOnlyList<InboxRow> rows)
    {
        var orders = await OrdersAsync(context, [.. rows.Where(r => r.Hint is { Subject: WebhookSubject.Order, Id: not null })]);
        var subscriptions = await SubscriptionsAsync(context, [.. rows.Where(r => r.Hint is { Subject: WebhookSubject.Subscription, Id: not null })]);
        var contracts = await ContractsAsync(context, [.. rows.Where(r => r.Hint is { Subject: WebhookSubject.Contract, Id: not null })]);
        var isNews = orders.Ids.Count > 0 || subscriptions.Ids.Count > 0 || contracts.Ids.Count > 0 || orders.IsNews || subscriptions.IsNews || contracts.Whole.Count > 0;
        return new Told(orders.Whole, subscriptions.Whole, orders.Ids, subscriptions.Ids, isNews) { Contracts = contracts.Whole, ContractIds = contracts.Ids };
    }

    // What is in line with what we know is an echo; what is not is news.
    private static async Task<(List<ShopContract> Whole, List<long> Ids)> ContractsAsync(BillingContext context, IReadOnlyList<InboxRow> rows)
    {
        var (whole, ids) = (new List<ShopContract>(), new List<long>());
        foreach (var same in rows.GroupBy(row => row.Hint.Id!.Value))
        {
            if (Latest(same.Select(row => WebhookResource.Contract(row.Body)), contract => contract.ModifiedAt) is { } latest && latest.Id == same.Key)
                whole.Add(latest);
            else
                ids.Add(same.Key);
        }

        return ([.. await PluginBilling.NewsAsync(context.Session, context.Shop.Id, whole)], ids);
    }

    private static async Task<(List<ShopOrder> Whole, List<long> Ids, bool IsNews)> OrdersAsync(BillingContext context, IReadOnlyList<InboxRow> rows)
    {
        var (whole, ids, isNews) = (new List<ShopOrder>(), new List<long>(), false);
        foreach (var same in rows.GroupBy(row => row.Hint.Id!.Value))
        {
            var latest = Latest(same.Select(row => WebhookResource.Order(row.Body)), order => order.ModifiedAt);
            var known = await InvoiceStore.FindAsync(context.Session, context.Shop.Id, same.Key);
            // Two states of one second: only the shop knows which is the later one.
            if (latest is null || latest.Id != same.Key || (known?.SourceAt == latest.ModifiedAt.Millis() && !known.Covers(latest)))
                ids.Add(same.Key);
            else if (known?.SourceAt > latest.ModifiedAt.Millis())
                continue;
            else
                (whole, isNews) = ([.. whole, latest], isNews || !IsEcho(known, latest));
        }

        return (whole, ids, isNews);
    }

    private static async Task<(List<ShopSubscription> Whole, List<long> Ids, bool IsNews)> SubscriptionsAsync(BillingContext context, IReadOnlyList<InboxRow> rows)
    {
        var (whole, ids, isNews) = (new List<ShopSubscription>(), new List<long>(), false);
        foreach (var same in rows.GroupBy(row => row.Hint.Id!.Value))
        {
            var contract = await ContractStore.FindAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, SubscriptionBilling.Key(same.Key));
            // Where the client's page is was learned with the first pull.
            var latest = contract?.State.ViewUrl is { } page ? Latest(same.Select(row => WebhookResource.Subscription(row.Body, new Uri(page, "../../"))), s => s.ModifiedAt) : null;
            if (latest is null || latest.Id != same.Key || (latest.ModifiedAt == contract!.SourceAt && !IsEcho(context, contract, latest)))
                ids.Add(same.Key);
            else if (latest.ModifiedAt < contract!.SourceAt)
                continue;
            else
                (whole, isNews) = ([.. whole, latest], isNews || !IsEcho(context, contract, latest));
        }

        return (whole, ids, isNews);
    }

    // Null when one of them is not whole, or two of them share the last second and differ.
    private static T? Latest<T>(IEnumerable<T?> told, Func<T, DateTimeOffset> at) where T : class
    {
        var all = told.ToList();
        if (all.Contains(null))
            return null;
        var latest = all.MaxBy(resource => at(resource!))!;
        return all.Where(resource => at(resource!) == at(latest)).Skip(1).Any() ? null : latest;
    }

    private static bool IsEcho(InvoiceRow? known, ShopOrder order) => known is not null && known.Status == order.Status
        && known.Total == order.Total.Minor && known.PaymentMethod == order.PaymentMethod && known.PayUrl == order.PaymentUrl?.ToString();

    // A rule by category needs the product: then even an echo is looked at as news.
    private static bool IsEcho(BillingContext context, StoredContract contract, ShopSubscription subscription) =>
        contract.State is var state && !ProductRules.NeedCategories(context.Settings)
        && state.SubscriptionStatus == subscription.Status && subscription.Status is "active" or "on-hold"
        && SubscriptionBilling.LastDay(context, subscription) == state.TermEnd && subscription.Total == state.Price
        && subscription.CustomerId == state.CustomerId && subscription.Billing == state.Billing
        && subscription.RequiresManualRenewal == state.Kind is Domain.Billing.RenewalKind.Explicit;
}
