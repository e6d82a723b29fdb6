using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Relance.Api;

/// <summary>What the parameters of all operations mean: one name means one thing.</summary>
internal static class ParameterDocument
{
    private static readonly Dictionary<string, (string Description, JsonNode Example)> s_known = new(StringComparer.Ordinal)
    {
        ["id"] = ("The id of the thing, from a list.", ApiExample.Id),
        ["limit"] = ("Items per page, from 1 to 200; 50 when left out.", 50),
        ["after"] = ("The `next` of the page before; left out for the first page.", "MDE5OWMwYTc="),
        [Idempotency.Header] = ("One per act, such as a UUID. The same key and body get the same answer for 24 hours.", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
    };

    public static void Complete(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter.Name is null || !s_known.TryGetValue(parameter.Name, out var known))
                continue;
            parameter.Description ??= known.Description;
            parameter.Example = known.Example.DeepClone();
        }
    }
}
