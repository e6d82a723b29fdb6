namespace Relance.Shops;

/// <summary>A shop platform. Every call may throw <see cref="ShopException"/>; none returns half an answer.</summary>
public interface IShop
{
    /// <summary>The shop's clock at its last answer; null where it never said.</summary>
    ClockReading? Clock { get; }

    /// <summary>Who the shop says it is: the first call after linking, and <c>doctor</c>'s.</summary>
    Task<ShopIdentity> IdentityAsync(CancellationToken ct);

    /// <summary>Orders modified strictly after an instant (one-second resolution), trashed ones included, oldest change first.</summary>
    /// <param name="unreadable">Told of each row that cannot be read, which is then left out (id 0: it does not even say which one it is); null: such a row is
    /// <see cref="ShopFault.Unreadable"/>.</param>
    IAsyncEnumerable<ShopOrder> OrdersModifiedAfterAsync(DateTimeOffset after, CancellationToken ct, Action<UnreadableRow>? unreadable = null);

    /// <summary>Subscriptions modified after an instant; empty where the shop has no Subscriptions extension.</summary>
    IAsyncEnumerable<ShopSubscription> SubscriptionsModifiedAfterAsync(DateTimeOffset after, CancellationToken ct, Action<UnreadableRow>? unreadable = null);

    /// <summary>These orders as they are now (100 ids a request). An id absent from the answer, and not told as unreadable, is trashed or deleted.</summary>
    Task<IReadOnlyList<ShopOrder>> OrdersAsync(IReadOnlyCollection<long> ids, CancellationToken ct, Action<UnreadableRow>? unreadable = null);

    /// <summary>These subscriptions as they are now. An id absent from the answer is trashed or deleted; a shop that lost its
    /// Subscriptions extension is <see cref="ShopFault.Unreachable"/>, never an empty answer.</summary>
    Task<IReadOnlyList<ShopSubscription>> SubscriptionsAsync(IReadOnlyCollection<long> ids, CancellationToken ct, Action<UnreadableRow>? unreadable = null);

    /// <summary>The version of the plugin's own: null where it is not there, empty where it does not say.</summary>
    Task<string?> PluginVersionAsync(CancellationToken ct);

    /// <summary>The plugin's contracts modified after an instant, oldest change first.</summary>
    IAsyncEnumerable<ShopContract> ContractsModifiedAfterAsync(DateTimeOffset after, CancellationToken ct, Action<UnreadableRow>? unreadable = null);

    /// <summary>These contracts of the plugin as they are now. An id absent from the answer is deleted.</summary>
    Task<IReadOnlyList<ShopContract>> ContractsAsync(IReadOnlyCollection<long> ids, CancellationToken ct, Action<UnreadableRow>? unreadable = null);

    /// <summary>Tells the plugin where a contract stands; an older status than it has changes nothing there.</summary>
    /// <param name="status">JSON, as docs/plugin-protocol.md says.</param>
    Task SetContractStatusAsync(long id, byte[] status, CancellationToken ct);

    /// <summary>Orders whose <c>created_via</c> is exactly this, trashed ones included; each row is compared here, since old shops ignore the filter.</summary>
    Task<IReadOnlyList<ShopOrder>> OrdersCreatedViaAsync(string createdVia, long customerId, DateTimeOffset createdAfter, CancellationToken ct);

    /// <summary>The categories (ids and slugs) and SKU of a product; null when it does not exist.</summary>
    Task<ShopProduct?> ProductAsync(long productId, CancellationToken ct);

    /// <summary>The product with this SKU; null when there is none.</summary>
    Task<ShopProduct?> ProductBySkuAsync(string sku, CancellationToken ct);

    /// <summary>Makes a renewal order (status pending). The caller looks it up first: a repeated POST makes a second order.</summary>
    Task<ShopOrder> CreateOrderAsync(NewOrder order, CancellationToken ct);

    /// <summary>Sets the status of an order or a subscription; code <c>status_unchanged</c> where the shop says yes and keeps the old one.</summary>
    Task SetStatusAsync(ShopRef target, string status, CancellationToken ct);

    /// <summary>Sets metadata on up to 100 resources of one kind by the batch route; one answer per item, in order; null is success.</summary>
    Task<IReadOnlyList<ShopException?>> SetMetadataAsync(IReadOnlyList<(ShopRef Target, IReadOnlyDictionary<string, string> Values)> items, CancellationToken ct);

    /// <summary>Texts of the notes of an order or subscription.</summary>
    Task<IReadOnlyList<string>> NotesAsync(ShopRef target, CancellationToken ct);

    /// <summary>Adds a private note: never a customer note, which the shop would mail to the client.</summary>
    Task AddPrivateNoteAsync(ShopRef target, string text, CancellationToken ct);

    /// <summary>The shop's webhooks, disabled ones included.</summary>
    Task<IReadOnlyList<ShopWebhook>> WebhooksAsync(CancellationToken ct);

    /// <summary>Creates an active webhook.</summary>
    Task<ShopWebhook> CreateWebhookAsync(string name, string topic, Uri deliveryUrl, string secret, CancellationToken ct);

    /// <summary>Deletes a webhook for good.</summary>
    Task DeleteWebhookAsync(long id, CancellationToken ct);

    /// <summary>Which of <see cref="ShopMails.All"/> the shop itself has switched on, by WooCommerce's ids.</summary>
    Task<IReadOnlyList<string>> OwnMailsAsync(CancellationToken ct);
}

/// <summary>What a shop's clock showed (HTTP <c>Date</c>), and the real instant at which we saw it.</summary>
public readonly record struct ClockReading(DateTimeOffset Shop, DateTimeOffset At);

/// <summary>Why a call to a shop failed.</summary>
public enum ShopFault
{
    /// <summary>No answer: network, time-out, TLS, maintenance (503), server error (5xx) after the retries, or WooCommerce's routes missing.</summary>
    Unreachable,
    /// <summary>401/403: key unknown, wrong secret, or too few rights.</summary>
    Refused,
    /// <summary>404/410, said by the shop itself: the resource is not there.</summary>
    NotFound,
    /// <summary>Another 4xx: the request is wrong and a retry would not help.</summary>
    Invalid,
    /// <summary>An answer that cannot be read (HTML, broken JSON, missing field).</summary>
    Unreadable,
}

/// <summary>A failed call to a shop, with the shop's own error code and what was asked (never a secret).</summary>
public sealed class ShopException(ShopFault fault, string message, string? code = null, bool ambiguous = false, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Why it failed.</summary>
    public ShopFault Fault { get; } = fault;

    /// <summary>The shop's error code, e.g. <c>woocommerce_rest_cannot_view</c>.</summary>
    public string? Code { get; } = code;

    /// <summary>A write that may nevertheless have happened (the connection broke after the request was sent).</summary>
    public bool Ambiguous { get; } = ambiguous;

    /// <summary>How long the shop asked to be left alone, where it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
