using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Operations;
using Relance.Operations.Backup;

namespace Relance.Api;

/// <summary>What became of the original of a restored instance.</summary>
/// <param name="NothingSentSince">It was stopped before the backup was made: everything goes on where it stood. Otherwise what may have left already is skipped.</param>
/// <param name="Shop">One of the restored shops; left out: all.</param>
public sealed record RestoreConfirmation(bool NothingSentSince, string? Shop = null);

/// <summary>Everything in one file, and back.</summary>
internal static class BackupRoutes
{
    private const string Zip = "application/zip";

    public static void MapBackups(this IEndpointRouteBuilder api)
    {
        var backups = api.MapGroup("").WithTags("Backup");
        backups.MapGet("/backup", SaveAsync).Produces<Stream>(contentType: Zip).Is("makeBackup", KeyScope.Admin, "Download a backup",
            "Everything, key ring included, made while the service runs. The setting Backup:Passphrase encrypts the key ring, and must be set.");
        backups.MapPost("/restore", RestoreAsync).Accepts<Stream>(Zip, "application/octet-stream").WithMetadata(new LongestBodyOf(null)).Is("restoreBackup", KeyScope.Admin, "Restore a backup",
            "All or nothing, into an instance without a shop, with the passphrase of the setting Backup:Passphrase. The keys of this instance give way to those of the backup, the one in use included. Nothing is sent until the restore is confirmed.");
        backups.MapPost("/restore/confirm", ConfirmAsync).Is("confirmRestore", KeyScope.Admin, "Let restored shops work",
            "Says that the original is stopped. Until then nothing is pulled, planned, sent or written for a restored shop.");
    }

    // A whole file first: half a backup under a 200 would be worse than none.
    private static async Task<FileStreamHttpResult> SaveAsync(Backups backups, Clocks clocks, CancellationToken ct)
    {
        var file = Temporary();
        try
        {
            await backups.WriteAsync(file, ct);
            file.Position = 0;
            return TypedResults.Stream(file, Zip, string.Create(CultureInfo.InvariantCulture, $"relance-{clocks.Real:yyyyMMdd-HHmm}.zip"));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task<Ok<RestoreReport>> RestoreAsync(Stream body, Backups backups, CancellationToken ct) =>
        TypedResults.Ok(await backups.RestoreAsync(body, ct));

    private static async Task<Ok<Listing<ShopBody>>> ConfirmAsync(RestoreConfirmation body, RestoredShops restored, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(new Listing<ShopBody>([.. (await restored.ConfirmAsync(body.Shop, body.NothingSentSince, http.User.Actor(), ct)).Select(ShopBody.Of)], null));

    private static FileStream Temporary()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Path.Combine(Path.GetTempPath(), $"relance-{Guid.CreateVersion7():N}.zip"), options);
    }
}
