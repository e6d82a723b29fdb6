using System.Text.Json.Nodes;
using Relance.Demo.Shop;

namespace Relance.Tests.FakeShops;

public sealed class FilterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Reference = Lab.At("2026-11-21T21:29:06Z");
    private FakeShop _shop = null!;
    private ShopClient _client = null!;
    private long _product;

    public async Task InitializeAsync()
    {
        _shop = await FakeShop.StartAsync(new() { Start = Reference.AddHours(2) });
        _client = new(_shop);
        _product = _shop.AddProduct("Maintenance", "M", 120);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Modified_after_selects_the_window_the_real_shop_selected()
    {
        var reference = _shop.AddOrder(new(0, _product, CreatedAt: Reference));
        var rows = ((JsonArray)Recording.Named("173_").Data["rows"]!).OfType<JsonObject>().ToList();
        rows.Count.ShouldBe(15);
        foreach (var row in rows)
        {
            using var response = await _client.SendAsync(HttpMethod.Get, "orders?per_page=100&" + row.Text("query"));
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync());
            ((long)response.StatusCode).ShouldBe(row.Number("status"), row.Text("label"));
            if (row["contains_ref"] is not null)
            {
                ((JsonArray)body!).OfType<JsonObject>().Any(o => o.Number("id") == reference).ShouldBe(row.Flag("contains_ref"), row.Text("label"));
            }
            else
            {
                ShapeDiff.Of(row["error"], body, "$", part: false).ShouldBeEmpty(row.Text("label"));
            }
        }
    }

    [Fact]
    public async Task A_trashed_order_is_listed_only_when_the_trash_is_asked_for()
    {
        var id = _shop.AddOrder(new(0, _product));
        _shop.Trash(id);
        (await _client.ListAsync("orders?include=" + id)).Count.ShouldBe(0);
        (await _client.ListAsync("orders?modified_after=2026-11-21T00:00:00&dates_are_gmt=true")).Count.ShouldBe(0);
        (await _client.ListAsync("orders?status=trash")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Created_via_filters_exactly_and_meta_key_is_silently_ignored()
    {
        _ = _shop.AddOrder(new(0, _product, CreatedVia: "relance:abc:1", Meta: new Dictionary<string, string>(StringComparer.Ordinal) { ["_relance_status"] = "x" }));
        _ = _shop.AddOrder(new(0, _product, CreatedVia: "relance:abc:12"));
        (await _client.ListAsync("orders?created_via=relance:abc:1")).Count.ShouldBe(1);
        (await _client.ListAsync("orders?meta_key=_relance_status&meta_value=x")).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("on-hold")]
    [InlineData("cancelled")]
    public async Task Set_paid_changes_nothing_on_an_order_that_needs_no_payment(string status)
    {
        var id = _shop.AddOrder(new(0, _product, status));
        (await _client.PutAsync($"orders/{id}", """{"set_paid":true}""")).Text("status").ShouldBe(status);
    }

    [Fact]
    public async Task The_date_of_payment_survives_a_return_to_on_hold()
    {
        var id = _shop.AddOrder(new(0, _product, Price: 99.90m, Quantity: 2));
        _shop.Pay(id);
        var order = await _client.PutAsync($"orders/{id}", """{"status":"on-hold"}""");
        order.Text("total").ShouldBe("239.76");
        order["date_paid"].ShouldNotBeNull();
        order.Flag("needs_payment").ShouldBeFalse();
    }

    [Fact]
    public async Task An_order_made_by_us_is_paid_like_any_other()
    {
        var made = await _client.PostAsync("orders", $$"""{"status":"pending","created_via":"relance:c1:2","line_items":[{"product_id":{{_product}},"total":"99.90","subtotal":"99.90"}]}""");
        made.Text("total").ShouldBe("119.88");
        made.Text("created_via").ShouldBe("relance:c1:2");
        _shop.Pay(made.Number("id"));
        (await _client.GetAsync($"orders/{made.Number("id")}")).Text("status").ShouldBe("processing");
    }
}
