using Relance.Demo.Shop;
using Relance.Domain.Billing;
using Relance.Shops;
using Relance.Shops.WooCommerce;

namespace Relance.Tests.Shops;

/// <summary>The whole client against the fake shop, which answers as the recordings do.</summary>
public sealed class ShopEndToEnd : IAsyncLifetime
{
    private readonly ShopFactory _factory = new();
    private FakeShop _shop = null!;
    private IShop _woo = null!;

    public async Task InitializeAsync()
    {
        _shop = await FakeShop.StartAsync();
        _woo = Client(_shop);
    }

    [Fact]
    public async Task The_shop_says_who_it_is()
    {
        var identity = await _woo.IdentityAsync(default);
        (identity.Name, identity.TimeZone, identity.Currency, identity.HasSubscriptions, identity.Version)
            .ShouldBe(("Atelier Démo", "Europe/Paris", "EUR", true, "11.0.1"));
        identity.Url.Authority.ShouldBe(_shop.Url.Authority);
        identity.Clock.ShouldBe(_shop.Now, TimeSpan.FromMinutes(1));
        (await _woo.OwnMailsAsync(default)).ShouldBe(["customer_renewal_invoice", "customer_processing_order", "customer_completed_order", "customer_processing_renewal_order", "customer_completed_renewal_order"]);
    }

