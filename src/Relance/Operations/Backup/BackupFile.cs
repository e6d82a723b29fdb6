using Relance.Agency;

namespace Relance.Operations.Backup;

/// <summary>A backup as a file: whole or not there at all, and for nobody else on the machine.</summary>
internal static class BackupFile
{
    /// <summary>Writes beside, flushes, reads back, then gives it its name.</summary>
    /// <exception cref="RefusedException">A file of that name exists.</exception>
    public static async Task<BackupManifest> SaveAsync(Backups backups, string path, KeyCover cover, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        var part = path + ".part";
        foreach (var taken in new[] { path, part }.Where(Path.Exists))
            throw RefusedException.Conflict("file", $"expected a name that is free; {taken} exists");
        try
        {
            await using (var file = Create(part))
            {
                var manifest = await backups.WriteAsync(file, cover, progress, ct);
                file.Flush(flushToDisk: true);
                file.Position = 0;
                await Backups.VerifyAsync(file, cover.Passphrase, ct);
                File.Move(part, path, overwrite: false);
                return manifest;
            }
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }
}
