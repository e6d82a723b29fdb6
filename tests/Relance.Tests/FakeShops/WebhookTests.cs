using System.Text;
using System.Text.Json.Nodes;
using Relance.Demo.Shop;

namespace Relance.Tests.FakeShops;

public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(3650);
    private WebhookReceiver _receiver = null!;
    private FakeShop _shop = null!;
    private ShopClient _client = null!;
    private long _product;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _shop = await FakeShop.StartAsync(new() { WebhookDelay = Never });
        _client = new(_shop);
        _product = _shop.AddProduct("Maintenance", "M", 120);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _shop.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Creating_a_webhook_sends_an_unsigned_ping_before_the_answer()
    {
        var id = await Hook("order.updated");
        var ping = _receiver.Empty().ShouldHaveSingleItem();
        Encoding.UTF8.GetString(ping.Body).ShouldBe($"webhook_id={id}");
        ping.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded");
        ping.Headers.Keys.ShouldNotContain(k => k.StartsWith("X-WC-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Changes_before_a_delivery_arrive_once_with_the_last_state()
    {
        foreach (var topic in (string[])["order.created", "order.updated", "action.woocommerce_order_status_changed", "action.woocommerce_order_status_completed"])
        {
            _ = await Hook(topic);
        }

        var id = _shop.AddOrder(new(0, _product, CreatedVia: "rest-api"));
        _ = await _client.PutAsync($"orders/{id}", """{"status":"processing"}""");
        _ = await _client.PutAsync($"orders/{id}", """{"status":"completed"}""");
        await _shop.DrainWebhooksAsync(early: true);

        var came = _receiver.Empty().Where(r => r.Topic.Length > 0).ToList();
        var recorded = ((JsonArray)Recording.Named("150_").Data["deliveries"]!).OfType<JsonObject>().Select(d => d.Text("topic"));
        came.Select(c => c.Topic).Order(StringComparer.Ordinal).ShouldBe(recorded.Order(StringComparer.Ordinal));
        came.Where(c => c.Topic.StartsWith("order.", StringComparison.Ordinal)).ShouldAllBe(c => Parsed(c).Text("status") == "completed");
    }

    [Fact]
    public async Task Delivery_ids_repeat_within_a_second()
    {
        _shop.AdvanceTo(Lab.At("2026-11-21T21:28:52Z"));
        _ = await Hook("order.created");
        for (var i = 0; i < 20; i++)
        {
            _ = _shop.AddOrder(new(0, _product));
        }

        await _shop.DrainWebhooksAsync(early: true);
        var ids = _receiver.Empty().Where(r => r.Topic.Length > 0).Select(r => r.Headers["X-WC-Webhook-Delivery-ID"]).ToList();
        ids.Count.ShouldBe(20);
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBeLessThan(20);
    }

    [Fact]
    public async Task The_seventh_failure_disables_and_one_more_after_reactivation_disables_again()
    {
        var hook = await Hook("order.updated", "/s/500/x");
        var order = _shop.AddOrder(new(0, _product));
        await _shop.DrainWebhooksAsync(early: true);
        for (var failures = 2; failures <= 7; failures++)
        {
            (await Status(hook)).ShouldBe("active");
            await Change(order);
        }

        (await Status(hook)).ShouldBe("disabled");
        _ = _receiver.Empty();
        await Change(order);
        _receiver.Empty().ShouldBeEmpty();

        _ = await _client.PutAsync($"webhooks/{hook}", """{"status":"active"}""");
        await Change(order);
        (await Status(hook)).ShouldBe("disabled");
    }

    [Fact]
    public async Task What_was_queued_before_the_webhook_was_disabled_is_still_sent_once()
    {
        var hook = await Hook("order.created", "/s/503/x");
        _ = _receiver.Empty();
        for (var i = 0; i < 10; i++)
        {
            _ = _shop.AddOrder(new(0, _product));
        }

        await _shop.DrainWebhooksAsync(early: true);
        _receiver.Empty().Count.ShouldBe(10);
        (await Status(hook)).ShouldBe("disabled");
    }

    [Fact]
    public void The_receivers_statuses_count_as_the_real_shop_counted_them()
    {
        var rows = ((JsonArray)Recording.Named("156_").Data["table"]!).OfType<JsonObject>().ToList();
        rows.Count.ShouldBeGreaterThan(10);
        foreach (var row in rows)
        {
            var hook = new Webhook([], "s");
            hook.Delivered(500);
            hook.Delivered(500);
            // Answers after 20 s still count, those after 60 s do not.
            var silent = row.Text("case") is not ("" or "answer after 20 s");
            hook.Delivered(silent ? null : (int)Math.Max(200, row.Number("receiver_answers")));
            ((long)hook.Failures).ShouldBe(row.Number("failure_count_after"), row.ToJsonString());
        }
    }

    [Theory]
    [InlineData(WebhookWeather.Lost, 0)]
    [InlineData(WebhookWeather.Doubled, 6)]
    [InlineData(WebhookWeather.Shuffled, 3)]
    public async Task Bad_weather_loses_doubles_or_shuffles_deliveries(WebhookWeather weather, int expected)
    {
        _ = await Hook("order.created");
        _ = _receiver.Empty();
        _shop.Weather = weather;
        var ids = Enumerable.Range(0, 3).Select(_ => _shop.AddOrder(new(0, _product))).ToList();
        await _shop.DrainWebhooksAsync(early: true);
        var came = _receiver.Empty().Select(r => Parsed(r).Number("id")).ToList();
        came.Count.ShouldBe(expected);
        came.ShouldAllBe(id => ids.Contains(id));
    }

    [Fact]
    public async Task A_silent_payment_is_not_announced_and_a_loud_one_is()
    {
        _ = await Hook("order.updated");
        var (silent, loud) = (_shop.AddOrder(new(0, _product)), _shop.AddOrder(new(0, _product)));
        await _shop.DrainWebhooksAsync(early: true);
        _ = _receiver.Empty();
        _shop.SchedulePayment("order", silent, _shop.Now.AddHours(1), webhook: false);
        _shop.SchedulePayment("order", loud, _shop.Now.AddHours(2));
        _shop.AdvanceTo(_shop.Now.AddHours(3));
        await _shop.DrainWebhooksAsync(early: true);
        Parsed(_receiver.Empty().ShouldHaveSingleItem()).Number("id").ShouldBe(loud);
        (await _client.GetAsync($"orders/{silent}")).Text("status").ShouldBe("processing");
    }

    private async Task<long> Hook(string topic, string path = "/ok/x") =>
        (await _client.PostAsync("webhooks", $$"""{"topic":"{{topic}}","delivery_url":"{{_receiver.Url}}{{path}}","secret":" not trimmed "}""")).Number("id");

    private async Task<string> Status(long hook) => (await _client.GetAsync($"webhooks/{hook}")).Text("status");

    private async Task Change(long order)
    {
        _ = await _client.PutAsync($"orders/{order}", """{"customer_note":"x"}""");
        await _shop.DrainWebhooksAsync(early: true);
    }

    private static JsonObject Parsed(Received received) => (JsonObject)JsonNode.Parse(received.Body)!;
}
