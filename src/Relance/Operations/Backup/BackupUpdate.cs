using Relance.Storage;

namespace Relance.Operations.Backup;

/// <summary>A backup of an older schema, brought up to date: loaded into a scratch database at its own schema, migrated there, and saved anew.</summary>
internal sealed class BackupUpdate : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly FileStream _file;

    private BackupUpdate(DirectoryInfo folder, FileStream file, BackupReader backup) => (_folder, _file, Backup) = (folder, file, backup);

    public BackupReader Backup { get; }

    public static async Task<BackupUpdate> MakeAsync(BackupReader old, RelanceSettings settings, Clocks clocks, CancellationToken ct)
    {
        // Made for this user only, and emptied at the end: clients' data passes through it.
        var folder = Directory.CreateTempSubdirectory("relance-restore-");
        try
        {
            var file = new FileStream(Path.Combine(folder.FullName, "updated"), FileMode.CreateNew, FileAccess.ReadWrite);
            await using (var scratch = new Database($"Data Source={Path.Combine(folder.FullName, "scratch.db")}"))
            {
                await Migrator.MigrateAsync(scratch, old.Manifest.Schema, ct);
                await scratch.WriteAsync(session => BackupLoader.LoadAsync(session, old, progress: null, ct), ct);
                await Migrator.MigrateAsync(scratch, ct);
                var alone = settings with { Database = "", DataFolder = folder.FullName };
                await new BackupWriter(scratch, alone, clocks.System, progress: null).WriteAsync(file, KeyCover.Plain, ct);
            }
            return new(folder, file, await BackupReader.OpenAsync(file, ct));
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Backup.DisposeAsync();
        await _file.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
