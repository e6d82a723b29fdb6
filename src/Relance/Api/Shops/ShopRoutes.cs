using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;
using Relance.Shops;
using Relance.Storage;
using Relance.Sync;

namespace Relance.Api;

/// <summary>Shops and the links to them.</summary>
internal static class ShopRoutes
{
    public static void MapShops(this IEndpointRouteBuilder api)
    {
        var shops = api.MapGroup("/shops").WithTags("Shops");
        shops.MapGet("/", ListAsync).Is("listShops", KeyScope.Read, "List the linked shops", "The oldest first; all in one page.");
        shops.MapGet("/{id}", GetAsync).Is("getShop", KeyScope.Read, "Show a shop", "One linked shop, without its keys.");
        shops.MapPost("/", LinkAsync).Is("linkShop", KeyScope.Admin, "Link a shop",
            "Asks the shop who it is, makes its webhooks and stores the link, in dry run, with today as baseline: what is due already is never mailed.");
        shops.MapPost("/{id}/check", CheckAsync).Is("checkShop", KeyScope.Act, "Check a link", "Asks the shop who it is, measures its clock and mends its webhooks.");
        shops.MapPost("/{id}/sync", SyncAsync).Is("syncShop", KeyScope.Act, "Pull what changed", "Reads what changed in the shop since the last pull, now.");
    }

    /// <summary>The shop, or the problem that says there is none.</summary>
    public static async Task<LinkedShop> ShopAsync(this Database database, string id, CancellationToken ct) =>
        await database.ReadAsync(session => LinkedShop.FindAsync(session, id), ct) ?? throw RefusedException.NotFound("id", id);

    private static async Task<Ok<Listing<ShopBody>>> ListAsync(ShopLinker linker, CancellationToken ct) =>
        TypedResults.Ok(new Listing<ShopBody>([.. (await linker.ListAsync(ct)).Select(ShopBody.Of)], null));

    private static async Task<Ok<ShopBody>> GetAsync(string id, Database database, CancellationToken ct) =>
        TypedResults.Ok(ShopBody.Of(await database.ShopAsync(id, ct)));

    private static async Task<Created<ShopBody>> LinkAsync(ShopOrder body, ShopLinker linker, CancellationToken ct)
    {
        var shop = ShopBody.Of(await linker.AddAsync(body.ToRequest(), ct));
        return TypedResults.Created($"{ApiRoutes.Root}/shops/{shop.Id}", shop);
    }

    private static async Task<Ok<LinkCheckBody>> CheckAsync(string id, ShopLinker linker, CancellationToken ct) =>
        TypedResults.Ok(LinkCheckBody.Of(await linker.CheckAsync(id, ct)));

    private static async Task<Ok<SyncBody>> SyncAsync(string id, Database database, ShopPull pull, CancellationToken ct) =>
        TypedResults.Ok(new SyncBody(await pull.SyncAsync(await database.ShopAsync(id, ct), ct)));
}
