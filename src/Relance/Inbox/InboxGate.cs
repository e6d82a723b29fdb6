using System.Security.Cryptography;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;

namespace Relance.Inbox;

/// <summary>Decides whether a delivery comes from the shop it claims to come from.</summary>
internal sealed class InboxGate(Secrets secrets)
{
    // An unknown shop costs the same decryption and the same HMAC, so that the answer's time does not tell which ids exist.
    private readonly string _decoy = secrets.Protect(RandomNumberGenerator.GetHexString(50));

    /// <summary>Whether <paramref name="signature"/> is this shop's over exactly these bytes; never for an unknown shop (null).</summary>
    public bool Admits(LinkedShop? shop, ReadOnlySpan<byte> body, string? signature)
    {
        var secret = secrets.Unprotect(shop?.WebhookSecret ?? _decoy);
        return WebhookSignature.Verify(body, secret, signature) && shop is not null;
    }
}
