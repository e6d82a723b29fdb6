using System.Text.Json;

namespace Relance.Shops.WooCommerce;

/// <summary>Reads a delivery that carries a whole resource, as REST would answer it. Anything less is only a hint: the pull tells.</summary>
internal static class WebhookResource
{
    /// <summary>The order; null when the body is no whole order, or holds a field that cannot be read.</summary>
    public static ShopOrder? Order(ReadOnlySpan<byte> body) => Mapped(body, row => row.BillingPeriod is null or "" ? WireMapping.Order(row) : null);

    /// <summary>The subscription; null when the body is no whole subscription, or holds a field that cannot be read.</summary>
    /// <param name="accountPage">"My account" in the shop, under which the client finds it.</param>
    public static ShopSubscription? Subscription(ReadOnlySpan<byte> body, Uri accountPage) => Mapped(body, row => WireMapping.Subscription(row, accountPage));

    /// <summary>The contract of the plugin; null when the body is no whole one, or holds a field that cannot be read.</summary>
    public static ShopContract? Contract(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return ContractMapping.Read(json.RootElement, out _, out _);
        }
        catch (JsonException)
        {
            return null; // the pull reads the row again, and names the field
        }
    }

    private static T? Mapped<T>(ReadOnlySpan<byte> body, Func<WireOrder, T?> map) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, WireJson.Default.WireOrder) is { } row && IsWhole(row) ? map(row) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or OverflowException or NotSupportedException)
        {
            return null; // the pull reads the row again, and names the field
        }
    }

    // Without the instant of the change nothing says whether it is news.
    private static bool IsWhole(WireOrder row) =>
        row is { Id: > 0, DateModifiedGmt.Length: > 0, DateCreatedGmt.Length: > 0, Status.Length: > 0, Currency.Length: 3, Billing: not null, LineItems: not null, MetaData: not null, PaymentUrl: not null };
}
