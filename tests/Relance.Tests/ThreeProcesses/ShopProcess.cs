using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Relance.Tests.Servers;

namespace Relance.Tests.ThreeProcesses;

/// <summary>The fake shop as a process of its own: its controls, and REST as anybody with a key reads it.</summary>
internal sealed class ShopProcess : IDisposable
{
    private readonly OwnedProcess _process;
    private readonly HttpClient _http;

    private ShopProcess(OwnedProcess process, JsonNode said)
    {
        _process = process;
        (Url, Key, Secret) = (Text(said, "url"), Text(said, "key"), Text(said, "secret"));
        _http = new HttpClient { BaseAddress = new Uri(Url) };
        _http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:{Secret}")));
    }

    public string Url { get; }

    public string Key { get; }

    public string Secret { get; }

    /// <summary>Starts a shop whose clock all but stands until it is given a speed.</summary>
    public static async Task<ShopProcess> StartAsync(DateTimeOffset start)
    {
        var process = OwnedProcess.Start(OwnedProcess.NewFolder("demo-shop"), "TERM", "dotnet", typeof(Program).Assembly.Location,
            "demo-shop", "--port", "0", "--clock", start.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), "--speed", "0.000001");
        await process.ReadyAsync(() => Task.FromResult(process.Output.Contains('\n')));
        return new ShopProcess(process, JsonNode.Parse(process.Output.Split('\n')[0])!);
    }

    /// <summary>Puts something into the shop and gives its id.</summary>
    public async Task<long> AddAsync(string what, object body) => (await ControlAsync(what, body))["id"]!.GetValue<long>();

    public async Task<JsonNode> ControlAsync(string what, object body)
    {
        using var answer = await _http.PostAsJsonAsync("/_control/" + what, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{what}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>One of the shop's own logs.</summary>
    public async Task<JsonArray> LogAsync(string what) => (await _http.GetFromJsonAsync<JsonNode>("/_control/" + what))!.AsArray();

    /// <summary>Everything of a kind, page by page, over REST.</summary>
    public async Task<IReadOnlyList<JsonNode>> AllAsync(string resource)
    {
        var all = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var rows = (await _http.GetFromJsonAsync<JsonNode>($"/wp-json/wc/v3/{resource}?per_page=100&orderby=id&order=asc&page={page}"))!.AsArray();
            all.AddRange(rows.Select(row => row!));
            if (rows.Count < 100)
                return all;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Dispose();
    }

    internal static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "";
}
