using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Operations.Heartbeats;
using Relance.Storage;

namespace Relance.Operations;

/// <summary>Routes for load balancers, supervisors and monitors; public, and silent about everything but whether the work is done.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<Results<JsonHttpResult<Readiness>, StatusCodeHttpResult>> ReadyAsync(
        Database database, Beats beats, Alarms alarms, Clocks clocks, HttpResponse response, ILogger<Database> logger, CancellationToken ct)
    {
        try
        {
            await database.ReadAsync(session => session.ValueAsync<long>("SELECT COUNT(*) FROM migration"), ct);
        }
        catch (DbException fault)
        {
            logger.DatabaseUnavailable(fault);
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        // Whoever plays with a moved clock must be able to see where it stands.
        if (clocks.Business is MovedClock)
            response.Headers["Relance-Clock"] = clocks.Now.ToString("O", CultureInfo.InvariantCulture);
        var ages = beats.Ages();
        var status = ages.Any(age => age.IsStale) ? "stale" : alarms.Unheard ? "alarm not delivered" : "ready";
        return TypedResults.Json(
            new Readiness(status, [.. ages.Select(age => new JobReadiness(age.Job.Name, (long)age.Age.TotalSeconds, (long)age.Job.Limit.TotalSeconds, age.Failures))]),
            statusCode: status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Whether the work is done.</summary>
    /// <param name="Status"><c>ready</c>; <c>stale</c>: a job has not succeeded within its limit; <c>alarm not delivered</c>.</param>
    private sealed record Readiness(string Status, IReadOnlyList<JobReadiness> Jobs);

    /// <summary>A job of this process; no jobs where nothing is scheduled.</summary>
    private sealed record JobReadiness(string Job, long SecondsSinceSuccess, long LimitSeconds, long FailuresInARow);
}
