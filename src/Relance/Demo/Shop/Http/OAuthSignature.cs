using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relance.Demo.Shop;

/// <summary>The signature WooCommerce expects: RFC 5849 without a token, HMAC-SHA256, over address and query but not the body.</summary>
internal static class OAuthSignature
{
    internal static string Of(string method, Uri uri, Query query, string secret)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = query.Pairs.Where(p => p.Name != "oauth_signature")
            .Select(p => (Name: Escape(Indexed(p.Name, seen)), Value: Escape(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        var text = $"{method}&{Escape(uri.GetLeftPart(UriPartial.Path))}&{Escape(string.Join('&', pairs))}";
        // The empty token secret still leaves its ampersand.
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret + "&"), Encoding.UTF8.GetBytes(text)));
    }

    // PHP has parsed `status[]` into `status[0]`, `status[1]` before WooCommerce signs.
    private static string Indexed(string name, Dictionary<string, int> seen)
    {
        if (!name.EndsWith("[]", StringComparison.Ordinal))
        {
            return name;
        }

        var index = seen[name] = seen.GetValueOrDefault(name, -1) + 1;
        return name[..^1] + index.ToString(CultureInfo.InvariantCulture) + "]";
    }

    private static string Escape(string value) => Uri.EscapeDataString(value);
}
