using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;
using Relance.Shops;

namespace Relance.Api;

/// <summary>What a shop's reminders are to do.</summary>
/// <param name="Mode"><c>dry-run</c>, <c>redirect</c> or <c>live</c>.</param>
/// <param name="Fingerprint">Of the list that is confirmed, from the going-live report: needed for <c>live</c>.</param>
/// <param name="AllowSuspension">Whether the suspension and what follows it leave without approval; as in the report.</param>
public sealed record ModeOrder(string Mode, string? Fingerprint = null, bool AllowSuspension = false)
{
    /// <summary>An example for the documentation.</summary>
    public static ModeOrder Example { get; } = new("live", "9f2c4e7a1b3d5f60");
}

/// <summary>Dry run, redirect, live.</summary>
internal static class ModeRoutes
{
    public static void MapModes(this IEndpointRouteBuilder api)
    {
        var shops = api.MapGroup("/shops/{id}").WithTags("Shops");
        shops.MapGet("/going-live", ReportAsync).Is("showGoingLive", KeyScope.Admin, "List what going live would send",
            "Asks the shop, the mail server and DNS; says what blocks and what to know, and lists the next 30 days message by message, as of going live today. Changes nothing for clients.");
        shops.MapPut("/mode", SetAsync).Is("setMode", KeyScope.Admin, "Change the mode of a shop",
            "`live` needs the fingerprint of the going-live report; when the list is another one by now, 409. Going back to `redirect` or `dry-run` is always possible, and voids what waits. Each change sets the baseline to today.");
    }

    private static async Task<Ok<GoingLiveReport>> ReportAsync(string id, bool? allowSuspension, GoingLive going, CancellationToken ct) =>
        TypedResults.Ok(await going.CheckAsync(id, ct, allowSuspension ?? false));

    private static async Task<Ok<ShopBody>> SetAsync(string id, ModeOrder body, GoingLive going, ShopLinker linker, HttpContext http, CancellationToken ct)
    {
        if (body.Mode != "live")
            return TypedResults.Ok(ShopBody.Of((await linker.ChangeModeAsync(id, body.Mode, http.User.Actor(), ct)).Shop));
        if (body.Fingerprint is null)
            throw RefusedException.Invalid("fingerprint", "expected that of the going-live report, once somebody has read the list");
        return TypedResults.Ok(ShopBody.Of(await going.ConfirmAsync(id, body.Fingerprint, http.User.Actor(), ct, body.AllowSuspension)));
    }
}
