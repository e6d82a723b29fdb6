using System.Globalization;
using Relance.Operations;
using Relance.Operations.Backup;
using Relance.Shops;

namespace Relance.Dashboard;

/// <summary>Settings that a page can hold: the backup, and who has an account.</summary>
internal sealed class SettingsPages(Accounts accounts, ShopLinker linker)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/settings", (SettingsPages settings, CancellationToken ct) => settings.PageAsync(Form.With(), StatusCodes.Status200OK, ct));
        pages.MapPost("/settings/backup", BackupAsync);
    }

    /// <summary>The page; without a shop there is nothing to save, and a backup may be restored.</summary>
    public async Task<IResult> PageAsync(Form form, int status, CancellationToken ct) =>
        Show.Page<Pages.SettingsPage>(new { People = await accounts.ListAsync(ct), Form = form, MayRestore = (await linker.ListAsync(ct)).Count == 0 }, status);

    // Written to a file first: a download that breaks half-way through would look like a backup.
    private static async Task<IResult> BackupAsync(HttpContext http, SettingsPages pages, Backups backups, Clocks clocks, CancellationToken ct)
    {
        var form = await Form.ReadAsync(http, ct);
        return await Show.AfterAsync(
            async () =>
            {
                var cover = KeyCover.With(form.Raw("passphrase"));
                var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
                http.Response.RegisterForDisposeAsync(file);
                await backups.WriteAsync(file, cover, progress: null, ct);
                file.Position = 0;
                return TypedResults.File(file, "application/zip", string.Create(CultureInfo.InvariantCulture, $"relance-{clocks.Real:yyyy-MM-dd-HHmm}.zip"));
            },
            refused => pages.PageAsync(form.Because(refused), Refusals.Status(refused), ct));
    }
}
