using Relance.Demo.Shop;
using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Inbox;

/// <summary>A delivery that carries a whole resource is applied as it is: an echo asks the shop for nothing, a payment counts while the shop is silent.</summary>
public abstract class Whole_bodies_are_applied(Dialect dialect) : IAsyncLifetime
{
    private TestDatabase _storage = null!;
    private BillingWorld _world = null!;

    public async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(dialect);
        _world = await BillingWorld.LinkedAsync(null, $"Database={_storage.ConnectionString}");
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private async Task<long> RenewalOrderAsync()
    {
        _world.Buy(Day0.AddDays(20).AddYears(-1));
        await _world.PullAsync();
        await _world.PlayAsync(Day0.AddDays(14));
        await _world.Shop.DrainWebhooksAsync(early: true);
        await _world.PlayAsync(Day0.AddDays(14));
        await _world.Shop.DrainWebhooksAsync(early: true);
        await _world.Jobs.InboxAsync(CancellationToken.None);
        return (await _world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_echo_of_what_is_known_asks_the_shop_for_nothing()
    {
        var order = await RenewalOrderAsync();
        _world.Go(Day0.AddDays(14), 11);
        _world.Shop.Locked(core =>
        {
            core.State.Touch(core.State.Orders[order]);
            core.Emit("order.updated", order);
            return 0;
        });
        await _world.Shop.DrainWebhooksAsync(early: true);
        _world.Shop.ForgetRequests();
        (await _world.Jobs.InboxAsync(CancellationToken.None)).ShouldBe(1);
        _world.Shop.Requests.ShouldBeEmpty();
        (await _world.ValueAsync<long>($"SELECT source_at FROM invoice WHERE external_id = '{order}'")).ShouldBe(At(Day0.AddDays(14), 11).Millis());
    }

    [Fact]
    public async Task A_payment_counts_while_the_shop_does_not_answer()
    {
        var order = await RenewalOrderAsync();
        _world.Go(Day0.AddDays(15), 8);
        _world.Shop.Pay(order);
        await _world.Shop.DrainWebhooksAsync(early: true);
        _world.Shop.Fail(new ShopFaultRule(ShopFaultKind.Maintenance));
        (await _world.Jobs.InboxAsync(CancellationToken.None)).ShouldBe(0, "the deliveries are looked at again once it answers");
        (await _world.StateAsync()).TermNo.ShouldBe(2);
        (await _world.CyclesAsync()).ShouldBe(["1 paid", "2 open"]);
    }

    [Fact]
    public async Task Of_two_states_in_one_second_the_shop_says_which_is_the_later()
    {
        var order = await RenewalOrderAsync();
        _world.Go(Day0.AddDays(15), 8);
        _world.SetStatus(order, "failed");
        await _world.Shop.DrainWebhooksAsync(early: true);
        _world.SetStatus(order, "processing");
        await _world.Shop.DrainWebhooksAsync(early: true);
        _world.Shop.ForgetRequests();
        await _world.Jobs.InboxAsync(CancellationToken.None);
        _world.Shop.Requests.ShouldContain(request => request.Path.Contains("orders", StringComparison.Ordinal));
        (await _world.StateAsync()).TermNo.ShouldBe(2);
    }

    public sealed class OnSqlite() : Whole_bodies_are_applied(Dialect.Sqlite);

    public sealed class OnPostgres() : Whole_bodies_are_applied(Dialect.Postgres);
}
