using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>One REST request, read.</summary>
/// <param name="Home">Scheme and host as the client used them, without a trailing slash.</param>
/// <param name="Route">Path after <c>/wp-json</c>, without slashes at its ends.</param>
internal sealed record Call(string Method, string Home, string Route, Query Query, string RawBody, Access Access)
{
    /// <summary>Numbers in the path, in order.</summary>
    internal IReadOnlyList<long> Ids { get; init; } = [];

    /// <summary>The free part of the path, where a route has one.</summary>
    internal string Name { get; init; } = "";

    internal long Id => Ids[0];

    /// <summary>The JSON body; an empty object where there is none.</summary>
    internal JsonObject Body()
    {
        if (RawBody.Length == 0)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(RawBody) as JsonObject ?? throw Broken();
        }
        catch (JsonException)
        {
            throw Broken();
        }
    }

    private static WpError Broken() => new(400, "rest_invalid_json", "Contenu JSON transmis non valide.",
        new() { ["json_error_code"] = 4, ["json_error_message"] = "Syntax error" });
}

/// <summary>What a caller may do, and the answer a failed authentication leads to.</summary>
internal sealed record Access(bool Reads, bool Writes, WpError? Failure = null)
{
    internal static readonly Access Anonymous = new(Reads: false, Writes: false);
}

/// <summary>An answer before it is written.</summary>
internal sealed record Answer(int Status, JsonNode? Body)
{
    internal List<(string Name, string Value)> Headers { get; } = [];

    /// <summary>What PHP does before it answers, outside the shop's lock.</summary>
    internal Func<Task>? First { get; init; }

    internal static Answer Ok(JsonNode body) => new(200, body);

    internal static Answer Created(JsonObject body, string location)
    {
        var answer = new Answer(201, body);
        answer.Headers.Add(("Location", location));
        return answer;
    }
}
