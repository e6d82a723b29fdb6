namespace Relance.Operations;

/// <summary>Routes for load balancers and supervisors; public, and silent about everything else.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health/live", () => TypedResults.Text("live"));
}
