using System.Data.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Storage;

namespace Relance.Operations;

/// <summary>Routes for load balancers and supervisors; public, and silent about everything else.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult>> ReadyAsync(Database database, Clocks clocks, HttpResponse response, ILogger<Database> logger, CancellationToken ct)
    {
        try
        {
            await database.ReadAsync(session => session.ValueAsync<long>("SELECT COUNT(*) FROM migration"), ct);
            // Whoever plays with a moved clock must be able to see where it stands.
            if (clocks.Business is MovedClock)
                response.Headers["Relance-Clock"] = clocks.Now.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            return TypedResults.Text("ready");
        }
        catch (DbException fault)
        {
            logger.DatabaseUnavailable(fault);
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
