using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Relance.Api;
using Relance.Tests.Servers;

namespace Relance.Tests.Api;

/// <summary>The document is compared with the routes both ways, and read by a tool that is not ours.</summary>
public sealed class The_document_describes_every_route : IAsyncLifetime
{
    private ApiHost _host = null!;
    private ApiAnswer _document = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        using var reader = _host.Client(KeyScope.Read);
        _document = (await reader.GetAsync("/openapi/v1.json")).Being(200);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void Every_route_is_in_it_and_it_holds_no_other()
    {
        var routes = from route in _host.Routes()
                     let path = route.RoutePattern.RawText!
                     where path.StartsWith("/api/v1", StringComparison.Ordinal)
                     from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                     select $"{method} {path.TrimEnd('/')}";
        Operations().Select(operation => operation.Name).Order().ShouldBe(routes.Order());
    }

    [Fact]
    public void Every_operation_is_described_with_its_scope_its_problems_and_examples()
    {
        foreach (var (name, operation) in Operations())
        {
            foreach (var part in new[] { "operationId", "summary", "description" })
                operation.GetProperty(part).GetString().ShouldNotBeNullOrWhiteSpace($"{name}: {part}");
            operation.GetProperty("tags").GetArrayLength().ShouldBe(1, name);
            operation.GetProperty("security")[0].GetProperty("key")[0].GetString().ShouldBeOneOf("read", "act", "admin");
            var responses = operation.GetProperty("responses");
            foreach (var status in new[] { "401", "403", "429", "500" })
                responses.GetProperty(status).GetProperty("content").GetProperty("application/problem+json").TryGetProperty("example", out _).ShouldBeTrue($"{name}: {status}");
            foreach (var media in Media(operation))
                media.Body.TryGetProperty("example", out _).ShouldBe(media.Type == "application/json", $"{name}: {media.Type}");
        }
    }

    [Fact]
    public void Every_parameter_says_what_it_means_and_shows_one()
    {
        foreach (var (name, operation) in Operations())
        {
            foreach (var parameter in operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray() : default)
            {
                parameter.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace($"{name}: {parameter}");
                parameter.TryGetProperty("example", out _).ShouldBeTrue($"{name}: {parameter}");
            }
        }
    }

    [Fact]
    public void Every_field_of_every_body_is_described()
    {
        foreach (var schema in _document.Json.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (schema.Name != "ProblemDetails" && schema.Value.TryGetProperty("properties", out var properties))
                properties.EnumerateObject().Count().ShouldBeGreaterThan(0, schema.Name);
        }
        var amount = _document.Json.GetProperty("components").GetProperty("schemas").GetProperty("ContractSummary").GetProperty("properties");
        amount.TryGetProperty("amount", out _).ShouldBeTrue();
        amount.TryGetProperty("currency", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_validator_that_is_not_ours_finds_it_well_formed()
    {
        _document["openapi"].ShouldStartWith("3.1");
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, _document.Bytes);
        try
        {
            var start = new ProcessStartInfo("node") { WorkingDirectory = Path.Combine(Repository.Root, "tests"), RedirectStandardError = true, UseShellExecute = false };
            start.ArgumentList.Add("openapi-check.mjs");
            start.ArgumentList.Add(file);
            using var node = Process.Start(start)!;
            var error = await node.StandardError.ReadToEndAsync();
            await node.WaitForExitAsync();
            node.ExitCode.ShouldBe(0, error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private IEnumerable<(string Name, JsonElement Body)> Operations() =>
        from path in _document.Json.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}", operation.Value);

    // Of the request, and of the answer when all went well.
    private static IEnumerable<(string Type, JsonElement Body)> Media(JsonElement operation)
    {
        var bodies = operation.GetProperty("responses").EnumerateObject().Where(response => response.Name[0] == '2').Select(response => response.Value);
        if (operation.TryGetProperty("requestBody", out var request))
            bodies = bodies.Append(request);
        return from body in bodies
               where body.TryGetProperty("content", out _)
               from media in body.GetProperty("content").EnumerateObject()
               select (media.Name, media.Value);
    }
}
