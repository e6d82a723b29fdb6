using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Relance.Api;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Api;

/// <summary>The whole service on a real port and a real database, without its schedule; its clients hold keys.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly TestDatabase _storage;
    private readonly string _folder = Directory.CreateTempSubdirectory("relance-api-").FullName;
    private readonly Dictionary<KeyScope, string> _keys = [];

    private ApiHost(TestDatabase storage, Clocks clocks, IEnumerable<string> settings, Action<WebApplication>? map)
    {
        _storage = storage;
        App = RelanceApp.Build(
            [
                $"--Relance:Database={storage.ConnectionString}", $"--Relance:DataFolder={_folder}", "--Relance:Urls=http://127.0.0.1:0",
                "--Relance:RedirectTo=agence@agence.example", .. settings.Select(setting => $"--Relance:{setting}"),
            ], clocks);
        map?.Invoke(App);
    }

    public WebApplication App { get; }

    public Database Database => _storage.Database;

    public Uri Address => new(App.Urls.First());

    public static async Task<ApiHost> StartAsync(Dialect dialect = Dialect.Sqlite, Clocks? clocks = null, Action<WebApplication>? map = null, params string[] settings)
    {
        var host = new ApiHost(await TestDatabase.CreateAsync(dialect), clocks ?? Clocks.RealTime, settings, map);
        await host.App.StartAsync();
        foreach (var scope in Enum.GetValues<KeyScope>())
            host._keys[scope] = (await host.Service<AccessKeys>().MakeAsync($"test {scope}", scope)).Secret;
        return host;
    }

    public T Service<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public string Key(KeyScope scope) => _keys[scope];

    /// <summary>A client with a key of this scope, or without any.</summary>
    public ApiClient Client(KeyScope? scope = KeyScope.Admin) => new(Address, scope is { } known ? _keys[known] : null, IPAddress.Loopback);

    /// <summary>A client with this key, at this address of the loopback network.</summary>
    public ApiClient ClientAt(string address, string key) => new(Address, key, IPAddress.Parse(address));

    /// <summary>Every route that the service answers.</summary>
    public IReadOnlyList<RouteEndpoint> Routes() => [.. App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Asks the API and reads its answers.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri address, string? key, IPAddress from)
    {
        _http = new(From(from)) { BaseAddress = new(address, "/api/v1/") };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PostAsync(string path, object? body = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), idempotencyKey);

    public Task<ApiAnswer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiAnswer> PostTextAsync(string path, string body, string type = "application/json") =>
        SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, type));

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        using var response = await _http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Calls from this address, keeps no cookies and follows nothing.</summary>
    public static SocketsHttpHandler From(IPAddress address) => new() { ConnectCallback = (context, ct) => ConnectAsync(context, address, ct), AllowAutoRedirect = false, UseCookies = false };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, IPAddress from, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string this[string name] => Json.GetProperty(name).ToString();

    /// <summary>The answer, when it has this status; otherwise the test fails with what was said.</summary>
    public ApiAnswer Being(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>A complete problem of this kind.</summary>
    public ApiAnswer BeingProblem(int status, string name, string? field = null)
    {
        Being(status);
        Headers["Content-Type"].ShouldStartWith("application/problem+json");
        this["type"].ShouldBe($"urn:relance:problem:{name}");
        (this["title"].Length, this["traceId"].Length).ShouldSatisfyAllConditions(lengths => lengths.Item1.ShouldBeGreaterThan(0), lengths => lengths.Item2.ShouldBeGreaterThan(0));
        (Json.TryGetProperty("field", out var given) ? given.GetString() : null).ShouldBe(field);
        Text.ShouldNotContain("   at ");
        return this;
    }
}
