using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Evidence;
using Relance.Privacy;

namespace Relance.Api;

/// <summary>Somebody asks to be forgotten.</summary>
/// <param name="Reason">Why, without naming the person; it is journaled.</param>
/// <param name="DryRun">Only say what would be erased.</param>
public sealed record ErasureOrder(string Reason, bool DryRun = false)
{
    /// <summary>An example for the documentation.</summary>
    public static ErasureOrder Example { get; } = new("Asked for by letter of 12 December");
}

/// <summary>What persons may ask for (GDPR), and the evidence of a contract.</summary>
internal static class PersonRoutes
{
    private const string Zip = "application/zip";

    public static void MapPersons(this IEndpointRouteBuilder api)
    {
        var clients = api.MapGroup("/clients/{id}").WithTags("Clients");
        clients.MapGet("/export", ExportAsync).Produces<Stream>(contentType: Zip).Is("exportClient", KeyScope.Admin, "Everything held about a person",
            "A zip: person.json, and each mail byte for byte. A person is everybody behind the client's address, in all shops.");
        clients.MapPost("/erase", EraseAsync).Is("eraseClient", KeyScope.Admin, "Forget a person",
            "Name, address and notes at once, in all shops; mails and server answers of a contract once its limitation period is over. Cannot be undone. Refused while a contract runs. With `dryRun` it only says what it would do.");
        api.MapGet("/contracts/{id}/evidence", EvidenceAsync).Produces<Stream>(contentType: Zip).WithTags("Contracts").Is("exportEvidence", KeyScope.Read, "What proves a contract's story",
            "A zip with every mail, server answer and computation, and the shop's journal with other clients' entries as digests only. `relance evidence verify` checks it anywhere.");
    }

    private static async Task<FileStreamHttpResult> ExportAsync(string id, PersonExport export, CancellationToken ct) =>
        TypedResults.Stream(await DossierFile.WholeAsync(to => export.WriteZipAsync(id, to, ct)), Zip, $"client-{id}.zip");

    private static async Task<Ok<ErasureReport>> EraseAsync(string id, ErasureOrder body, Erasure erasure, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(await (body.DryRun ? erasure.PreviewAsync(id, ct) : erasure.EraseAsync(id, body.Reason, http.User.Actor(), ct)));

    private static async Task<FileStreamHttpResult> EvidenceAsync(string id, Dossiers dossiers, CancellationToken ct) =>
        TypedResults.Stream(await DossierFile.WholeAsync(to => dossiers.WriteAsync(id, to, "fr", pdf: true, ct)), Zip, dossiers.FileName(id));
}
