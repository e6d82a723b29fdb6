namespace Relance.Demo.Shop;

/// <summary>An order to put into the shop.</summary>
/// <param name="ProductId">The one product of its only line.</param>
/// <param name="CreatedVia">checkout, store-api, admin, rest-api …</param>
/// <param name="Price">Unit price excluding VAT; null takes the product's.</param>
/// <param name="CreatedAt">When it was made; null is now. A paid status is dated then as well.</param>
/// <param name="Meta">Metadata.</param>
public sealed record SeedOrder(
    long CustomerId, long ProductId, string Status = "pending", int Quantity = 1, string CreatedVia = "checkout",
    string PaymentMethod = "bacs", decimal? Price = null, DateTimeOffset? CreatedAt = null, IReadOnlyDictionary<string, string>? Meta = null);

/// <summary>A subscription to put into the shop, with its paid parent order.</summary>
/// <param name="StartAt">Start of the first term; the parent order is made and paid then.</param>
/// <param name="NextPaymentAt">When the shop makes the next renewal order.</param>
/// <param name="Period">day, week, month or year.</param>
/// <param name="Manual">false: the shop charges a card on the date.</param>
/// <param name="CardRefused">For automatic ones: the card is refused and the renewal order fails.</param>
public sealed record SeedSubscription(
    long CustomerId, long ProductId, DateTimeOffset StartAt, DateTimeOffset NextPaymentAt, string Period = "year", int Interval = 1,
    bool Manual = true, bool CardRefused = false, string Status = "active", string PaymentMethod = "bacs", DateTimeOffset? EndAt = null);
