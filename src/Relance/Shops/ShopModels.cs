using Relance.Domain.Billing;

namespace Relance.Shops;

/// <summary>What kind of resource a reference names.</summary>
public enum ShopKind
{
    /// <summary>An order.</summary>
    Order,
    /// <summary>A subscription.</summary>
    Subscription,
    /// <summary>A contract of the plugin.</summary>
    Contract,
}

/// <summary>One resource of a shop.</summary>
public readonly record struct ShopRef(ShopKind Kind, long Id);

/// <summary>A row of an answer that cannot be read, and why: the field and what was expected.</summary>
public readonly record struct UnreadableRow(ShopRef Row, string Why);

/// <summary>What a shop says about itself.</summary>
/// <param name="Url">The site URL as the shop gives it: a mismatch with the linked one means a staging copy.</param>
/// <param name="Name">The site's title.</param>
/// <param name="TimeZone">IANA zone; a fixed-offset shop gives <c>Etc/GMT±n</c>.</param>
/// <param name="Currency">ISO currency of the shop.</param>
/// <param name="HasSubscriptions">WooCommerce Subscriptions is there.</param>
/// <param name="Clock">The HTTP <c>Date</c> of the answer.</param>
/// <param name="Version">WooCommerce's version.</param>
public sealed record ShopIdentity(Uri Url, string Name, string TimeZone, string Currency, bool HasSubscriptions, DateTimeOffset Clock, string Version)
{
    /// <summary>The id WooCommerce gave this installation; empty on versions without one. A copy of the database keeps it, another shop has another.</summary>
    public string StoreId { get; init; } = "";

    /// <summary>WordPress's environment type: <c>production</c>, <c>staging</c>, <c>development</c> or <c>local</c>; empty where unknown.</summary>
    public string Environment { get; init; } = "";

    /// <summary>WooCommerce Subscriptions takes this site for a copy (« staging ») and renews nothing on it.</summary>
    public bool SubscriptionsPaused { get; init; }
}

/// <summary>The client's side of an order, as the shop holds it; never null, empty where unknown.</summary>
public sealed record ShopBilling(string FirstName, string LastName, string Company, string Email, string Phone, string Country)
{
    /// <summary>Street and number: a renewal order needs the whole address, for its VAT and for its invoice.</summary>
    public string Address1 { get; init; } = "";

    /// <summary>Building, floor.</summary>
    public string Address2 { get; init; } = "";

    /// <summary>Post code.</summary>
    public string Postcode { get; init; } = "";

    /// <summary>Town.</summary>
    public string City { get; init; } = "";

    /// <summary>State or province code; empty in most of Europe.</summary>
    public string State { get; init; } = "";
}

/// <summary>A line of an order. Totals are after discounts; <paramref name="Total"/> excludes VAT.</summary>
public sealed record ShopLine(long Id, string Name, long ProductId, long VariationId, string Sku, int Quantity, Money Total, Money TotalTax);

/// <summary>An order. Instants are UTC with one-second resolution. <c>status</c> has no <c>wc-</c> prefix; a trashed order has <c>trash</c>.</summary>
public sealed record ShopOrder(
    long Id, string Number, string Status, string CreatedVia, long CustomerId, ShopBilling Billing, Money Total,
    string PaymentMethod, Uri? PaymentUrl, bool NeedsPayment,
    DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, DateTimeOffset? PaidAt,
    IReadOnlyList<ShopLine> Lines, IReadOnlyDictionary<string, string> Meta)
{
    /// <summary>Made by WooCommerce Subscriptions for a renewal, a switch or a resubscription: never a sale of its own.</summary>
    public bool BelongsToSubscription => Meta.ContainsKey("_subscription_renewal") || Meta.ContainsKey("_subscription_switch") || Meta.ContainsKey("_subscription_resubscribe");

    /// <summary>The subscription this order renews (meta <c>_subscription_renewal</c>), if any.</summary>
    public long? RenewsSubscription => Meta.TryGetValue("_subscription_renewal", out var id) && long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>A WooCommerce subscription. Instants are UTC; an unset date is null.</summary>
public sealed record ShopSubscription(
    long Id, string Number, string Status, long ParentOrderId, long CustomerId, ShopBilling Billing, Money Total,
    string PaymentMethod, bool RequiresManualRenewal, string BillingPeriod, int BillingInterval,
    DateTimeOffset? StartAt, DateTimeOffset? NextPaymentAt, DateTimeOffset? EndAt,
    DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, Uri? ViewUrl,
    IReadOnlyList<ShopLine> Lines, IReadOnlyDictionary<string, string> Meta)
{
    /// <summary>When somebody cancelled it: before <see cref="EndAt"/> where the paid term ran out first.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Length of a term in months; null for daily and weekly subscriptions, which maintenance does not follow.</summary>
    public int? Months => BillingPeriod switch { "month" => BillingInterval, "year" => 12 * BillingInterval, _ => null };
}

/// <summary>A product, for product rules.</summary>
public sealed record ShopProduct(long Id, string Sku, IReadOnlyList<string> Categories);

/// <summary>A webhook of the shop.</summary>
public sealed record ShopWebhook(long Id, string Name, string Topic, string Status, Uri? DeliveryUrl);

/// <summary>A renewal order to make: prices come from the contract, excluding VAT; the shop computes VAT.</summary>
public sealed record NewOrder(string CreatedVia, long CustomerId, ShopBilling Billing, string Currency, IReadOnlyList<NewOrderLine> Lines, IReadOnlyDictionary<string, string> Meta);

/// <summary>A line of an order to make.</summary>
public sealed record NewOrderLine(long ProductId, long VariationId, int Quantity, Money Total);
