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

    /// <summary>Whether <paramref name="signature"/> is this shop's over exactly these bytes; never for an unknown shop.</summary>
    /// <remarks>A refusal costs the same for every id, so that its time does not tell which shops exist: two HMACs, a look-up and a decryption.</remarks>
    public async Task<bool> AdmitsAsync(string shopId, byte[] body, string? signature, CancellationToken ct)
    {
        var known = _known.GetValueOrDefault(shopId) is { } remembered && clocks.System.GetElapsedTime(remembered.Since) < s_remembered ? remembered : null;
        if (WebhookSignature.Verify(body, known?.Secret ?? _decoy, signature) && known is not null)
            return true;
        var shop = await database.ReadAsync(session => LinkedShop.FindAsync(session, shopId), ct);
        var secret = secrets.Unprotect(shop?.WebhookSecret ?? Protected);
        if (!WebhookSignature.Verify(body, secret, signature) || shop is null)
            return false;
        _known[shopId] = new(secret, clocks.System.GetTimestamp());
        return true;
    }

    private string Protected => field ??= secrets.Protect(_decoy);

    private sealed record Known(string Secret, long Since);
}
