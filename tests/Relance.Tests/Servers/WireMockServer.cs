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

    /// <summary>Starts it.</summary>
    /// <param name="root">Folder with <c>mappings</c> and <c>__files</c>; null starts without any.</param>
    public static async Task<WireMockServer> StartAsync(string? root = null)
    {
        var jar = Directory.GetFiles(Path.Combine(Repository.Root, "tests/node_modules/wiremock/build"), "*.jar").ShouldHaveSingleItem();
        var port = OwnedProcess.FreePort();
        var folder = OwnedProcess.NewFolder("wiremock");
        var process = OwnedProcess.Start(folder, "TERM", "java", "-jar", jar, "--port", $"{port}", "--bind-address", "127.0.0.1", "--root-dir", root ?? folder, "--disable-banner");
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

    /// <summary>Puts a scenario into one of its states.</summary>
    public async Task SetStateAsync(string scenario, string state) =>
        (await _admin.PutAsJsonAsync($"scenarios/{scenario}/state", new { state })).EnsureSuccessStatusCode();

    /// <summary>Forgets what it was asked and told, and the states of scenarios.</summary>
    public async Task ResetAsync() => (await _admin.PostAsync("reset", null)).EnsureSuccessStatusCode();

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
