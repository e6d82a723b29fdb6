using System.Security.Cryptography;
using System.Text;
using Relance.Storage;

namespace Relance.Privacy;

/// <summary>Addresses of persons who are forgotten, as salted hashes: enough to know one again when a shop or a file still says it.</summary>
/// <remarks>Whoever has the database can test whether an address that they know is among them; nobody can list them.</remarks>
internal static class ErasedAddresses
{
    private const string SaltKey = "erased-address-salt";

    /// <summary>What stands for an address that was erased; null for all others.</summary>
    public static async Task<string?> FindAsync(Session session, string? email) => !string.IsNullOrWhiteSpace(email) && await SaltAsync(session) is { } salt
        ? await session.ValueAsync<string>("SELECT hash FROM erased_address WHERE hash = @Hash", new { Hash = Hash(salt, email) })
        : null;

    /// <summary>Remembers an address as erased; what stands for it from now on.</summary>
    public static async Task<string> AddAsync(Session session, string email, DateTimeOffset now)
    {
        var salt = await SaltAsync(session);
        if (salt is null)
        {
            await session.ExecuteAsync("INSERT INTO instance (key, value) VALUES (@SaltKey, @Value) ON CONFLICT (key) DO NOTHING", new { SaltKey, Value = RandomNumberGenerator.GetHexString(32) });
            salt = (await SaltAsync(session))!;
        }
        var hash = Hash(salt, email);
        await session.ExecuteAsync("INSERT INTO erased_address (hash, erased_at) VALUES (@hash, @Now) ON CONFLICT (hash) DO NOTHING", new { hash, Now = now.Millis() });
        return hash;
    }

    /// <summary>Forgets that an address was erased.</summary>
    public static async Task RemoveAsync(Session session, string email)
    {
        if (await SaltAsync(session) is { } salt)
            await session.ExecuteAsync("DELETE FROM erased_address WHERE hash = @Hash", new { Hash = Hash(salt, email) });
    }

    private static Task<string?> SaltAsync(Session session) => session.ValueAsync<string>("SELECT value FROM instance WHERE key = @SaltKey", new { SaltKey });

    private static string Hash(string salt, string email) => Values.Hash(Encoding.UTF8.GetBytes($"{salt}:{email.Trim().ToLowerInvariant()}"));
}
