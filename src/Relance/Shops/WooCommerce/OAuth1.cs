using System.Security.Cryptography;
using System.Text;

namespace Relance.Shops.WooCommerce;

/// <summary>One-legged OAuth 1.0a with HMAC-SHA256 (RFC 5849 §3.4), its parameters in the query, as WooCommerce reads them.</summary>
internal static class OAuth1
{
    /// <summary>The query with the OAuth parameters and their signature appended.</summary>
    /// <param name="url">Scheme, host and path as the shop sees them, without query.</param>
    public static List<KeyValuePair<string, string>> Sign(
        HttpMethod method, Uri url, IReadOnlyList<KeyValuePair<string, string>> query, string key, string secret, string nonce, DateTimeOffset now)
    {
        List<KeyValuePair<string, string>> all =
        [
            .. query,
            new("oauth_consumer_key", key),
            new("oauth_nonce", nonce),
            new("oauth_signature_method", "HMAC-SHA256"),
            new("oauth_timestamp", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        all.Add(new("oauth_signature", Signature(method, url, all, secret)));
        return all;
    }

    /// <summary>The signature alone, in base64.</summary>
    public static string Signature(HttpMethod method, Uri url, IEnumerable<KeyValuePair<string, string>> parameters, string secret)
    {
        var sorted = parameters
            .Select(p => (Key: Uri.EscapeDataString(p.Key), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal);
        var normalised = string.Join('&', sorted.Select(p => $"{p.Key}={p.Value}"));
        var text = $"{method.Method}&{Uri.EscapeDataString(url.GetLeftPart(UriPartial.Path))}&{Uri.EscapeDataString(normalised)}";
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(secret)}&"), Encoding.UTF8.GetBytes(text)));
    }
}
