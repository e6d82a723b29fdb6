using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Import;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Api;

/// <summary>Contracts as a CSV file.</summary>
internal static class CsvRoutes
{
    private const string Csv = "text/csv";
    private const int LongestFile = 10 * 1024 * 1024;

    public static void MapCsv(this IEndpointRouteBuilder api)
    {
        var shops = api.MapGroup("/shops/{id}").WithTags("Import and export");
        shops.MapPost("/import", ImportAsync).Accepts<Stream>(Csv).WithMetadata(new LongestBodyOf(LongestFile)).Is("importContracts", KeyScope.Act, "Import contracts",
            "A CSV file of at most 10 MB. With `dryRun=true` it only says what would happen. Rows with faults are left out and listed by line and column; with `strict=true` one fault and no row is written. The same file again changes nothing.");
        shops.MapGet("/export", ExportAsync).Produces<Stream>(contentType: Csv).Is("exportContracts", KeyScope.Read, "Export contracts", "All contracts of the shop, in the columns that an import reads.");
    }

    private static async Task<Ok<ImportReport>> ImportAsync(string id, bool? dryRun, bool? strict, Stream body, CsvImport import, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(await import.RunAsync(id, body, dryRun ?? false, http.User.Actor(), ct, strict ?? false));

    private static async Task<PushStreamHttpResult> ExportAsync(string id, Database database, CsvExport export, Clocks clocks, CancellationToken ct)
    {
        await database.ShopAsync(id, ct);
        return TypedResults.Stream(to => export.WriteAsync(id, to, ct), Csv, string.Create(CultureInfo.InvariantCulture, $"contracts-{clocks.Now:yyyyMMdd}.csv"));
    }
}
