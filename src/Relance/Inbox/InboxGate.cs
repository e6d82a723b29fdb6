using System.Collections.Concurrent;
using System.Security.Cryptography;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;

namespace Relance.Inbox;

/// <summary>Decides whether a delivery comes from the shop it claims to come from.</summary>
internal sealed class InboxGate(Database database, Secrets secrets, Clocks clocks)
{
    // A shop that is linked anew has another secret: what the former one still opens for these seconds is only a hint to pull.
    private static readonly TimeSpan s_remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly string _decoy = RandomNumberGenerator.GetHexString(50);

    /// <summary>The linked address of the shop where <paramref name="signature"/> is this shop's over exactly these bytes; otherwise, and for an unknown shop, null.</summary>
    /// <remarks>A refusal costs the same for every id, so that its time does not tell which shops exist: two HMACs, a look-up and a decryption.</remarks>
    public async Task<Uri?> AdmitAsync(string shopId, byte[] body, string? signature, CancellationToken ct)
    {
        var known = _known.GetValueOrDefault(shopId) is { } remembered && clocks.System.GetElapsedTime(remembered.Since) < s_remembered ? remembered : null;
        if (WebhookSignature.Verify(body, known?.Secret ?? _decoy, signature) && known is not null)
            return known.Site;
        var shop = await database.ReadAsync(session => LinkedShop.FindAsync(session, shopId), ct);
        var secret = secrets.Unprotect(shop?.WebhookSecret ?? Protected);
        if (!WebhookSignature.Verify(body, secret, signature) || shop is null)
            return null;
        _known[shopId] = new(secret, new Uri(shop.Url), clocks.System.GetTimestamp());
        return _known[shopId].Site;
    }

    private string Protected => field ??= secrets.Protect(_decoy);

    private sealed record Known(string Secret, Uri Site, long Since);
}
