using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Relance.Operations;

/// <summary>Encrypts what must not lie in the database in clear text: keys of shops, secrets of webhooks.</summary>
/// <remarks>ASP.NET Core data protection: AES-256-CBC with HMAC-SHA256, keys replaced every 90 days, old ones kept for reading.</remarks>
public sealed class Secrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Relance.Secrets.v1");

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
        catch (CryptographicException fault)
        {
            throw new SecretUnreadableException(fault);
        }
    }
}

/// <summary>A stored secret that this key ring cannot read.</summary>
public sealed class SecretUnreadableException(Exception inner) : Exception(
    "A stored secret cannot be read: the key ring it was made with is missing. Restore the folder 'keys' of the data folder, or link the shop again.", inner);
