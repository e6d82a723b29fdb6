using Microsoft.AspNetCore.Http.HttpResults;

namespace Relance.Api;

/// <summary>A key to make.</summary>
/// <param name="Name">What it is for: it names you in the journal.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="ExpiresAt">From when it no longer works; left out: never.</param>
public sealed record KeyOrder(string Name, KeyScope Scope, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>An example for the documentation.</summary>
    public static KeyOrder Example { get; } = new("crm", KeyScope.Act);
}

/// <summary>Access keys.</summary>
internal static class KeyRoutes
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys");
        keys.MapGet("/", ListAsync).Is("listKeys", KeyScope.Admin, "List the keys", "All access keys, revoked ones included, without the keys themselves.");
        keys.MapPost("/", MakeAsync).Is("makeKey", KeyScope.Admin, "Make a key", "The answer is the only place where the key can be read: it is stored as a hash.");
        keys.MapDelete("/{id}", RevokeAsync).Is("revokeKey", KeyScope.Admin, "Revoke a key", "It stops working with the next request, and cannot be revived.");
        api.MapGet("/key", OwnAsync).WithTags("Keys").Is("showOwnKey", KeyScope.Read, "Show the key in use", "What the key of this request is called, and what it may do.");
    }

    private static async Task<Ok<Listing<AccessKey>>> ListAsync(AccessKeys keys, CancellationToken ct) =>
        TypedResults.Ok(new Listing<AccessKey>(await keys.ListAsync(ct), null));

    private static async Task<Created<NewKey>> MakeAsync(KeyOrder body, AccessKeys keys, CancellationToken ct) =>
        TypedResults.Created((string?)null, await keys.MakeAsync(body.Name, body.Scope, body.ExpiresAt, ct));

    private static async Task<Ok<AccessKey>> RevokeAsync(string id, AccessKeys keys, CancellationToken ct) =>
        TypedResults.Ok(await keys.RevokeAsync(id, ct));

    private static async Task<Ok<AccessKey>> OwnAsync(HttpContext http, AccessKeys keys, CancellationToken ct) =>
        TypedResults.Ok((await keys.ListAsync(ct)).Single(key => key.Id == http.User.KeyId()));
}
