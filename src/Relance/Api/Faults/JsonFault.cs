using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Relance.Api;

/// <summary>Where a JSON body is wrong, and what was expected there. The framework's own message would name our types.</summary>
internal sealed record JsonFault(bool IsSyntax, string Detail, string? Field)
{
    public static JsonFault Of(HttpContext http, JsonException fault)
    {
        // The reader's own exception lies inside when the text is no JSON at all.
        if (fault.InnerException is JsonException || fault.Path is null)
            return new(true, $"body: expected one JSON document; it breaks{Place(fault)}.", null);
        string[] path = [.. fault.Path.Split('.').Skip(1), .. Missing(fault)];
        var field = path.Length == 0 ? "body" : string.Join('.', path);
        return new(false, $"{field}: {Said(http, fault, path)}{Place(fault)}.", field);
    }

    private static string Said(HttpContext http, JsonException fault, string[] path)
    {
        if (fault.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return "there is no such field";
        if (fault.Message.StartsWith("Duplicate", StringComparison.Ordinal))
            return "expected it once";
        return $"expected {Expected(http, path)}{(Missing(fault).Any() ? ", it is missing" : "")}";
    }

    // "… was missing required properties including: 'name', 'scope'."
    private static IEnumerable<string> Missing(JsonException fault) =>
        fault.Message.Contains("missing required", StringComparison.Ordinal) ? fault.Message.Split('\'').Where((_, i) => i % 2 == 1).Skip(1).Take(1) : [];

    private static string Place(JsonException fault) => fault.LineNumber is { } line
        ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {fault.BytePositionInLine + 1})") : "";

    private static string Expected(HttpContext http, string[] path)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var type = http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        foreach (var part in path)
            type = type is null ? null : PropertyType(options.GetTypeInfo(type), part.Split('[')[0]);
        return type is null ? "a value of the kind documented" : Expectation.Of(type, options);
    }

    private static Type? PropertyType(JsonTypeInfo info, string name)
    {
        var type = info.Properties.FirstOrDefault(property => property.Name == name)?.PropertyType;
        return type is { IsGenericType: true } && type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? type.GetGenericArguments()[0] : type;
    }
}
