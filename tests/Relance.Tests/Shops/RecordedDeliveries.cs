using System.Text;
using Relance.Shops.WooCommerce;

namespace Relance.Tests.Shops;

/// <summary>Every recorded webhook delivery: its signature and what it is about.</summary>
public sealed class RecordedDeliveries
{
    private const string Secret = "companion-secret-0123456789abcdef";

    [Fact]
    public void Every_recorded_signature_verifies()
    {
        var deliveries = Recording.SignedDeliveries().ToList();
        foreach (var delivery in deliveries)
            WebhookSignature.Verify(delivery.Delivered, Secret, delivery.Header("X-WC-Webhook-Signature")).ShouldBeTrue(delivery.Name);
        deliveries.Count.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void A_flipped_byte_is_refused()
    {
        foreach (var delivery in Recording.SignedDeliveries())
        {
            var (body, header) = (delivery.Delivered, delivery.Header("X-WC-Webhook-Signature"));
            for (var i = 0; i < body.Length; i++)
            {
                var bit = (byte)(1 << (i % 8));
                body[i] ^= bit;
                WebhookSignature.Verify(body, Secret, header).ShouldBeFalse($"{delivery.Name}, byte {i}");
                body[i] ^= bit;
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64 at all, though forty-four letters")]
    [InlineData("AAAA")]
    public void A_missing_or_malformed_signature_is_refused(string? header) =>
        WebhookSignature.Verify("{}"u8, Secret, header).ShouldBeFalse();

    [Fact]
    public void A_trimmed_secret_or_body_is_refused()
    {
        WebhookSignature.Verify("{}"u8, "secret", WebhookSignature.Sign("{}"u8, " secret")).ShouldBeFalse();
        WebhookSignature.Verify("{} "u8, "secret", WebhookSignature.Sign("{}"u8, "secret")).ShouldBeFalse();
    }

    // The right side is what wp_specialchars_decode( $secret, ENT_QUOTES ) gives.
    [Theory]
    [InlineData("a&amp;b", "a&b")]
    [InlineData("&lt;&gt;&quot;&#039;&#39;&#x27;&#X3C;", "<>\"'''<")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("&eacute;&nbsp;&apos;", "&eacute;&nbsp;&apos;")]
    public void Entities_in_the_secret_are_decoded_as_WordPress_does(string stored, string used)
    {
        var hash = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(used), "{}"u8);
        WebhookSignature.Verify("{}"u8, stored, Convert.ToBase64String(hash)).ShouldBeTrue();
    }

    [Fact]
    public void Every_recorded_delivery_says_what_it_is_about()
    {
        foreach (var delivery in Recording.SignedDeliveries())
        {
            var topic = delivery.Header("X-WC-Webhook-Topic");
            var hint = WebhookBody.Parse(topic, delivery.Delivered);
            hint.Topic.ShouldBe(topic);
            var json = delivery.Root.GetProperty("body_json");
            if (json.ValueKind == System.Text.Json.JsonValueKind.Object && json.TryGetProperty("id", out var id))
                hint.Id.ShouldBe(id.GetInt64(), delivery.Name);
            hint.Subject.ShouldBe(Expected(topic!), delivery.Name);
        }
    }

    [Theory]
    [InlineData("135_hook_deleted_trash__order.deleted.json", WebhookSubject.Order, 14L)]
    [InlineData("232_hook_subscription_post__subscription.updated.json", WebhookSubject.Subscription, null)]
    [InlineData("127_hook_refunded__action.woocommerce_order_status_changed.json", WebhookSubject.Order, 12L)]
    [InlineData("210_hook_paid_sub_active__action.woocommerce_subscription_status_updated.json", WebhookSubject.Subscription, null)]
    [InlineData("144_hook_action_custom__action.wc_lab_custom.json", WebhookSubject.Other, null)]
    [InlineData("100_delivery_ping.json", WebhookSubject.Ping, 11L)]
    public void Each_form_of_a_body_is_understood(string name, object subject, long? id)
    {
        var delivery = Recording.Load(name);
        var hint = WebhookBody.Parse(delivery.Header("X-WC-Webhook-Topic"), delivery.Delivered);
        hint.Subject.ShouldBe((WebhookSubject)subject);
        hint.Id.ShouldBe(id);
    }

    [Theory]
    [InlineData(null, "{\"id\":1}", "X-WC-Webhook-Topic")]
    [InlineData("order", "{\"id\":1}", "X-WC-Webhook-Topic")]
    [InlineData("order.updated", "{\"id\":", "body")]
    [InlineData("order.updated", "[1]", "body")]
    [InlineData("order.updated", "{\"id\":\"x\"}", "id")]
    [InlineData("order.updated", "{\"id\":-4}", "id")]
    [InlineData("order.updated", "{}", "id")]
    [InlineData("action.a", "{\"arg\":1}", "action")]
    [InlineData("action.a", "{\"action\":\"b\",\"arg\":1}", "action")]
    [InlineData("order.updated", "webhook_id=11x", "body")]
    public void A_body_of_no_known_form_is_refused_by_name(string? topic, string body, string field) =>
        Should.Throw<FormatException>(() => WebhookBody.Parse(topic, Encoding.UTF8.GetBytes(body))).Message.ShouldStartWith(field + ":");

    private static WebhookSubject Expected(string topic) => topic switch
    {
        "action.wc_lab_custom" => WebhookSubject.Other,
        _ when topic.Contains("subscription", StringComparison.Ordinal) => WebhookSubject.Subscription,
        _ when topic.StartsWith("product.", StringComparison.Ordinal) => WebhookSubject.Product,
        _ when topic.StartsWith("customer.", StringComparison.Ordinal) => WebhookSubject.Customer,
        _ => WebhookSubject.Order,
    };
}
