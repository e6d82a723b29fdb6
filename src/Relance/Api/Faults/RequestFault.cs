using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Relance.Api;

/// <summary>What is wrong with a request before its operation saw it.</summary>
internal static partial class RequestFault
{
    public static (Problem Problem, string Detail, string? Field) Of(HttpContext http, BadHttpRequestException fault)
    {
        if (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
            return (Problem.TooLarge, TooLarge(http), "body");
        if (fault.StatusCode == StatusCodes.Status415UnsupportedMediaType)
            return (Problem.WrongContentType, WrongContentType(http), "Content-Type");
        // "Failed to bind parameter "Nullable<int> limit" from "abc"." and "Required parameter "string id" was not provided …"
        if (Parameter().Match(fault.Message) is { Success: true } match && match.Groups["name"].Value != "body")
        {
            // A property of a parameter object is named as such.
            var name = JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value);
            return (Problem.Invalid, $"{name}: expected {Expected(http, name)}.", name);
        }
        return (Problem.BadJson, "body: expected one JSON document.", "body");
    }

    public static string TooLarge(HttpContext http) => string.Create(CultureInfo.InvariantCulture,
        $"body: expected at most {http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? ApiRoutes.LongestBody} bytes.");

    public static string WrongContentType(HttpContext http) => $"Content-Type: expected {string.Join(" or ", Accepted(http).DefaultIfEmpty("application/json"))}.";

    // Routing has put an endpoint of its own, which says nothing, in the place of the one that takes another kind.
    private static IEnumerable<string> Accepted(HttpContext http) => http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(http.Request.Method) == true
            && new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(http.Request.Path, []))
        .SelectMany(route => route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []).Distinct(StringComparer.Ordinal);

    private static string Expected(HttpContext http, string name)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var parameters = http.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [];
        var type = parameters.FirstOrDefault(parameter => parameter.Name == name)?.ParameterType
            ?? parameters.SelectMany(parameter => parameter.ParameterType.GetProperties())
                .FirstOrDefault(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name)?.PropertyType;
        return type is null ? "a value of the kind documented" : Expectation.Of(type, options);
    }

    [GeneratedRegex("arameter \"[^\"]*?(?<name>\\w+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Parameter();
}
