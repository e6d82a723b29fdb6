using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relance.Shops.WooCommerce;

// The fields we read, as WooCommerce writes them. A text field may come as null, a number or absent: it is then text all the same.

internal sealed record WireIndex(string Name, string Home, string Url, string TimezoneString, string GmtOffset);

internal sealed record WireCurrency(string Code);

internal sealed record WireStatus(WireEnvironment? Environment, WirePage[]? Pages, WireSubscriptionsStatus? Subscriptions);

/// <summary><c>mode</c> is <c>live</c> or <c>staging</c>.</summary>
internal sealed record WireSubscriptionsStatus(string Mode);

internal sealed record WirePage(string PageId, string Shortcode);

internal sealed record WirePost(string Link);

internal sealed record WireEnvironment(string Version, string StoreId, string WpEnvironmentType);

internal sealed record WireOrder(
    long Id, string Number, string Status, string CreatedVia, long ParentId, long CustomerId, WireBilling? Billing, string Currency, string Total,
    string PaymentMethod, string PaymentUrl, bool? NeedsPayment,
    string DateCreatedGmt, string DateModifiedGmt, string DatePaidGmt,
    string BillingPeriod, string BillingInterval, bool? RequiresManualRenewal,
    string StartDateGmt, string NextPaymentDateGmt, string EndDateGmt, string CancelledDateGmt,
    WireLine[]? LineItems, WireMeta[]? MetaData);

internal sealed record WireBilling(
    string? FirstName, string? LastName, string? Company, string? Email, string? Phone, string? Country,
    [property: JsonPropertyName("address_1")] string? Address1, [property: JsonPropertyName("address_2")] string? Address2,
    string? Postcode, string? City, string? State);

internal sealed record WireLine(
    long Id, string Name, long ProductId, long VariationId, string Sku, decimal Quantity, string Total, string TotalTax);

/// <summary>A value is text, number, object or array.</summary>
internal sealed record WireMeta(string Key, JsonElement Value);

internal sealed record WireProduct(long Id, string Sku, long ParentId, WireCategory[]? Categories);

internal sealed record WireCategory(long Id, string Slug);

internal sealed record WireNote(long Id, string Note);

internal sealed record WireWebhook(long Id, string Name, string Topic, string Status, string DeliveryUrl);

internal sealed record WireSetting(string Id, JsonElement Value);

internal sealed record WireError(string Code, string Message, WireErrorData? Data);

internal sealed record WireErrorData(int Status);

internal sealed record WireBatch(WireBatchItem[]? Update);

internal sealed record WireBatchItem(long Id, WireError? Error);

internal sealed record WireRef(long Id, string Status);

// What we write.

internal sealed record SendStatus(string Status);

internal sealed record SendNote(string Note, bool CustomerNote);

internal sealed record SendMeta(string Key, string Value);

internal sealed record SendMetadata(long Id, IEnumerable<SendMeta> MetaData);

internal sealed record SendBatch(IEnumerable<SendMetadata> Update);

internal sealed record SendWebhook(string Name, string Topic, string DeliveryUrl, string Secret, string Status);

internal sealed record SendLine(long? ProductId, long? VariationId, int Quantity, string Subtotal, string Total);

internal sealed record SendOrder(
    string Status, string CreatedVia, long CustomerId, string Currency, WireBilling Billing, IEnumerable<SendLine> LineItems, IEnumerable<SendMeta> MetaData);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(TextConverter)])]
[JsonSerializable(typeof(WireIndex))]
[JsonSerializable(typeof(WireCurrency))]
[JsonSerializable(typeof(WireStatus))]
[JsonSerializable(typeof(WirePost))]
[JsonSerializable(typeof(WireOrder))]
[JsonSerializable(typeof(WireContract))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(WireProduct))]
[JsonSerializable(typeof(WireProduct[]))]
[JsonSerializable(typeof(WireNote[]))]
[JsonSerializable(typeof(WireWebhook))]
[JsonSerializable(typeof(WireWebhook[]))]
[JsonSerializable(typeof(WireSetting))]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(WireBatch))]
[JsonSerializable(typeof(WireRef))]
[JsonSerializable(typeof(SendStatus))]
[JsonSerializable(typeof(SendNote))]
[JsonSerializable(typeof(SendBatch))]
[JsonSerializable(typeof(SendWebhook))]
[JsonSerializable(typeof(SendOrder))]
internal sealed partial class WireJson : JsonSerializerContext;

/// <summary>Text that plugins also write as a number, a boolean or null.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Null:
                return "";
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                throw new JsonException($"expected text, got {reader.TokenType}");
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
