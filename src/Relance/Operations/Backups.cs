using Relance.Agency;
using Relance.Journal;
using Relance.Operations.Backup;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Operations;

/// <summary>What a restore brought back.</summary>
/// <param name="Manifest">The backup's own description.</param>
/// <param name="Shops">Addresses of the shops; each waits for <see cref="RestoredShops.ConfirmAsync"/>.</param>
/// <param name="BrokenChains">Shops whose journal was broken already when the backup was made; usually none.</param>
public sealed record RestoreReport(BackupManifest Manifest, IReadOnlyList<string> Shops, IReadOnlyList<string> BrokenChains);

/// <summary>Backups of everything, key ring included, into one file that restores on SQLite and on PostgreSQL. Made while the service runs.</summary>
/// <param name="restored">Called once a backup is in: what a running service remembers of its start is not true any more.</param>
public sealed class Backups(Database database, RelanceSettings settings, Clocks clocks, Func<CancellationToken, Task>? restored = null)
{
    /// <summary>Where the instance remembers its last backup.</summary>
    internal const string LastKey = "local:last-backup";

    /// <summary>Writes a backup whose key ring is encrypted by the setting <c>Backup:Passphrase</c>.</summary>
    /// <exception cref="RefusedException">The setting is missing.</exception>
    public Task WriteAsync(Stream to, CancellationToken ct) => WriteAsync(to, CoverFromSettings(), progress: null, ct);

    /// <summary>Writes a backup.</summary>
    /// <returns>What is in it.</returns>
    public async Task<BackupManifest> WriteAsync(Stream to, KeyCover cover, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        var manifest = await new BackupWriter(database, settings, clocks.System, progress).WriteAsync(to, cover, ct);
        await database.WriteAsync(s => s.ExecuteAsync(
            "INSERT INTO instance (key, value) VALUES (@LastKey, @At) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            new { LastKey, At = manifest.MadeAt.ToString(System.Globalization.CultureInfo.InvariantCulture) }), ct);
        return manifest;
    }

    /// <summary>Reads a whole backup and compares every part with its hash; opens the key ring.</summary>
    /// <exception cref="RefusedException">It is not whole, or the passphrase is another.</exception>
    public static async Task<BackupManifest> VerifyAsync(Stream from, string? passphrase, CancellationToken ct)
    {
        await using var backup = await BackupReader.OpenAsync(from, ct);
        await backup.VerifyAsync(passphrase, ct);
        return backup.Manifest;
    }

    /// <summary>Restores with the passphrase of the setting <c>Backup:Passphrase</c>.</summary>
    /// <inheritdoc cref="RestoreAsync(Stream, string?, IProgress{BackupProgress}?, CancellationToken)"/>
    public Task<RestoreReport> RestoreAsync(Stream from, CancellationToken ct) => RestoreAsync(from, settings.Backup.Passphrase, progress: null, ct);

    /// <summary>Restores, all or nothing, into an instance without a shop; its own accounts and keys give way to those of the backup.</summary>
    /// <exception cref="RefusedException">A shop is linked here, the file is not whole or of a newer Relance, or the passphrase is another. Nothing was changed.</exception>
    public async Task<RestoreReport> RestoreAsync(Stream from, string? passphrase, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        await database.ReadAsync(ExpectNoShopAsync, ct);
        await using var backup = await BackupReader.OpenAsync(from, ct);
        var newest = Migrator.Newest(database.Dialect);
        if (backup.Manifest.Schema > newest)
            throw RefusedException.Invalid("backup", $"expected schema {newest} or older, got {backup.Manifest.Schema}: install the newer Relance");
        var keys = await backup.VerifyAsync(passphrase, ct);
        var report = backup.Manifest.Schema == newest
            ? await LoadAsync(backup, backup.Manifest, keys, progress, ct)
            : await UpdateAsync(backup, keys, progress, ct);
        if (restored is not null)
            await restored(CancellationToken.None);
        return report;
    }

    /// <summary>The cover that the settings ask for.</summary>
    /// <exception cref="RefusedException">None is set.</exception>
    internal KeyCover CoverFromSettings() => settings.Backup.Passphrase is { } passphrase
        ? KeyCover.With(passphrase)
        : throw RefusedException.Invalid("passphrase", "expected the setting Backup:Passphrase, best as the variable Relance__Backup__Passphrase: it encrypts the key ring in the backup");

    // An older backup is brought up to date in a database of its own: our migrations are then the same as ever.
    private async Task<RestoreReport> UpdateAsync(BackupReader backup, IReadOnlyList<SavedKey> keys, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        await using var updated = await BackupUpdate.MakeAsync(backup, settings, clocks, ct);
        return await LoadAsync(updated.Backup, backup.Manifest, keys, progress, ct);
    }

    private async Task<RestoreReport> LoadAsync(BackupReader backup, BackupManifest original, IReadOnlyList<SavedKey> keys, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        Action forgetKeys = () => { };
        try
        {
            return await database.WriteAsync(async session =>
            {
                await ExpectNoShopAsync(session);
                await BackupLoader.LoadAsync(session, backup, progress, ct);
                var shops = await LinkedShop.AllAsync(session);
                if (clocks.Business is MovedClock && shops.FirstOrDefault(shop => shop is { Mode: "live", Test: 0 }) is { } live)
                    throw RefusedException.Conflict("backup", $"expected a service whose clock is not moved: {live.Url} is a real shop, and live");
                var broken = new List<string>();
                foreach (var shop in shops)
                {
                    if (await JournalWriter.FirstBrokenAsync(session, shop.Id) is not null)
                        broken.Add(shop.Url);
                }
                await RestoredShops.MarkAsync(session, settings, original, clocks);
                // Last, right before the commit: a database without its keys would be worth little.
                forgetKeys = await KeyRingCopy.WriteAsync(session, settings, keys);
                return new RestoreReport(original, [.. shops.Select(shop => shop.Url)], broken);
            }, ct);
        }
        catch
        {
            forgetKeys();
            throw;
        }
    }

    private static async Task<bool> ExpectNoShopAsync(Session session) => await session.ValueAsync<long>("SELECT COUNT(*) FROM shop") == 0
        ? true
        : throw RefusedException.Conflict("backup", "expected an instance without a shop: a restore never mixes with what is there. Use an empty database and an empty data folder");
}
