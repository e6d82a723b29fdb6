using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Relance.Shops.WooCommerce;

/// <summary>The signature of a webhook delivery, <c>X-WC-Webhook-Signature</c>: base64 of HMAC-SHA256 over the raw body.</summary>
internal static partial class WebhookSignature
{
    /// <summary>Whether the shop that knows <paramref name="secret"/> sent exactly this body. Takes the same time for every wrong signature.</summary>
    /// <param name="body">The bytes as received.</param>
    /// <param name="secret">As given to the shop, never trimmed: generated ones may begin with a space.</param>
    /// <param name="header">The header's value; null where it is absent.</param>
    public static bool Verify(ReadOnlySpan<byte> body, string secret, string? header)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return header is { Length: 44 }
            && Convert.TryFromBase64String(header, claimed, out var length) && length == claimed.Length
            && CryptographicOperations.FixedTimeEquals(claimed, Hash(body, secret));
    }

    /// <summary>The signature a shop would send.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret) => Convert.ToBase64String(Hash(body, secret));

    private static byte[] Hash(ReadOnlySpan<byte> body, string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Decode(secret)), body);

    // WC_Webhook::generate_signature signs with wp_specialchars_decode($secret, ENT_QUOTES): these five characters, once.
    private static string Decode(string secret) => SpecialCharacter().Replace(secret, match => match.Value switch
    {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        ['&', '#', 'x' or 'X', .. var hex, ';'] => ((char)int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        ['&', '#', .. var number, ';'] => ((char)int.Parse(number, CultureInfo.InvariantCulture)).ToString(),
        _ => match.Value,
    });

    [GeneratedRegex("&(?:amp|lt|gt|quot|#0*(?:34|38|39|60|62)|#[xX]0*(?:22|26|27|3[cCeE]));", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpecialCharacter();
}
