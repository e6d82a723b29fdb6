using Relance.Inbox;
using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Inbox;

/// <summary>A clone of the shop keeps its webhooks, their address and their secret.</summary>
public abstract class A_copy_of_the_shop_tells_nothing(Dialect dialect) : IAsyncLifetime
{
    private static readonly Uri s_copy = new("https://preprod.atelier.example/");

    private TestDatabase _storage = null!;
    private BillingWorld _world = null!;

    public async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(dialect);
        _world = await LinkedAsync(null, $"Database={_storage.ConnectionString}");
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task What_is_bought_in_the_copy_is_kept_and_opens_no_contract_but_one_task_with_both_addresses()
    {
        _world.Shop.Says = s_copy;
        _world.Buy(Day0);
        _world.Buy(Day0.AddDays(1));
        await _world.Shop.DrainWebhooksAsync(early: true);
        _world.Shop.Deliveries.ShouldNotBeEmpty();
        _world.Shop.Deliveries.ShouldAllBe(delivery => delivery.Status == 200);
        await _world.Jobs.InboxAsync(CancellationToken.None);

        (await _world.ContractsAsync()).ShouldBeEmpty();
        (await _world.ListAsync("SELECT DISTINCT state || ' ' || error FROM inbox")).ShouldHaveSingleItem().ShouldBe($"failed X-WC-Webhook-Source: expected {_world.Shop.Url}, got {s_copy}");
        (await _world.ValueAsync<long>("SELECT MIN(LENGTH(body)) FROM inbox")).ShouldBeGreaterThan(0);
        (await _world.TasksAsync()).ShouldBe(["shop-copy"]);
        var task = (await _world.ListAsync("SELECT data FROM task")).ShouldHaveSingleItem();
        task.ShouldContain(s_copy.AbsoluteUri);
        task.ShouldContain(_world.Shop.Url.AbsoluteUri);
    }

    [Fact]
    public async Task The_shops_own_delivery_counts_although_the_copy_sent_the_same_first()
    {
        var order = _world.Buy(Day0);
        _world.Shop.Says = s_copy;
        await _world.Shop.DrainWebhooksAsync(early: true);
        _world.Shop.Says = null;
        _world.Shop.Locked(core =>
        {
            core.Emit("order.created", order);
            return 0;
        });
        await _world.Shop.DrainWebhooksAsync(early: true);
        await _world.Jobs.InboxAsync(CancellationToken.None);
        (await _world.ContractAsync()).Standing.ShouldBe("active");
    }
}

public sealed class A_copy_of_the_shop_tells_nothing_on_SQLite() : A_copy_of_the_shop_tells_nothing(Dialect.Sqlite);

public sealed class A_copy_of_the_shop_tells_nothing_on_PostgreSQL() : A_copy_of_the_shop_tells_nothing(Dialect.Postgres);

public sealed class Where_a_delivery_comes_from
{
    private static readonly Uri s_linked = new("https://boutique.example/shop/");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("boutique")]
    [InlineData("https://boutique.example/shop/")]
    [InlineData("http://boutique.example/shop")]
    [InlineData("https://www.boutique.example/shop/")]
    [InlineData("HTTPS://BOUTIQUE.EXAMPLE:443/Shop/")]
    public void The_shop_itself_and_what_cannot_be_told_is_no_copy(string? source) => Copies.Other(s_linked, source).ShouldBeNull();

    [Theory]
    [InlineData("https://preprod.boutique.example/shop/")]
    [InlineData("https://boutique.example/")]
    [InlineData("https://boutique.example/staging/")]
    [InlineData("https://boutique.example:8443/shop/")]
    [InlineData("https://boutique.example.invalid/shop/")]
    public void Another_host_port_or_path_is_a_copy(string source) => Copies.Other(s_linked, source).ShouldBe(source);
}
