using System.Globalization;
using System.Net;
using System.Text.Json;
using Relance.Domain.Billing;

namespace Relance.Shops.WooCommerce;

/// <summary>Turns what came over the wire into our models; a field that cannot be read is named.</summary>
internal static class WireMapping
{
    /// <summary>The instant format of requests and answers: naive, meaning UTC in the <c>_gmt</c> fields.</summary>
    public const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss";

    private static readonly string[] s_instantFormats = [InstantFormat, InstantFormat + "'Z'", "yyyy-MM-dd HH:mm:ss"];

    public static ShopOrder Order(WireOrder o) => new(
        Known(o), Text(o.Number, o.Id), o.Status, o.CreatedVia ?? "", o.CustomerId, Billing(o.Billing), Amount(o, "total", o.Total),
        o.PaymentMethod ?? "", Link(o, o.PaymentUrl), o.NeedsPayment ?? o.Status is "pending" or "failed",
        Required(o, "date_created_gmt", o.DateCreatedGmt), Modified(o), Optional(o, "date_paid_gmt", o.DatePaidGmt),
        Lines(o), Meta(o.MetaData));

    public static ShopSubscription Subscription(WireOrder s, Uri accountPage) => new(
        Known(s), Text(s.Number, s.Id), s.Status, s.ParentId, s.CustomerId, Billing(s.Billing), Amount(s, "total", s.Total),
        s.PaymentMethod ?? "", s.RequiresManualRenewal ?? throw Missing(s, "requires_manual_renewal"),
        s.BillingPeriod ?? throw Missing(s, "billing_period"), Interval(s),
        Optional(s, "start_date_gmt", s.StartDateGmt), Optional(s, "next_payment_date_gmt", s.NextPaymentDateGmt), Optional(s, "end_date_gmt", s.EndDateGmt),
        Required(s, "date_created_gmt", s.DateCreatedGmt), Modified(s),
        new Uri(accountPage, string.Create(CultureInfo.InvariantCulture, $"view-subscription/{s.Id}/")),
        Lines(s), Meta(s.MetaData))
    {
        CancelledAt = Optional(s, "cancelled_date_gmt", s.CancelledDateGmt),
    };

    private static long Known(WireOrder o) =>
        o is { Id: > 0, Status.Length: > 0, Currency.Length: 3 } ? o.Id : throw new FormatException($"{o.Id}: id, status or currency is missing.");

    private static string Text(string? number, long id) =>
        string.IsNullOrEmpty(number) ? id.ToString(CultureInfo.InvariantCulture) : number;

    /// <summary>Who is billed.</summary>
    public static ShopBilling Billing(WireBilling? b) =>
        new(b?.FirstName ?? "", b?.LastName ?? "", b?.Company ?? "", b?.Email ?? "", b?.Phone ?? "", b?.Country ?? "")
        {
            Address1 = b?.Address1 ?? "",
            Address2 = b?.Address2 ?? "",
            Postcode = b?.Postcode ?? "",
            City = b?.City ?? "",
            State = b?.State ?? "",
        };

    private static IReadOnlyList<ShopLine> Lines(WireOrder o) => Array.ConvertAll(o.LineItems ?? [], line => line is null ? throw new FormatException($"{o.Id}.line_items: expected a list of objects, got null.") : new ShopLine(
        line.Id, WebUtility.HtmlDecode(line.Name ?? ""), line.ProductId, line.VariationId, line.Sku ?? "",
        Quantity(o, line.Quantity), Amount(o, "line_items.total", line.Total), Amount(o, "line_items.total_tax", line.TotalTax)));

    private static int Quantity(WireOrder o, decimal quantity) => quantity is >= 0 and <= int.MaxValue
        ? (int)Math.Ceiling(quantity)
        : throw new FormatException($"{o.Id}.line_items.quantity: expected a number of pieces, got {quantity.ToString(CultureInfo.InvariantCulture)}.");

    // A key may occur twice; WordPress's own single read takes the first.
    private static Dictionary<string, string> Meta(WireMeta[]? meta)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in meta ?? [])
            values.TryAdd(item?.Key ?? "", Value(item?.Value ?? default));
        return values;
    }

    /// <summary>A value as text: text as it is, null empty, anything else as JSON.</summary>
    public static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    // Lines may have more decimals than the currency (shops that compute in four): they are rounded as WooCommerce shows them.
    private static Money Amount(WireOrder o, string field, string? amount) => Amount(o.Id, field, amount, o.Currency);

    /// <summary>An amount of a row.</summary>
    public static Money Amount(long id, string field, string? amount, string currency)
    {
        if (!decimal.TryParse(amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            throw new FormatException($"{id}.{field}: expected an amount such as 144.00, got '{amount}'.");
        var scale = 1 / new Money(1, currency).Major;
        if (Math.Abs(value) > long.MaxValue / scale / 2)
            throw new FormatException($"{id}.{field}: expected an amount such as 144.00, got '{amount}'.");
        return Money.Zero(currency) + new Money((long)Math.Round(value * scale, MidpointRounding.AwayFromZero), currency);
    }

    private static int Interval(WireOrder s) =>
        int.TryParse(s.BillingInterval, NumberStyles.None, CultureInfo.InvariantCulture, out var interval) && interval > 0
            ? interval
            : throw new FormatException($"{s.Id}.billing_interval: expected a number of periods, got '{s.BillingInterval}'.");

    private static Uri? Link(WireOrder o, string? url) => string.IsNullOrEmpty(url) ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? link
        : throw new FormatException($"{o.Id}.payment_url: expected an http(s) address, got '{url}'.");

    private static DateTimeOffset Modified(WireOrder o) =>
        Optional(o, "date_modified_gmt", o.DateModifiedGmt) ?? Required(o, "date_created_gmt", o.DateCreatedGmt);

    private static DateTimeOffset Required(WireOrder o, string field, string? instant) => Optional(o, field, instant) ?? throw Missing(o, field);

    private static DateTimeOffset? Optional(WireOrder o, string field, string? instant) => Instant(o.Id, field, instant);

    /// <summary>An instant of a row; null where it has none.</summary>
    public static DateTimeOffset? Instant(long id, string field, string? instant)
    {
        if (string.IsNullOrEmpty(instant))
            return null;
        return DateTimeOffset.TryParseExact(instant, s_instantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value)
            ? value
            : throw new FormatException($"{id}.{field}: expected an instant such as 2026-11-21T21:34:18, got '{instant}'.");
    }

    private static FormatException Missing(WireOrder o, string field) => new($"{o.Id}.{field}: missing.");
}
