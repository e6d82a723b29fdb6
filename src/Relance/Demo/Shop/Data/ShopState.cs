using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Everything the shop remembers. Not thread-safe by itself: <see cref="FakeShop"/> guards it with one lock.</summary>
internal sealed class ShopState(ShopOptions options, ShopClock clock)
{
    private long _post = 9, _customer = 1, _item, _meta, _note;

    internal ShopOptions Options => options;

    internal ShopClock Clock => clock;

    internal Uri? Says { get; set; }

    /// <summary>The id the installation gives itself; null: that of the recording.</summary>
    internal string? StoreId { get; set; }

    /// <summary>Mails switched on or off by hand, by WooCommerce's ids.</summary>
    internal Dictionary<string, bool> Mails { get; } = [];

    internal TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    internal SortedDictionary<long, JsonObject> Orders { get; } = [];

    internal SortedDictionary<long, JsonObject> Subscriptions { get; } = [];

    /// <summary>Orders that have ever carried the mark of a renewal, by subscription: where to look, not what is true.</summary>
    internal Dictionary<string, SortedSet<long>> Renewals { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<long, JsonObject> Products { get; } = [];

    internal SortedDictionary<long, JsonObject> Customers { get; } = [];

    internal SortedDictionary<long, JsonObject> Refunds { get; } = [];

    /// <summary>Notes by order or subscription, oldest first.</summary>
    internal Dictionary<long, List<JsonObject>> Notes { get; } = [];

    /// <summary>Automatic subscriptions whose card is refused.</summary>
    internal HashSet<long> RefusedCards { get; } = [];

    /// <summary>Payment dates already acted on: a date in the past fires once.</summary>
    internal HashSet<(long Subscription, string Date)> Fired { get; } = [];

    internal List<ScheduledAction> Scheduled { get; } = [];

    /// <summary>Scheduled actions that were impossible when their time came, such as paying a cancelled order.</summary>
    internal List<string> Missed { get; } = [];

    internal long NextPost() => ++_post;

    internal long NextCustomer() => ++_customer;

    internal long NextItem() => ++_item;

    internal long NextMeta() => ++_meta;

    internal long NextNote() => ++_note;

    /// <summary>Lets the next order, subscription, product or refund have this id at least (ids of a restored or recorded shop).</summary>
    internal void SkipTo(long id) => _post = Math.Max(_post, id - 1);

    internal void SkipCustomerTo(long id) => _customer = Math.Max(_customer, id - 1);

    internal void Touch(JsonObject doc) => doc.Stamp("date_modified", clock.Now, Zone);
}

/// <summary>Something a client or shop manager will do at an instant.</summary>
/// <param name="Action">pay, announce, cancel or trash.</param>
/// <param name="Target">order, subscription or customer.</param>
/// <param name="Webhook">false: the shop says nothing about it, as when a delivery is lost.</param>
internal sealed record ScheduledAction(string Action, string Target, long Id, DateTimeOffset At, bool Webhook, string Method);
