using System.Security.Cryptography;
using Relance.Agency;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Api;

/// <summary>The keys that open the API. They live on real time: no moved clock revives an expired one.</summary>
public sealed class AccessKeys(Database database, Clocks clocks)
{
    private const int LongestName = 100;
    private static readonly TimeSpan s_usedPrecision = TimeSpan.FromHours(1);
    // An unknown key costs the same comparison.
    private static readonly string s_decoy = new('0', 64);

    /// <summary>Makes a key; the answer is the only place where it can be read.</summary>
    /// <exception cref="RefusedException">The name is empty or longer than 100 characters, or it expires in the past.</exception>
    public async Task<NewKey> MakeAsync(string name, KeyScope scope, DateTimeOffset? expiresAt = null, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
            throw RefusedException.Invalid("name", $"expected what the key is for, in 1 to {LongestName} characters");
        if (expiresAt <= clocks.Real)
            throw RefusedException.Invalid("expiresAt", "expected an instant in the future");
        var (id, whole) = KeyText.Make();
        var row = new KeyRow { Id = id, Hash = Convert.ToHexStringLower(KeyText.Hash(whole)), Name = name.Trim(), Scope = KeyRow.Text(scope), CreatedAt = clocks.Real.Millis(), ExpiresAt = expiresAt?.Millis() };
        await database.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO access_key (id, hash, name, scope, created_at, expires_at) VALUES (@Id, @Hash, @Name, @Scope, @CreatedAt, @ExpiresAt)", row), ct);
        return new(whole, row.ToKey());
    }

    /// <summary>All keys, revoked ones included, the oldest first.</summary>
    public async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken ct = default) =>
        [.. (await database.ReadAsync(session => session.QueryAsync<KeyRow>($"SELECT {KeyRow.Columns} FROM access_key ORDER BY created_at, id"), ct)).Select(row => row.ToKey())];

    /// <summary>Ends a key from the next request on; a revoked one stays revoked.</summary>
    /// <exception cref="RefusedException">There is no such key.</exception>
    public async Task<AccessKey> RevokeAsync(string id, CancellationToken ct = default)
    {
        var row = await database.WriteAsync(session => session.FirstAsync<KeyRow>(
            $"UPDATE access_key SET revoked_at = COALESCE(revoked_at, @now) WHERE id = @id RETURNING {KeyRow.Columns}", new { id, now = clocks.Real.Millis() }), ct);
        return row?.ToKey() ?? throw RefusedException.NotFound("id", id);
    }

    /// <summary>The key that was presented, when it works; null otherwise, whatever is wrong with it.</summary>
    public async Task<AccessKey?> FindAsync(string presented, CancellationToken ct = default)
    {
        var id = KeyText.IdOf(presented);
        var row = id is null ? null : await database.ReadAsync(session => session.FirstAsync<KeyRow>($"SELECT {KeyRow.Columns} FROM access_key WHERE id = @id", new { id }), ct);
        var same = CryptographicOperations.FixedTimeEquals(KeyText.Hash(presented), Convert.FromHexString(row?.Hash ?? s_decoy));
        if (!same || row?.ToKey() is not { } key || !key.WorksAt(clocks.Real))
            return null;
        await UsedAsync(key, ct);
        return key;
    }

    // To the hour: otherwise every request that reads would write.
    private async Task UsedAsync(AccessKey key, CancellationToken ct)
    {
        var now = clocks.Real.Ticks;
        var hour = new DateTimeOffset(now - (now % s_usedPrecision.Ticks), TimeSpan.Zero);
        if (key.UsedAt >= hour)
            return;
        await database.WriteAsync(session => session.ExecuteAsync("UPDATE access_key SET used_at = @hour WHERE id = @Id", new { key.Id, hour = hour.Millis() }), ct);
    }
}
