using Microsoft.AspNetCore.Http.Metadata;

namespace Relance.Api;

/// <summary>The REST API under <c>/api/v1</c>: a thin skin over the services that the command line and the pages use as well.</summary>
internal static class ApiRoutes
{
    /// <summary>Where it begins.</summary>
    public const string Root = "/api/v1";

    /// <summary>Bytes of a body, at most, where an operation says nothing else.</summary>
    public const long LongestBody = 64 * 1024;

    /// <summary>Middleware of the API: keys, problems, idempotency. Before the routes.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseWhen(IsApi, api => api.Use(Headers).UseMiddleware<ApiFaults>());
        app.UseAuthentication();
        app.UseAuthorization();
        // Faults inside as well: a refusal is an answer to keep.
        app.UseWhen(IsApi, api => api.UseMiddleware<Idempotency>().UseMiddleware<ApiFaults>().UseStatusCodePages(Problems.WriteAsync));
        return app;
    }

    /// <summary>Maps every operation, and the document that describes them.</summary>
    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).RequireAuthorization(ScopeRequirement.Policy).WithMetadata(new LongestBodyOf(LongestBody));
        api.MapKeys();
        api.MapShops();
        api.MapInvitations();
        api.MapModes();
        api.MapCsv();
        api.MapIdentities();
        api.MapForesight();
        api.MapContractReads();
        api.MapMessages();
        api.MapDecisionReads();
        api.MapContractActs();
        api.MapTacitActs();
        api.MapPersons();
        api.MapApprovalActs();
        api.MapTaskActs();
        api.MapPauseActs();
        api.MapLaw();
        api.MapJournal();
        api.MapBackups();
        routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(ScopeRequirement.Policy).Needs(KeyScope.Read);
        return routes;
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || http.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    private static Task Headers(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        return next(http);
    }
}

/// <summary>Bytes that the body of an operation may have.</summary>
internal sealed record LongestBodyOf(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
