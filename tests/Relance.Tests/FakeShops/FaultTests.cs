using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Relance.Demo.Shop;

namespace Relance.Tests.FakeShops;

public sealed class FaultTests : IAsyncLifetime
{
    private FakeShop _shop = null!;
    private ShopClient _client = null!;

    public async Task InitializeAsync()
    {
        _shop = await FakeShop.StartAsync(new() { Start = Lab.At("2026-12-01T08:00:00Z") });
        _client = new(_shop);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _shop.DisposeAsync();
    }

    [Theory]
    [InlineData(ShopFaultKind.Unavailable, HttpStatusCode.ServiceUnavailable)]
    [InlineData(ShopFaultKind.TooMany, HttpStatusCode.TooManyRequests)]
    [InlineData(ShopFaultKind.Fatal, HttpStatusCode.InternalServerError)]
    public async Task A_fault_hits_as_often_as_asked(ShopFaultKind kind, HttpStatusCode status)
    {
        _shop.Fail(new(kind, Times: 1, Delay: TimeSpan.FromSeconds(7)));
        using var first = await _client.SendAsync(HttpMethod.Get, "orders");
        using var second = await _client.SendAsync(HttpMethod.Get, "orders");
        (first.StatusCode, second.StatusCode).ShouldBe((status, HttpStatusCode.OK));
        (first.Headers.RetryAfter?.Delta).ShouldBe(kind == ShopFaultKind.TooMany ? TimeSpan.FromSeconds(7) : null);
    }

    [Fact]
    public async Task A_shop_that_is_down_comes_back_when_its_clock_says_so()
    {
        _shop.Fail(new(ShopFaultKind.Drop, Until: _shop.Now.AddDays(2)));
        _ = await Should.ThrowAsync<HttpRequestException>(() => _client.SendAsync(HttpMethod.Get, "orders"));
        _shop.AdvanceTo(_shop.Now.AddDays(2));
        using var response = await _client.SendAsync(HttpMethod.Get, "orders");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_write_cut_off_after_it_was_done_is_ambiguous()
    {
        var order = _shop.AddOrder(new(0, _shop.AddProduct("M", "M", 1)));
        _shop.Fail(new(ShopFaultKind.DropAfter, Times: 1, Path: "/notes", Method: "POST"));
        _ = await Should.ThrowAsync<HttpRequestException>(() => _client.SendAsync(HttpMethod.Post, $"orders/{order}/notes", """{"note":"relance:1"}"""));
        (await _client.ListAsync($"orders/{order}/notes")).ShouldHaveSingleItem()!["note"]!.GetValue<string>().ShouldBe("relance:1");
    }

    [Fact]
    public async Task A_slow_answer_takes_its_time()
    {
        _shop.Fail(new(ShopFaultKind.Slow, Times: 1, Delay: TimeSpan.FromMilliseconds(300)));
        var watch = Stopwatch.StartNew();
        using var response = await _client.SendAsync(HttpMethod.Get, "orders");
        watch.ElapsedMilliseconds.ShouldBeGreaterThan(250);
    }

    [Fact]
    public async Task Only_writes_are_in_the_list_of_writes()
    {
        using var get = await _client.SendAsync(HttpMethod.Get, "orders");
        using var post = await _client.SendAsync(HttpMethod.Post, "orders", "{}");
        var write = _shop.Writes.ShouldHaveSingleItem();
        (write.Method, write.Path, write.Status).ShouldBe(("POST", "/wp-json/wc/v3/orders", 201));
        _shop.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_CGI_host_makes_Basic_anonymous()
    {
        await using var cgi = await FakeShop.StartAsync(new() { StripAuthorization = true });
        using var client = new ShopClient(cgi);
        (await client.GetAsync("orders")).Text("code").ShouldBe("woocommerce_rest_cannot_view");
    }

    [Fact]
    public async Task The_control_interface_does_what_the_methods_do()
    {
        using var http = new HttpClient { BaseAddress = new(_shop.Url, "_control/") };
        var product = await Post(http, "products", new { name = "Maintenance", sku = "M", price = 100, period = "year" });
        var customer = await Post(http, "customers", new { email = "a@exemple.fr", firstName = "A", lastName = "B" });
        var subscription = await Post(http, "subscriptions", new { customerId = customer, productId = product, startAt = "2025-12-10T08:00:00Z", nextPaymentAt = "2026-12-10T08:00:00Z" });
        _ = await Post(http, "schedule", new { target = "subscription", id = subscription, at = "2026-12-12T08:00:00Z", webhook = false });
        _ = await Post(http, "clock", new { set = "2026-12-20T08:00:00Z" });

        var state = (await http.GetFromJsonAsync<JsonObject>("state"))!;
        var found = state.Rows("subscriptions").ShouldHaveSingleItem();
        found.Text("next_payment_date_gmt").ShouldBe("2027-12-10T08:00:00");
        found.Rows("notes").ShouldNotBeEmpty();
        (await http.GetFromJsonAsync<JsonArray>("writes"))!.ShouldBeEmpty();
        using var bad = await http.PostAsJsonAsync("schedule", new { target = "order", id = 4711, at = "2026-12-12T08:00:00Z" });
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bad.Content.ReadAsStringAsync()).ShouldContain("There is no order 4711");
    }

    private static async Task<long> Post(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return ((JsonObject)JsonNode.Parse(text)!).Number("id");
    }
}
