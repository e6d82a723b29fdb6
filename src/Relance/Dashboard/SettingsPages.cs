using System.Globalization;
using Relance.Operations;
using Relance.Operations.Backup;

namespace Relance.Dashboard;

/// <summary>Settings that a page can hold: the backup, and who has an account.</summary>
internal static class SettingsPages
{
    public static void MapSettings(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/settings", async (Accounts accounts, CancellationToken ct) => await PageAsync(accounts, Form.With(), StatusCodes.Status200OK, ct));
        pages.MapPost("/settings/backup", BackupAsync);
    }

    // Written to a file first: a download that breaks half-way through would look like a backup.
    private static async Task<IResult> BackupAsync(HttpContext http, Accounts accounts, Backups backups, Clocks clocks, CancellationToken ct)
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
            async refused => await PageAsync(accounts, form.Because(refused), Refusals.Status(refused), ct));
    }

    private static async Task<IResult> PageAsync(Accounts accounts, Form form, int status, CancellationToken ct) =>
        Show.Page<Pages.SettingsPage>(new { People = await accounts.ListAsync(ct), Form = form }, status);
}
