using System.Globalization;
using Relance.Operations.Heartbeats;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Operations;

/// <summary>The part of <see cref="Doctor"/> that looks at this machine: folder, disk, key ring, backups, jobs.</summary>
internal sealed class MachineDoctor(RelanceSettings settings, Database database, Clocks clocks)
{
    private const long Megabyte = 1024 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private static readonly TimeSpan s_silent = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_oldBackup = TimeSpan.FromDays(7);

    /// <summary>What is to be said; nothing where all is well.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<LinkedShop> shops, CancellationToken ct)
    {
        var (backup, heartbeat, oldest) = await database.ReadAsync(async session => (
            await session.ValueAsync<string>("SELECT value FROM instance WHERE key = @LastKey", new { Backups.LastKey }),
            (await HeartbeatStore.AllAsync(session)).Max(run => (long?)run.StartedAt),
            await session.ValueAsync<long?>("SELECT MIN(created_at) FROM shop")), ct);
        return [.. Folder(shops.Count > 0), .. Restored(shops), .. BackupAge(backup, oldest), .. Service(heartbeat)];
    }

    private IEnumerable<Finding> Folder(bool linked)
    {
        if (!Directory.Exists(settings.DataFolder))
            yield break;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(settings.DataFolder) & Others) != UnixFileMode.None)
            yield return Finding.Warning("data folder", "Other users of this machine may look into it: clients' addresses and mails are there.", $"chmod 700 {settings.DataFolder}");
        var free = new DriveInfo(settings.DataFolder).AvailableFreeSpace / Megabyte;
        if (free < 1024)
            yield return new Finding("disk", free < 100 ? FindingLevel.Fault : FindingLevel.Warning, $"{free} MB are free where the data folder lies: without space nothing can be recorded, and so nothing is sent.", "Make room, or move the data folder.");
        if (linked && !settings.IsPostgres && (!Directory.Exists(KeyRing.Folder(settings)) || Directory.GetFiles(KeyRing.Folder(settings), "*.xml").Length == 0))
            yield return Finding.Warning("key ring", $"{KeyRing.Folder(settings)} is empty: the stored keys of the shops cannot be read.", "Restore the folder 'keys' from a backup, or link the shops again.");
    }

    private static IEnumerable<Finding> Restored(IReadOnlyList<LinkedShop> shops) => shops.Where(shop => shop.RestoredAt is not null).Select(shop =>
        Finding.Fault($"shop {shop.Url}", "Restored from a backup: nothing is done for it yet.", "Stop the original for good, then: relance restore confirm"));

    private IEnumerable<Finding> BackupAge(string? last, long? oldestShop)
    {
        var since = last is null ? oldestShop : long.Parse(last, CultureInfo.InvariantCulture);
        if (since is { } at && clocks.Real - Values.Instant(at) is var age && age > s_oldBackup)
            yield return Finding.Warning("backup", last is null ? "No backup was ever made." : $"The last backup is {age.Days} days old.", "relance backup FILE --passphrase-file …, best each night, kept on another machine.");
    }

    private IEnumerable<Finding> Service(long? heartbeat)
    {
        if (heartbeat is { } at && clocks.Real - Values.Instant(at) is var silent && silent > s_silent)
            yield return Finding.Warning("service", $"No job has run since {Values.Instant(at):u}: the service does not run, or not with this database.", "relance serve");
    }
}
