using System.Globalization;
using System.Text.Json.Nodes;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Tests.Servers;

namespace Relance.Tests.WireMock;

/// <summary>The stub of <c>tests/wiremock</c>, served as anyone would.</summary>
public sealed class StubShop : IAsyncLifetime
{
    private WireMockServer _server = null!;

    /// <summary>Its files.</summary>
    public static string Root { get; } = Path.Combine(Repository.Root, "tests/wiremock");

    /// <summary>Its home address.</summary>
    public Uri Url => _server.Url;

    public async Task InitializeAsync() => _server = await WireMockServer.StartAsync(Root);

    public Task DisposeAsync()
    {
        _server.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>As just started.</summary>
    public Task FreshAsync() => _server.ResetAsync();

    /// <summary>Puts the scenario « trouble » into a state.</summary>
    public Task TroubleAsync(string state) => _server.SetStateAsync("trouble", state);

    /// <summary>Requests of one method for one path below <c>wp-json/wc/v3/</c>, oldest first.</summary>
    public async Task<List<JsonNode>> AskedAsync(string method, string path) => [.. (await _server.RequestsAsync()).Where(request =>
        (string?)request["method"] == method && new Uri(Url, (string)request["url"]!).AbsolutePath == "/wp-json/wc/v3/" + path)];

    /// <summary>When a request came in.</summary>
    internal static DateTimeOffset At(JsonNode request) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(request["loggedDate"]!.ToString(), CultureInfo.InvariantCulture));

    /// <summary>Relance's own client of it.</summary>
    internal WooCommerceShop Client(ShopFactory factory, string key = "ck_stub") => factory.WooCommerce(new(Url, key, "cs_stub", AllowPrivateAddress: true));
}

/// <summary>One stub for all its tests, one after the other: its troubles are the whole shop's.</summary>
[CollectionDefinition("stub")]
public sealed class StubTests : ICollectionFixture<StubShop>;
