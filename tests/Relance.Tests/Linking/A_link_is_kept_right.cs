using Relance.Demo.Shop;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Tests.Linking;

public abstract class A_link_is_kept_right(Dialect dialect) : IAsyncLifetime
{
    private LinkHost _host = null!;

    public async Task InitializeAsync() => _host = await LinkHost.StartAsync(dialect);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_healthy_link_is_left_alone()
    {
        var shop = await _host.LinkAsync();
        _host.Shop.ForgetRequests();
        var check = await _host.Linker.CheckAsync(shop.Id);
        check.SiteMatches.ShouldBeTrue();
        check.Webhooks.ShouldBe(new WebhookChanges(0, 0));
        _host.Shop.Writes.ShouldBeEmpty();
        (await _host.Linker.ListAsync()).Single().ShouldBe(shop with { ClockSkewMs = (long)check.ClockSkew.TotalMilliseconds });
    }

    [Fact]
    public async Task A_disabled_webhook_is_replaced_and_a_deleted_or_doubled_one_put_right()
    {
        var shop = await _host.LinkAsync();
        var ids = _host.Shop.Locked(core =>
        {
            var hooks = core.Hooks.Webhooks.Values.ToList();
            hooks.Single(hook => hook.Topic == "order.updated").Doc["status"] = "disabled";
            core.Hooks.Webhooks.Remove(hooks.Single(hook => hook.Topic == "order.deleted").Id);
            return hooks.ConvertAll(hook => hook.Id);
        });
        (await _host.Linker.CheckAsync(shop.Id)).Webhooks.ShouldBe(new WebhookChanges(2, 1));
        _host.Webhooks().Select(hook => (hook.Topic, hook.Status)).ShouldBe(LinkWebhooks.Topics(hasSubscriptions: true).Order().Select(topic => (topic, "active")));
        _host.Shop.Locked(core => core.Hooks.Webhooks.Values.Single(hook => hook.Topic == "order.updated").Id).ShouldNotBeOneOf([.. ids], "replaced, not re-activated");
    }

    [Fact]
    public async Task A_webhook_disabled_by_seven_failures_delivers_again()
    {
        var shop = await _host.LinkAsync();
        var other = new Uri("http://127.0.0.1:1/webhooks/woocommerce/" + shop.Id);
        _host.Shop.Locked(core => core.Hooks.Webhooks.Values.Single(hook => hook.Topic == "order.updated").Doc["delivery_url"] = other.AbsoluteUri);
        var customer = _host.Shop.AddCustomer("jeanne@client.example", "Jeanne", "Lefèvre");
        var order = _host.Shop.AddOrder(new(customer, _host.Shop.AddProduct("Maintenance", "MAINT", 120)));
        for (var i = 0; i < 7; i++)
        {
            if (i % 2 == 0)
                _host.Shop.Trash(order);
            else
                _host.Shop.Restore(order);
            _host.Shop.Locked(core => { core.Emit("order.updated", order); return 0; });
            await _host.Shop.DrainWebhooksAsync();
        }
        _host.Webhooks().Single(hook => hook.Topic == "order.updated").Status.ShouldBe("disabled");
        (await _host.Linker.CheckAsync(shop.Id)).Webhooks.ShouldBe(new WebhookChanges(1, 1));
        _host.Webhooks().ShouldAllBe(hook => hook.Status == "active" && !hook.Url.Contains(":1/"));
    }

    [Fact]
    public async Task A_new_public_address_moves_every_webhook()
    {
        var shop = await _host.LinkAsync();
        var moved = _host.Over(new("https://relance.agence.example/sous-dossier"));
        (await moved.EnsureWebhooksAsync(shop)).ShouldBe(new WebhookChanges(8, 8));
        _host.Webhooks().ShouldAllBe(hook => hook.Url == $"https://relance.agence.example/sous-dossier/webhooks/woocommerce/{shop.Id}");
    }

    [Fact]
    public async Task A_staging_copy_is_noticed_told_once_and_not_written_to()
    {
        var shop = await _host.LinkAsync(test: true, mode: "live");
        shop.MayWrite.ShouldBeTrue();
        _host.Shop.Says = new("https://preprod.atelier.example");
        _host.Shop.ForgetRequests();
        _host.Shop.Locked(core => core.Hooks.Webhooks.Remove(core.Hooks.Webhooks.Keys.First()));
        for (var i = 0; i < 2; i++)
            (await _host.Linker.CheckAsync(shop.Id)).SiteMatches.ShouldBeFalse();
        (await _host.Linker.ListAsync()).Single().MayWrite.ShouldBeFalse();
        _host.Shop.Writes.ShouldBeEmpty();
        (await _host.ValueAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'site-mismatch'")).ShouldBe(1);
        (await _host.ValueAsync<string>("SELECT data FROM task WHERE kind = 'site-mismatch' AND state = 'open'")).ShouldNotBeNull().ShouldContain("preprod.atelier.example");

        _host.Shop.Says = null;
        (await _host.Linker.CheckAsync(shop.Id)).SiteMatches.ShouldBeTrue();
        (await _host.Linker.ListAsync()).Single().MayWrite.ShouldBeTrue();
        (await _host.ValueAsync<string>("SELECT state FROM task")).ShouldBe("done");
    }

    [Fact]
    public async Task The_clock_of_the_shop_is_compared_with_ours()
    {
        var shop = await _host.LinkAsync();
        _host.Shop.AdvanceTo(_host.Shop.Now.AddHours(2));
        (await _host.Linker.CheckAsync(shop.Id)).ClockSkew.ShouldBe(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));
        (await _host.Linker.ListAsync()).Single().ClockSkewMs.ShouldBeInRange(7_140_000, 7_260_000);
    }

    [Fact]
    public async Task A_shop_that_does_not_answer_is_an_error_and_changes_nothing()
    {
        var shop = await _host.LinkAsync();
        _host.Shop.Fail(new(ShopFaultKind.Unavailable));
        (await Should.ThrowAsync<ShopException>(() => _host.Linker.CheckAsync(shop.Id))).Fault.ShouldBe(ShopFault.Unreachable);
        (await _host.Linker.ListAsync()).Single().ShouldBe(shop);
        (await Should.ThrowAsync<LinkRefusedException>(() => _host.Linker.CheckAsync("nobody"))).Message.ShouldContain("nobody");
    }
}

public sealed class A_link_is_kept_right_in_SQLite() : A_link_is_kept_right(Dialect.Sqlite);

public sealed class A_link_is_kept_right_in_PostgreSQL() : A_link_is_kept_right(Dialect.Postgres);
