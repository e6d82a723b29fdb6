using System.Text;
using Relance.Journal;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;

namespace Relance.Tests.Linking;

public abstract class A_shop_is_linked(Dialect dialect) : IAsyncLifetime
{
    private LinkHost _host = null!;

    public async Task InitializeAsync() => _host = await LinkHost.StartAsync(dialect);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task It_starts_in_dry_run_with_today_at_the_shop_as_baseline()
    {
        var shop = await _host.LinkAsync();
        shop.Mode.ShouldBe("dry");
        shop.Test.ShouldBe(0);
        shop.BaselineOn.ShouldBe("2026-12-01", "half past eleven in the evening UTC is tomorrow in Paris");
        (shop.Name, shop.Tz, shop.Currency, shop.HasSubscriptions, shop.MailsPaidOrders).ShouldBe(("Atelier Démo", "Europe/Paris", "EUR", 1, 1));
        Math.Abs(shop.ClockSkewMs).ShouldBeLessThan(5000);
        var stored = (await _host.Linker.ListAsync()).ShouldHaveSingleItem();
        stored.ShouldBe(shop);
        (await _host.ValueAsync<string>("SELECT kind FROM journal")).ShouldBe("shop-linked");
        (await _host.Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, shop.Id))).ShouldBeNull();
    }

    [Fact]
    public async Task Its_webhooks_arrive_verified_and_are_the_only_writes()
    {
        var shop = await _host.LinkAsync();
        var url = $"{_host.Inbox.Http.BaseAddress}webhooks/woocommerce/{shop.Id}";
        _host.Webhooks().ShouldBe(LinkWebhooks.Topics(hasSubscriptions: true).Order().Select(topic => (topic, "active", url)));
        _host.Shop.Writes.ShouldAllBe(write => write.Path.EndsWith("/webhooks", StringComparison.Ordinal));

        var customer = _host.Shop.AddCustomer("jeanne@client.example", "Jeanne", "Lefèvre");
        var order = _host.Shop.AddOrder(new(customer, _host.Shop.AddProduct("Maintenance", "MAINT", 120)));
        await _host.Shop.DrainWebhooksAsync();
        _host.Shop.Deliveries.ShouldAllBe(delivery => delivery.Status == 200);
        var rows = await _host.Database.WriteAsync(s => Relance.Inbox.InboxStore.TakeNewAsync(s, shop.Id, 10, Clocks.RealTime.Real));
        rows.ShouldContain(row => row.Hint.Subject == WebhookSubject.Order && row.Hint.Id == order);
    }

    [Fact]
    public async Task Without_Subscriptions_only_orders_are_announced()
    {
        await using var host = await LinkHost.StartAsync(dialect, options => options with { HasSubscriptions = false });
        (await host.LinkAsync()).HasSubscriptions.ShouldBe(0);
        host.Webhooks().Select(hook => hook.Topic).ShouldBe(["order.created", "order.deleted", "order.restored", "order.updated"]);
    }

    [Fact]
    public async Task The_same_site_is_not_linked_twice_however_it_is_spelt()
    {
        await _host.LinkAsync();
        var spelt = _host.Request() with { Url = _host.Shop.Url.AbsoluteUri.TrimEnd('/') };
        (await Should.ThrowAsync<LinkRefusedException>(() => _host.Linker.AddAsync(spelt))).Message.ShouldContain("linked already");
        _host.Webhooks().Count.ShouldBe(8);
    }

    [Fact]
    public async Task A_site_that_says_another_address_is_refused_and_untouched()
    {
        _host.Shop.Says = new("https://atelier.example/preprod");
        (await Should.ThrowAsync<LinkRefusedException>(() => _host.LinkAsync())).Message.ShouldContain("https://atelier.example/preprod");
        _host.Shop.Writes.ShouldBeEmpty();
        (await _host.Linker.ListAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ftp://shop.example", "ck_1", "cs_1", "dry-run", "url")]
    [InlineData("http://127.0.0.1:1", "ck_1", "cs_1", "dry-run", "url")]
    [InlineData("https://shop.example", "cs_1", "ck_1", "dry-run", "key")]
    [InlineData("https://shop.example", "ck_1", "cs_1 ", "dry-run", "secret")]
    [InlineData("https://shop.example", "ck_1", "cs_1", "wet", "mode")]
    [InlineData("https://shop.example", "ck_1", "cs_1", "live", "mode")]
    [InlineData("https://shop.example", "ck_1", "cs_1", "redirect", "mode")]
    public async Task Bad_input_is_refused_before_any_call_and_named(string url, string key, string secret, string mode, string field)
    {
        var refused = await Should.ThrowAsync<LinkRefusedException>(() => _host.Linker.AddAsync(new(url, key, secret, Mode: mode)));
        refused.Message.ShouldStartWith(field + ":");
        refused.Message.ShouldNotContain("cs_1");
    }

    [Fact]
    public async Task Wrong_keys_and_read_only_keys_leave_nothing()
    {
        var wrong = _host.Request() with { Secret = "cs_wrong" };
        (await Should.ThrowAsync<ShopException>(() => _host.Linker.AddAsync(wrong))).Fault.ShouldBe(ShopFault.Refused);
        var readOnly = _host.Request() with { Key = _host.Shop.Options.ReadKey, Secret = _host.Shop.Options.ReadSecret };
        (await Should.ThrowAsync<ShopException>(() => _host.Linker.AddAsync(readOnly))).Fault.ShouldBe(ShopFault.Refused);
        (await _host.Linker.ListAsync()).ShouldBeEmpty();
        _host.Webhooks().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_broken_link_left_at_the_shop_is_removed_by_the_next_one()
    {
        var ours = new Uri(_host.Inbox.Http.BaseAddress!, "webhooks/woocommerce/" + Values.NewId());
        var theirs = new Uri("https://another.example/webhooks/woocommerce/" + Values.NewId());
        using var factory = new ShopFactory();
        var shop = factory.WooCommerce(new(_host.Shop.Url, _host.Shop.Options.Key, _host.Shop.Options.Secret, AllowPrivateAddress: true));
        await shop.CreateWebhookAsync("Relance order.created", "order.created", ours, "left behind", default);
        await shop.CreateWebhookAsync("Relance order.created", "order.created", theirs, "another Relance", default);
        await shop.CreateWebhookAsync("Comptabilité", "order.created", new("https://compta.example/in"), "not ours", default);

        await _host.LinkAsync();
        var urls = _host.Webhooks().Select(hook => hook.Url).ToList();
        urls.ShouldNotContain(ours.AbsoluteUri);
        urls.ShouldContain(theirs.AbsoluteUri);
        urls.ShouldContain("https://compta.example/in");
    }

    [Fact]
    public async Task No_secret_is_stored_in_clear_or_told()
    {
        var shop = await _host.LinkAsync();
        await _host.Linker.CheckAsync(shop.Id);
        var webhookSecret = _host.Inbox.Secrets.Unprotect(shop.WebhookSecret);
        webhookSecret.Length.ShouldBe(50);
        webhookSecret.ShouldAllBe(letter => char.IsAsciiLetterOrDigit(letter));
        var told = new StringBuilder(_host.Log).Append(shop).Append(_host.Request())
            .AppendJoin(' ', await _host.Database.ReadAsync(s => s.QueryAsync<string>("SELECT entry FROM journal")))
            .AppendJoin(' ', await _host.Database.ReadAsync(s => s.QueryAsync<string>("SELECT key_secret || webhook_secret || url FROM shop"))).ToString();
        foreach (var secret in new[] { _host.Shop.Options.Key, _host.Shop.Options.Secret, webhookSecret })
            told.ShouldNotContain(secret);
    }
}

public sealed class A_shop_is_linked_in_SQLite() : A_shop_is_linked(Dialect.Sqlite);

public sealed class A_shop_is_linked_in_PostgreSQL() : A_shop_is_linked(Dialect.Postgres);