    [Fact]
    public async Task A_thousand_orders_are_pulled_once_each_and_then_only_what_changed()
    {
        var (customer, product) = Seed();
        for (var i = 0; i < 1024; i++)
            _shop.AddOrder(new(customer, product, CreatedAt: _shop.Now.AddMinutes(-5000 + i)));
        var all = await _woo.OrdersModifiedAfterAsync(_shop.Now.AddYears(-1), default).ToListAsync();
        all.Select(order => order.Id).Distinct().Count().ShouldBe(1024);
        all.Count.ShouldBe(1024);

        _shop.Pay(all[3].Id);
        _shop.Trash(all[500].Id);
        var changed = await _woo.OrdersModifiedAfterAsync(all[^1].ModifiedAt, default).ToListAsync();
        changed.Select(order => (order.Id, order.Status)).ShouldBe([(all[3].Id, "processing"), (all[500].Id, "trash")], ignoreOrder: true);
        (await _woo.OrdersAsync([all[3].Id, all[500].Id, 999_999], default)).ShouldHaveSingleItem().PaidAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_renewal_order_is_made_found_again_and_paid()
    {
        var (customer, product) = Seed();
        var order = new NewOrder("relance:c1:2", customer, new("Jeanne", "Lefèvre", "", "jeanne@client.example", "", "FR") { City = "Lyon", Postcode = "69003" }, "EUR",
            [new(product, 0, 1, new(18_000, "EUR"))], new Dictionary<string, string> { ["_relance_contract"] = "c1" });
        var made = await _woo.CreateOrderAsync(order, default);
        (made.Status, made.CreatedVia, made.CustomerId, made.Lines.Single().Total, made.Meta["_relance_contract"])
            .ShouldBe(("pending", "relance:c1:2", customer, new Money(18_000, "EUR"), "c1"));
        made.Total.Minor.ShouldBe(made.Lines.Sum(line => line.Total.Minor + line.TotalTax.Minor));
        made.Billing.City.ShouldBe("Lyon");
        made.PaymentUrl.ShouldNotBeNull();

        var before = _shop.Now.AddDays(-1);
        (await _woo.OrdersCreatedViaAsync("relance:c1:2", customer, before, default)).ShouldHaveSingleItem().Id.ShouldBe(made.Id);
        (await _woo.OrdersCreatedViaAsync("relance:c1:3", customer, before, default)).ShouldBeEmpty();
        await _woo.SetStatusAsync(new(ShopKind.Order, made.Id), "processing", default);
        (await _woo.OrdersAsync([made.Id], default)).Single().Status.ShouldBe("processing");
    }

    [Fact]
    public async Task An_order_whose_answer_was_lost_is_found_by_its_mark_and_is_the_only_one()
    {
        var (customer, product) = Seed();
        _shop.Fail(new(ShopFaultKind.DropAfter, Times: 1, Path: "orders", Method: "POST"));
        var order = new NewOrder("relance:c1:2", customer, new("", "", "", "", "", "FR"), "EUR", [new(product, 0, 1, new(18_000, "EUR"))], new Dictionary<string, string>());
        (await Should.ThrowAsync<ShopException>(() => _woo.CreateOrderAsync(order, default))).Ambiguous.ShouldBeTrue();
        var made = (await _woo.OrdersCreatedViaAsync("relance:c1:2", customer, _shop.Now.AddDays(-1), default)).ShouldHaveSingleItem();
        _shop.Trash(made.Id);
        (await _woo.OrdersCreatedViaAsync("relance:c1:2", customer, _shop.Now.AddDays(-1), default)).ShouldHaveSingleItem().Status.ShouldBe("trash");
    }

    [Theory]
    [InlineData(ShopFaultKind.Drop)]
    [InlineData(ShopFaultKind.Unavailable)]
    [InlineData(ShopFaultKind.TooMany)]
    [InlineData(ShopFaultKind.Fatal)]
    [InlineData(ShopFaultKind.Warning)]
    [InlineData(ShopFaultKind.Bom)]
    public async Task A_pull_survives_each_passing_fault(ShopFaultKind fault)
    {
        var (customer, product) = Seed();
        _shop.AddOrder(new(customer, product));
        _shop.Fail(new(fault, Times: 1));
        (await _woo.OrdersModifiedAfterAsync(_shop.Now.AddDays(-1), default).ToListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Notes_metadata_and_status_go_to_orders_and_to_subscriptions()
    {
        var (customer, _) = Seed();
        var product = _shop.AddProduct("Contrat annuel", "CONTRAT-AN", 180m, "year");
        var id = _shop.AddSubscription(new(customer, product, _shop.Now.AddMonths(-11), _shop.Now.AddMonths(1)));
        var subscription = (await _woo.SubscriptionsModifiedAfterAsync(_shop.Now.AddYears(-2), default).ToListAsync()).Single();
        (subscription.Id, subscription.Status, subscription.Months, subscription.RequiresManualRenewal).ShouldBe((id, "active", 12, true));

        foreach (var target in (ShopRef[])[new(ShopKind.Subscription, id), new(ShopKind.Order, subscription.ParentOrderId)])
        {
            await _woo.AddPrivateNoteAsync(target, "Relance envoyée. relance:0192", default);
            (await _woo.NotesAsync(target, default)).ShouldContain("Relance envoyée. relance:0192");
            var values = new Dictionary<string, string> { ["_relance_status"] = "Grace" };
            (await _woo.SetMetadataAsync([(target, values), (target with { Id = 999_999 }, values)], default)).Select(error => error?.Fault)
                .ShouldBe([null, ShopFault.NotFound]);
        }
        await _woo.SetStatusAsync(new(ShopKind.Subscription, id), "on-hold", default);
        var after = (await _woo.SubscriptionsAsync([id, subscription.ParentOrderId], default)).ShouldHaveSingleItem();
        (after.Status, after.Meta["_relance_status"]).ShouldBe(("on-hold", "Grace"));
        (await _woo.OrdersAsync([id, subscription.ParentOrderId], default)).ShouldHaveSingleItem().Meta["_relance_status"].ShouldBe("Grace");
    }

    [Fact]
    public async Task Webhooks_are_made_listed_and_deleted()
    {
        await using var receiver = new ScriptedShop((_, _) => ScriptedShop.Json("{}"));
        var made = await _woo.CreateWebhookAsync("Relance order.updated", "order.updated", new(receiver.Url, "hook"), " s&cret ", default);
        (made.Topic, made.Status).ShouldBe(("order.updated", "active"));
        (await _woo.WebhooksAsync(default)).ShouldHaveSingleItem().ShouldBe(made);

        var (customer, product) = Seed();
        var order = _shop.AddOrder(new(customer, product));
        _shop.Pay(order);
        await _shop.DrainWebhooksAsync();
        var delivery = receiver.Requests.Last(heard => heard.Head.Contains("X-WC-Webhook-Signature", StringComparison.OrdinalIgnoreCase));
        var signature = delivery.Head.Split("\r\n").Single(line => line.StartsWith("X-WC-Webhook-Signature:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        var body = System.Text.Encoding.UTF8.GetBytes(delivery.Body);
        WebhookSignature.Verify(body, " s&cret ", signature).ShouldBeTrue();
        WebhookBody.Parse("order.updated", body).ShouldBe(new("order.updated", WebhookSubject.Order, order));

        await _woo.DeleteWebhookAsync(made.Id, default);
        (await _woo.WebhooksAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shop_without_Subscriptions_says_so()
    {
        await using var plain = await FakeShop.StartAsync(new() { HasSubscriptions = false, MailsPaidOrders = false });
        var woo = Client(plain);
        (await woo.IdentityAsync(default)).HasSubscriptions.ShouldBeFalse();
        (await woo.SubscriptionsModifiedAfterAsync(DateTimeOffset.UnixEpoch, default).ToListAsync()).ShouldBeEmpty();
        ShopMails.Thanks(await woo.OwnMailsAsync(default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_that_only_reads_is_refused_when_it_writes()
    {
        var reader = _factory.WooCommerce(new(_shop.Url, _shop.Options.ReadKey, _shop.Options.ReadSecret, AllowPrivateAddress: true));
        var (customer, product) = Seed();
        var order = new ShopRef(ShopKind.Order, _shop.AddOrder(new(customer, product)));
        (await Should.ThrowAsync<ShopException>(() => reader.AddPrivateNoteAsync(order, "x", default))).Fault.ShouldBe(ShopFault.Refused);
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        _factory.Dispose();
    }

    private WooCommerceShop Client(FakeShop shop) => _factory.WooCommerce(new(shop.Url, shop.Options.Key, shop.Options.Secret, AllowPrivateAddress: true));

    private (long Customer, long Product) Seed() =>
        (_shop.AddCustomer("jeanne@client.example", "Jeanne", "Lefèvre"), _shop.AddProduct("Maintenance", "MAINT", 180m));
}
