using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;
using Relance.Journal;
using Relance.Storage;

namespace Relance.Api;

/// <summary>Whether a shop's journal is whole.</summary>
/// <param name="Whole">Every entry fits the one before it, and none is missing.</param>
/// <param name="FirstBroken">The first entry that does not fit; null when whole.</param>
public sealed record JournalCheck(bool Whole, long? FirstBroken);

/// <summary>The evidence.</summary>
internal static class JournalRoutes
{
    public static void MapJournal(this IEndpointRouteBuilder api)
    {
        api.MapGet("/journal", ListAsync).WithTags("Journal").Is("listJournal", KeyScope.Read, "List the journal",
            "What was decided, sent, answered and changed, the newest first. Each shop has its own chain: give a shop or a subject.");
        api.MapGet("/shops/{id}/journal/check", CheckAsync).WithTags("Journal").Is("checkJournal", KeyScope.Read, "Check a journal",
            "Walks the shop's whole chain of hashes. Takes seconds on a long one.");
    }

    private static async Task<Ok<Listing<JournalItem>>> ListAsync(
        string? shop, string? subject, string? kind, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.JournalAsync(new(shop, subject, kind, page.After, page.Size), ct), item => item);

    private static async Task<Ok<JournalCheck>> CheckAsync(string id, Database database, CancellationToken ct)
    {
        await database.ShopAsync(id, ct);
        var broken = await database.ReadAsync(session => JournalWriter.FirstBrokenAsync(session, id), ct);
        return TypedResults.Ok(new JournalCheck(broken is null, broken));
    }
}
