using System.Security.Cryptography;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Bounces;

/// <summary>A return path of its own for each message (VERP), and back from it to the message.</summary>
/// <remarks>The key is made once and lies in <c>instance</c>, encrypted with the key ring, so that two machines and a restored backup share it.</remarks>
public sealed class ReturnPaths(Database database, Secrets secrets, RelanceSettings settings)
{
    private const string KeyName = "bounces.key";
    private byte[]? _key;

    /// <summary>The envelope sender of a message; null when none is set up: the address in <c>From</c>.</summary>
    public async Task<string?> ForAsync(string messageId, CancellationToken ct) => settings.Bounces.ReturnPath is { } pattern
        ? pattern.Replace(BounceSettings.Token, ReturnPathToken.Write(messageId, await KeyAsync(ct)), StringComparison.Ordinal)
        : null;

    /// <summary>The message that a text names with a token of ours; null when none: a stranger cannot make one up.</summary>
    public async Task<string?> FindAsync(string text, CancellationToken ct) => ReturnPathToken.Find(text, await KeyAsync(ct));

    private async Task<byte[]> KeyAsync(CancellationToken ct) =>
        _key ??= Convert.FromBase64String(secrets.Unprotect(await StoredAsync(ct) ?? await database.WriteAsync(MakeAsync, ct)));

    private Task<string?> StoredAsync(CancellationToken ct) => database.ReadAsync(ReadAsync, ct);

    private static Task<string?> ReadAsync(Session session) => session.ValueAsync<string>("SELECT value FROM instance WHERE key = @KeyName", new { KeyName });

    // Two machines may start together: the first one's key is everybody's.
    private async Task<string> MakeAsync(Session session)
    {
        var value = secrets.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await session.ExecuteAsync("INSERT INTO instance (key, value) VALUES (@KeyName, @value) ON CONFLICT (key) DO NOTHING", new { KeyName, value });
        return (await ReadAsync(session))!;
    }
}
