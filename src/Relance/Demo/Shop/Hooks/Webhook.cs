using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>One webhook of the shop, with what REST never shows.</summary>
internal sealed class Webhook(JsonObject doc, string secret)
{
    internal JsonObject Doc => doc;

    /// <summary>Used as it is, never trimmed.</summary>
    internal string Secret { get; set; } = secret;

    /// <summary>Failures in a row; kept when the webhook is activated again (recorded).</summary>
    internal int Failures { get; private set; }

    internal long Id => doc.Number("id");

    internal string Topic => doc.Text("topic");

    internal bool Active => doc.Text("status") == "active";

    /// <summary>Base64 HMAC-SHA256 over the raw body; the secret as <c>wp_specialchars_decode</c> gives it.</summary>
    internal string Sign(byte[] body) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Decoded(Secret)), body));

    private static string Decoded(string secret) => secret.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&#039;", "'", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>200 to 302 counts as success; the seventh failure in a row disables the webhook (recorded).</summary>
    internal void Delivered(int? status)
    {
        if (status is >= 200 and <= 302)
        {
            Failures = 0;
        }
        else if (Failures > 5)
        {
            doc["status"] = "disabled";
        }
        else
        {
            Failures++;
        }
    }
}

/// <summary>What becomes of the shop's deliveries on their way.</summary>
public enum WebhookWeather
{
    /// <summary>Each once, in order.</summary>
    Normal,
    /// <summary>None arrives.</summary>
    Lost,
    /// <summary>Each twice.</summary>
    Doubled,
    /// <summary>In random order.</summary>
    Shuffled,
}

/// <summary>A delivery that was tried: what a test can count.</summary>
/// <param name="At">Shop time.</param>
/// <param name="Status">HTTP status of the receiver; null when it did not answer.</param>
public sealed record ShopDelivery(DateTimeOffset At, long WebhookId, string Topic, string Body, int? Status);
