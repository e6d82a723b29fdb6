using Relance.Agency;

namespace Relance.Evidence;

/// <summary>A file that is whole or not there at all, and for nobody else on the machine.</summary>
internal static class DossierFile
{
    /// <summary>Writes beside, flushes, then gives it its name.</summary>
    /// <param name="field">The option that names the file.</param>
    /// <param name="force">Takes the place of a file of that name.</param>
    /// <exception cref="RefusedException">A file of that name exists, or its folder does not.</exception>
    public static async Task<T> SaveAsync<T>(string field, string path, bool force, Func<Stream, Task<T>> write)
    {
        if (Directory.Exists(path) || (!force && File.Exists(path)))
            throw RefusedException.Conflict(field, $"expected a name that is free, or --force for a file; {path} exists");
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw RefusedException.Invalid(field, $"expected a folder that exists; {Path.GetDirectoryName(path)} does not");
        var part = $"{path}.{Guid.CreateVersion7():N}.part";
        try
        {
            T done;
            await using (var file = Create(part))
            {
                done = await write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, force);
            return done;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>A whole file at its beginning, gone once it is closed: half of one under a 200 would be worse than none.</summary>
    public static async Task<FileStream> WholeAsync<T>(Func<Stream, Task<T>> write)
    {
        var file = Create(Path.Combine(Path.GetTempPath(), $"relance-{Guid.CreateVersion7():N}.zip"), FileOptions.DeleteOnClose);
        try
        {
            await write(file);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static FileStream Create(string path, FileOptions more = FileOptions.None)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | more };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }
}
