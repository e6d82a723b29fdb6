using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Relance.Operations;

/// <summary>Encrypts what must not lie in the database in clear text: keys of shops, secrets of webhooks.</summary>
/// <remarks>ASP.NET Core data protection: AES-256-CBC with HMAC-SHA256, keys replaced every 90 days, old ones kept for reading.</remarks>
/// <param name="provider">The key ring as it was at start.</param>
/// <param name="reread">Reads the key ring anew: a restore may have added keys while the service runs.</param>
/// <param name="purpose">What is protected for one purpose is unreadable for every other.</param>
public sealed class Secrets(IDataProtectionProvider provider, Func<IDataProtectionProvider>? reread = null, string purpose = Secrets.Stored)
{
    private const string Stored = "Relance.Secrets.v1";

    // What no key ring can read must not make us read it again at each delivery of a webhook.
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly IDataProtectionProvider _provider = provider;
    private readonly string _purpose = purpose;
    private volatile IDataProtector _protector = provider.CreateProtector(purpose);
    private long? _readAt;

    /// <summary>The same key ring, for another purpose.</summary>
    public Secrets For(string other) => new(_provider, reread, other);

    /// <summary>The secret as it may be stored. Two calls give two texts.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>The secret, exactly as it was given.</summary>
    /// <exception cref="SecretUnreadableException">Made with another key ring, or changed since.</exception>
    public string Unprotect(string stored)
    {
        try
        {
            return _protector.Unprotect(stored);
        }
        catch (CryptographicException) when (Reread())
        {
            return Unprotect(stored);
        }
        catch (CryptographicException fault)
        {
            throw new SecretUnreadableException(fault);
        }
    }

    // The framework itself looks for new keys during its first two minutes only.
    private bool Reread()
    {
        lock (_gate)
        {
            if (reread is null || _readAt is { } at && TimeProvider.System.GetElapsedTime(at) < s_between)
                return false;
            _protector = reread().CreateProtector(_purpose);
            _readAt = TimeProvider.System.GetTimestamp();
            return true;
        }
    }
}

/// <summary>A stored secret that this key ring cannot read.</summary>
public sealed class SecretUnreadableException(Exception inner) : Exception(
    "A stored secret cannot be read: the key ring it was made with is missing. Restore the folder 'keys' of the data folder, or link the shop again.", inner);
