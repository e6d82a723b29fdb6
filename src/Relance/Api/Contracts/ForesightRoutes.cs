using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Reminders;

namespace Relance.Api;

/// <summary>What will go out, and why.</summary>
internal static class ForesightRoutes
{
    public static void MapForesight(this IEndpointRouteBuilder api)
    {
        api.MapGet("/foresight", RunAsync).WithTags("Foresight").Is("showForesight", KeyScope.Read, "Show what will go out",
            "Day by day on the real calendar, if nobody pays and nothing changes; the same code as the going-live list. 30 days when left out.");
        api.MapGet("/contracts/{id}/explanation", ExplainAsync).WithTags("Foresight").Is("explainContract", KeyScope.Read, "Explain a contract's steps",
            "Every step of the open term: when it is due and why, what became of it, and what would have to change. The id, or the reference that mails print.");
    }

    private static async Task<Ok<ForesightReport>> RunAsync(int? days, string? shop, string? client, Foresight foresight, CancellationToken ct) =>
        TypedResults.Ok(await foresight.RunAsync(days ?? 30, shop, client, ct));

    private static async Task<Ok<Explanation>> ExplainAsync(string id, Foresight foresight, CancellationToken ct) => TypedResults.Ok(await foresight.ExplainAsync(id, ct));
}
