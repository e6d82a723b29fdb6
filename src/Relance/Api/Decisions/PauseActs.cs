using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>A pause to make.</summary>
/// <param name="Scope">What it is about.</param>
/// <param name="ScopeId">The id of the shop, client or contract; left out for <c>all</c>.</param>
/// <param name="Until">The first local day on which reminders may go again; two years ahead at most.</param>
/// <param name="Reason">In the person's words.</param>
public sealed record PauseOrder(PauseScope Scope, DateOnly Until, string Reason, string? ScopeId = null)
{
    /// <summary>An example for the documentation.</summary>
    public static PauseOrder Example { get; } = new(PauseScope.Client, ApiExample.Day.AddDays(14), "On holiday until the 30th", ApiExample.Id);
}

/// <summary>A pause that was made.</summary>
/// <param name="Id">Its id.</param>
public sealed record PauseMade(string Id)
{
    /// <summary>An example for the documentation.</summary>
    public static PauseMade Example { get; } = new(ApiExample.Id);
}

/// <summary>Pauses.</summary>
internal static class PauseActs
{
    public static void MapPauseActs(this IEndpointRouteBuilder api)
    {
        var pauses = api.MapGroup("/pauses").WithTags("Pauses");
        pauses.MapPost("/", AddAsync).Is("addPause", KeyScope.Act, "Pause reminders", "What is planned is withdrawn at once. Legal notices and confirmations are never paused. A second pause of the same thing replaces the first.");
        pauses.MapDelete("/{id}", RemoveAsync).Is("removePause", KeyScope.Act, "End a pause", "What it held is looked at again at once.");
    }

    private static async Task<Created<PauseMade>> AddAsync(PauseOrder body, Pauses pauses, HttpContext http, CancellationToken ct) =>
        TypedResults.Created($"{ApiRoutes.Root}/pauses", new PauseMade(await pauses.AddAsync(body.Scope, body.ScopeId, body.Until, body.Reason, http.User.Actor(), ct)));

    private static async Task<NoContent> RemoveAsync(string id, Pauses pauses, HttpContext http, CancellationToken ct)
    {
        await pauses.RemoveAsync(id, http.User.Actor(), ct);
        return TypedResults.NoContent();
    }
}
