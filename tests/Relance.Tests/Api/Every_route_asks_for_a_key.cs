using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Relance.Api;

namespace Relance.Tests.Api;

/// <summary>The table of routes is the service's own: a new one is tried by itself.</summary>
public sealed class Every_route_asks_for_a_key : IAsyncLifetime
{
    private const string Nobody = "0199c0a7d0f27c3e8a4b5d6e7f809112";
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(map: app =>
        app.MapGet("/api/v1/undeclared", () => "never").RequireAuthorization(ScopeRequirement.Policy));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Without_a_key_or_with_a_wrong_one_each_is_refused()
    {
        using var without = _host.Client(null);
        var wrong = 0;
        foreach (var (method, path, _) in Operations())
        {
            var refused = (await without.SendAsync(new(method), path)).BeingProblem(401, "no-key");
            refused.Headers["WWW-Authenticate"].ShouldBe("Bearer realm=\"relance\"", path);
            // Each from an address of its own: twenty wrong ones a minute are counted as a storm.
            using var client = _host.ClientAt($"127.0.1.{++wrong}", $"relance_{"abcdefghij"}_{new string('0', 64)}");
            refused = (await client.SendAsync(new(method), path)).BeingProblem(401, "no-key");
            refused.Headers["WWW-Authenticate"].ShouldContain("error=\"invalid_token\"", Case.Sensitive, path);
        }
        wrong.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task Each_opens_to_its_scope_and_the_larger_ones_only()
    {
        foreach (var scope in Enum.GetValues<KeyScope>())
        {
            using var client = _host.Client(scope);
            foreach (var (method, path, needed) in Operations())
            {
                var answer = await client.SendAsync(new(method), path);
                if (scope >= needed)
                    answer.Status.ShouldNotBeOneOf(401, 403, 405, 500);
                else
                    answer.BeingProblem(403, "scope-too-small").Headers["WWW-Authenticate"].ShouldContain($"scope=\"{needed.ToString()!.ToLowerInvariant()}\"");
            }
        }
    }

    [Fact]
    public void Each_declares_its_scope_a_name_a_summary_and_a_description() =>
        Api().Where(route => route.RoutePattern.RawText is not ("/api/v1/undeclared" or "/openapi/{documentName}.json")).ShouldAllBe(route =>
            route.Metadata.GetMetadata<RequiredScope>() != null && route.Metadata.GetMetadata<IEndpointNameMetadata>() != null
            && route.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata>() != null
            && route.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IEndpointDescriptionMetadata>() != null);

    [Fact]
    public async Task One_that_declares_no_scope_is_refused_even_to_the_largest()
    {
        using var admin = _host.Client();
        (await admin.GetAsync("undeclared")).BeingProblem(403, "scope-too-small")["detail"].ShouldContain("declares no scope");
    }

    [Fact]
    public void Nothing_else_is_open_by_oversight()
    {
        foreach (var route in _host.Routes())
            (route.Metadata.GetMetadata<IAllowAnonymous>() is not null || route.Metadata.GetMetadata<IAuthorizeData>() is not null)
                .ShouldBeTrue($"{route.RoutePattern.RawText} says neither who may ask nor that everybody may");
    }

    private IEnumerable<(string Method, string Path, KeyScope? Needed)> Operations() =>
        from route in Api()
        where route.RoutePattern.RawText != "/api/v1/undeclared"
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, Path(route), route.Metadata.GetMetadata<RequiredScope>()?.Scope);

    private IEnumerable<RouteEndpoint> Api() => _host.Routes().Where(route =>
        route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) || route.RoutePattern.RawText.StartsWith("/openapi/", StringComparison.Ordinal));

    private static string Path(RouteEndpoint route) => route.RoutePattern.Parameters.Aggregate(
        route.RoutePattern.RawText!, (path, parameter) => path.Replace($"{{{parameter.Name}}}", parameter.Name == "documentName" ? "v1" : Nobody, StringComparison.Ordinal));
}
