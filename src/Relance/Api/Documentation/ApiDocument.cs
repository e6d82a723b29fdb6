using Microsoft.OpenApi;

namespace Relance.Api;

/// <summary><c>/openapi/v1.json</c>: every operation, told by the routes themselves.</summary>
internal static class ApiDocument
{
    private const string Description =
        """
        Maintenance renewals of WooCommerce clients: what is due, what was sent, and the decisions that are a person's.

        Dates are `yyyy-MM-dd` in the shop's time zone, instants RFC 3339 in UTC, amounts minor units with their currency.
        Lists come in pages: give the `next` of one as `after` of the following. Problems are RFC 9457 with the `field` at fault.
        A POST with an `Idempotency-Key` is done once; its answer is given again for 24 hours.
        """;

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = operation => $"/{operation.RelativePath}".StartsWith(ApiRoutes.Root + "/", StringComparison.Ordinal);
        options.AddDocumentTransformer((document, _, _) => Complete(document));
        options.AddOperationTransformer(OperationDocument.CompleteAsync);
    });

    private static Task Complete(OpenApiDocument document)
    {
        document.Info = new() { Title = "Relance", Version = "v1", Description = Description, License = new() { Name = "MIT", Identifier = "MIT" } };
        // Where it is served: the address differs with each agency.
        document.Servers = [new() { Url = "/" }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [KeyAuthentication.Scheme_] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An access key, made with `relance key make --name X --scope read|act|admin`. act includes read, admin includes both.",
            },
        };
        return Task.CompletedTask;
    }
}
