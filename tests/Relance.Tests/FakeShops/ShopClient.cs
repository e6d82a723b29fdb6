using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Relance.Demo.Shop;

namespace Relance.Tests.FakeShops;

/// <summary>A plain client of a fake shop: Basic over "HTTPS" as behind a proxy.</summary>
internal sealed class ShopClient : IDisposable
{
    private readonly HttpClient _http;

    internal ShopClient(FakeShop shop)
    {
        _http = new() { BaseAddress = shop.Url };
        _http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{shop.Options.Key}:{shop.Options.Secret}")));
    }

    internal Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null) =>
        _http.SendAsync(new(method, "/wp-json/wc/v3/" + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") });

    internal async Task<JsonNode> JsonAsync(HttpMethod method, string path, string? body = null)
    {
        using var response = await SendAsync(method, path, body);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    internal async Task<JsonObject> GetAsync(string path) => (JsonObject)await JsonAsync(HttpMethod.Get, path);

    internal async Task<JsonArray> ListAsync(string path) => (JsonArray)await JsonAsync(HttpMethod.Get, path);

    internal async Task<JsonObject> PutAsync(string path, string body) => (JsonObject)await JsonAsync(HttpMethod.Put, path, body);

    internal async Task<JsonObject> PostAsync(string path, string body) => (JsonObject)await JsonAsync(HttpMethod.Post, path, body);

    public void Dispose() => _http.Dispose();
}
