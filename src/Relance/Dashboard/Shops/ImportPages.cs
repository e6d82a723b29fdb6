using Relance.Agency;
using Relance.Import;
using Relance.Shops;

namespace Relance.Dashboard;

/// <summary>Importing contracts: first what the file would do, with each fault by line and column; then, on a yes, doing it.</summary>
internal static class ImportPages
{
    public static void MapImport(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/shops/{id}/import", async (string id, ShopLinker linker, CancellationToken ct) =>
            Show.Page<Pages.ImportPage>(new { Shop = await ShopPages.FindAsync(linker, id, ct), Form = Form.With() }));
        pages.MapPost("/shops/{id}/import", ImportAsync);
        pages.MapGet("/shops/{id}/export", async (string id, HttpContext http, ShopLinker linker, CsvExport export, CancellationToken ct) =>
        {
            await ShopPages.FindAsync(linker, id, ct);
            return TypedResults.Stream(to => export.WriteAsync(id, to, http.RequestAborted), "text/csv; charset=utf-8", "contracts.csv");
        });
    }

    private static async Task<IResult> ImportAsync(string id, HttpContext http, CsvImport import, ImportDrafts drafts, ShopLinker linker, CancellationToken ct)
    {
        var shop = await ShopPages.FindAsync(linker, id, ct);
        var form = await Form.ReadAsync(http, ct);
        var confirmed = form.Optional("draft");
        return await Show.AfterAsync(
            async () =>
            {
                var csv = confirmed is null ? await FileAsync(http, ct) : drafts.Find(id, confirmed) ?? throw RefusedException.Conflict("file", Words.Say("choisissez le fichier à nouveau", "choose the file again"));
                using var stream = new MemoryStream(csv);
                var report = await Acting.DoAsync(() => import.RunAsync(id, stream, dryRun: confirmed is null, SessionHandler.ActorOf(http), ct));
                return confirmed is null
                    ? Show.Page<Pages.ImportPage>(new { Shop = shop, Form = form, Report = report, Draft = drafts.Keep(id, csv) })
                    : Show.Next(http, "/contracts", new Flash(Words.Say($"Importé : {report.Made} ajoutés, {report.Changed} modifiés, {report.FaultyRows} lignes laissées de côté.", $"Imported: {report.Made} made, {report.Changed} changed, {report.FaultyRows} rows left out.")));
            },
            refused => Task.FromResult<IResult>(Show.Page<Pages.ImportPage>(new { Shop = shop, Form = form.Because(refused) }, Refusals.Status(refused))));
    }

    private static async Task<byte[]> FileAsync(HttpContext http, CancellationToken ct)
    {
        var file = (await http.Request.ReadFormAsync(ct)).Files["file"];
        if (file is null or { Length: 0 })
            throw RefusedException.Invalid("file", Words.Say("un fichier CSV", "a CSV file"));
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, ct);
        return copy.ToArray();
    }
}
