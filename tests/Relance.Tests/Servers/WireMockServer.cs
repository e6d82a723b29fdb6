using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Relance.Tests.Servers;

/// <summary>WireMock on a loopback port: a scripted shop. Stub mappings are plain JSON, usable outside these tests.</summary>
public sealed class WireMockServer : IDisposable
{
    private readonly OwnedProcess _process;
    private readonly HttpClient _admin;

    private WireMockServer(OwnedProcess process, Uri url)
    {
        _process = process;
        Url = url;
        _admin = new HttpClient { BaseAddress = new Uri(url, "__admin/") };
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    public static async Task<WireMockServer> StartAsync()
    {
        var jar = Directory.GetFiles(Path.Combine(Repository.Root, "tests/node_modules/wiremock/build"), "*.jar").ShouldHaveSingleItem();
        var port = OwnedProcess.FreePort();
        var folder = OwnedProcess.NewFolder("wiremock");
        var process = OwnedProcess.Start(folder, "TERM", "java", "-jar", jar, "--port", $"{port}", "--bind-address", "127.0.0.1", "--root-dir", folder, "--disable-banner");
        var server = new WireMockServer(process, new Uri($"http://127.0.0.1:{port}/"));
        await process.ReadyAsync(server.AnswersAsync);
        return server;
    }

    /// <summary>Adds a stub mapping (WireMock's JSON).</summary>
    public async Task StubAsync(string mapping)
    {
        using var content = new StringContent(mapping, Encoding.UTF8, "application/json");
        (await _admin.PostAsync("mappings", content)).EnsureSuccessStatusCode();
    }

    /// <summary>The requests received so far, oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> RequestsAsync()
    {
        var answer = await _admin.GetFromJsonAsync<JsonNode>("requests");
        return [.. answer!["requests"]!.AsArray().Select(request => request!["request"]!).Reverse()];
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await _admin.GetAsync("mappings")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _admin.Dispose();
        _process.Dispose();
    }
}
