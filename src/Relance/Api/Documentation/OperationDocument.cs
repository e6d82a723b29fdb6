using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Relance.Api;

/// <summary>Adds to an operation what all of them share: its scope, its problems, its examples, its parameters' descriptions.</summary>
internal static class OperationDocument
{
    public static async Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var needed = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().LastOrDefault();
        if (needed is not null)
        {
            var scheme = new OpenApiSecuritySchemeReference(KeyAuthentication.Scheme_, context.Document);
            operation.Security = [new() { [scheme] = [KeyRow.Text(needed.Scope)] }];
        }
        AddKey(operation, context);
        ParameterDocument.Complete(operation);
        AddExamples(operation, context);
        await AddProblemsAsync(operation, context, ct);
    }

    private static void AddKey(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.HttpMethod != HttpMethods.Post)
            return;
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = Idempotency.Header, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 } });
    }

    private static void AddExamples(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = context.Description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source.Id == "Body")?.Type;
        foreach (var media in operation.RequestBody?.Content?.Values ?? [])
            SetExample(media, body, json);
        foreach (var answer in context.Description.SupportedResponseTypes)
        {
            var key = answer.StatusCode.ToString(CultureInfo.InvariantCulture);
            if (operation.Responses is { } responses && responses.TryGetValue(key, out var response))
                foreach (var media in response.Content?.Values ?? [])
                    SetExample(media, answer.Type, json);
        }
    }

    private static void SetExample(OpenApiMediaType media, Type? type, JsonSerializerOptions json)
    {
        if (type is not null && ApiExample.Of(type) is { } example)
            media.Example = JsonSerializer.SerializeToNode(example, type, json);
    }

    private static async Task AddProblemsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, ct);
        operation.Responses ??= [];
        foreach (var problem in ProblemsOf(context.Description.HttpMethod, operation))
        {
            operation.Responses[problem.Status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = problem.Title,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new() { Schema = schema, Example = Example(problem) },
                },
            };
        }
    }

    private static IEnumerable<Problem> ProblemsOf(string? method, OpenApiOperation operation)
    {
        yield return Problem.NoKey;
        yield return Problem.ScopeTooSmall;
        yield return Problem.TooManyWrongKeys;
        yield return Problem.Failed;
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
            yield return Problem.NotFound;
        if (operation.Parameters is { Count: > 0 } || operation.RequestBody is not null)
            yield return Problem.Invalid;
        if (method != HttpMethods.Get)
            yield return Problem.Conflict;
        if (operation.RequestBody is null)
            yield break;
        yield return Problem.BadJson;
        yield return Problem.TooLarge;
        yield return Problem.WrongContentType;
    }

    private static JsonObject Example(Problem problem) => new()
    {
        ["type"] = problem.Type,
        ["title"] = problem.Title,
        ["status"] = problem.Status,
        ["detail"] = "limit: expected a whole number from 1 to 200.",
        ["field"] = "limit",
        ["traceId"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
    };
}
