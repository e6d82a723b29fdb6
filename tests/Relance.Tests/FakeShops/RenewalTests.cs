using System.Globalization;
using Relance.Demo.Shop;

namespace Relance.Tests.FakeShops;

public sealed class RenewalTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = At("2026-01-10T08:00:00Z"), Due = At("2027-01-10T08:00:00Z");
    private FakeShop _shop = null!;
    private ShopClient _client = null!;
    private long _customer, _product;

    public async Task InitializeAsync()
    {
        _shop = await FakeShop.StartAsync(new() { Start = Due.AddDays(-40) });
        _client = new(_shop);
        _product = _shop.AddProduct("Contrat de maintenance", "MAINT", 180, "year");
        _customer = _shop.AddCustomer("client@exemple.fr", "Jeanne", "Lefèvre");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task On_the_payment_date_the_shop_holds_the_subscription_and_makes_a_renewal_order()
    {
        var id = Subscription();
        _shop.AdvanceTo(Due.AddSeconds(-1));
        (await _client.GetAsync($"subscriptions/{id}")).Text("status").ShouldBe("active");

        _shop.AdvanceTo(Due.AddDays(3));

        (await _client.GetAsync($"subscriptions/{id}")).Text("status").ShouldBe("on-hold");
        var order = await RenewalOf(id);
        order.Text("status").ShouldBe("pending");
        order.Text("created_via").ShouldBe("subscription");
        order.Text("date_created_gmt").ShouldBe("2027-01-10T08:00:00");
        order.Text("payment_url").ShouldEndWith("&subscription_renewal=true");
        order.Flag("needs_payment").ShouldBeTrue();
        order.Text("total").ShouldBe("216.00");
    }

    [Fact]
    public async Task A_late_payment_reactivates_and_counts_the_next_term_from_the_date_that_was_due()
    {
        var id = Subscription();
        _shop.AdvanceTo(Due.AddDays(12));
        _shop.Pay((await RenewalOf(id)).Number("id"));

        var subscription = await _client.GetAsync($"subscriptions/{id}");
        subscription.Text("status").ShouldBe("active");
        subscription.Text("next_payment_date_gmt").ShouldBe("2028-01-10T08:00:00");
    }

    [Fact]
    public async Task An_early_renewal_moves_the_next_payment_by_one_term()
    {
        var id = Subscription();
        var order = _shop.PaySubscription(id);

        (await _client.GetAsync($"subscriptions/{id}")).Text("next_payment_date_gmt").ShouldBe("2028-01-10T08:00:00");
        (await _client.GetAsync($"orders/{order}")).Meta("_subscription_renewal_early").ShouldBe(id.ToString(CultureInfo.InvariantCulture));
        _shop.AdvanceTo(Due.AddDays(1));
        (await _client.GetAsync($"subscriptions/{id}")).Text("status").ShouldBe("active");
    }

    [Theory]
    [InlineData(false, "active", "processing", "2028-01-10T08:00:00")]
    [InlineData(true, "on-hold", "failed", "2027-01-10T08:00:00")]
    public async Task An_automatic_subscription_is_charged_on_the_date(bool refused, string status, string order, string next)
    {
        var id = _shop.AddSubscription(new(_customer, _product, Start, Due, Manual: false, CardRefused: refused, PaymentMethod: "stripe"));
        _shop.AdvanceTo(Due.AddHours(1));

        var subscription = await _client.GetAsync($"subscriptions/{id}");
        (subscription.Text("status"), subscription.Text("next_payment_date_gmt")).ShouldBe((status, next));
        (await RenewalOf(id)).Text("status").ShouldBe(order);
    }

    [Fact]
    public async Task Scheduled_payments_and_renewals_happen_in_order_each_at_its_own_instant()
    {
        var id = Subscription();
        _shop.SchedulePayment("subscription", id, Due.AddDays(2), webhook: false);
        _shop.AdvanceTo(Due.AddDays(30));

        var order = await RenewalOf(id);
        order.Text("date_paid_gmt").ShouldBe("2027-01-12T08:00:00");
        (await _client.GetAsync($"subscriptions/{id}")).Text("status").ShouldBe("active");
    }

    [Fact]
    public async Task A_cancelled_subscription_runs_to_the_end_of_its_term()
    {
        var id = Subscription();
        _shop.Cancel(id);
        (await _client.GetAsync($"subscriptions/{id}")).Text("status").ShouldBe("pending-cancel");

        _shop.AdvanceTo(Due.AddMinutes(1));

        var subscription = await _client.GetAsync($"subscriptions/{id}");
        subscription.Text("status").ShouldBe("cancelled");
        subscription.Text("end_date_gmt").ShouldBe("2027-01-10T08:00:00");
    }

    private long Subscription() => _shop.AddSubscription(new(_customer, _product, Start, Due));

    private async Task<System.Text.Json.Nodes.JsonObject> RenewalOf(long subscription) =>
        (await _client.ListAsync($"subscriptions/{subscription}/orders")).OfType<System.Text.Json.Nodes.JsonObject>().First(o => o.Text("order_type") == "renewal_order");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
