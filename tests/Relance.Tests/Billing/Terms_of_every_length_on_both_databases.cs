using Relance.Demo.Shop;
using Relance.Domain.Billing;
using Relance.Storage;
using Relance.Tests.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Billing;

/// <summary>Monthly, quarterly and automatic subscriptions, day by day in the shop, from before the end of a term to after the end of the contract.</summary>
public abstract class Terms_of_every_length_on_both_databases(Dialect dialect) : IAsyncLifetime
{
    private TestDatabase _storage = null!;
    private BillingWorld _world = null!;

    public async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(dialect);
        _world = await BillingWorld.StartAsync(null, $"Database={_storage.ConnectionString}");
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private async Task<(long Id, DateOnly End)> SubscribedAsync(int months, int daysToEnd, bool manual = true, bool refused = false)
    {
        var end = Day0.AddDays(daysToEnd);
        var product = _world.Shop.AddProduct("Abonnement", "ABO", 60m, "month", months);
        var id = _world.Shop.AddSubscription(new(_world.Client, product, At(end.AddDays(1).AddMonths(-months), 10), At(end.AddDays(1), 10), "month", months, manual, refused, PaymentMethod: manual ? "bacs" : "stripe"));
        await _world.LinkAsync();
        return (id, end);
    }

    private async Task PlayAsync(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            await _world.PlayAsync(day);
    }

    private async Task<IReadOnlyList<string>> SentAsync() =>
        await _world.ListAsync("SELECT step || ' ' || decided_on FROM reminder WHERE state = 'sent' ORDER BY decided_on, id");

    [Fact]
    public async Task A_monthly_term_that_nobody_pays_is_over_before_the_next_one_would_be()
    {
        var (_, end) = await SubscribedAsync(1, daysToEnd: 9);
        await PlayAsync(Day0, end.AddDays(28));
        (await SentAsync()).ShouldBe(
        [
            "maintenance.notice 2026-03-04", "maintenance.lapsed 2026-03-13", "maintenance.suspension 2026-03-18", "maintenance.reactivation 2026-03-25",
            "maintenance.reactivation-2 2026-04-01", "maintenance.ended 2026-04-07",
        ]);
        (await _world.ContractAsync()).Standing.ShouldBe("ended");
    }

    [Fact]
    public async Task A_monthly_term_paid_after_its_end_goes_on_month_by_month()
    {
        var (_, end) = await SubscribedAsync(1, daysToEnd: 9);
        await PlayAsync(Day0, end.AddDays(3));
        _world.Shop.Pay((await _world.StateAsync()).RenewalOrderId.ShouldNotBeNull());
        await PlayAsync(end.AddDays(4), end.AddDays(28));
        var state = await _world.StateAsync();
        (state.TermNo, state.TermStart, state.TermEnd).ShouldBe((2, end.AddDays(1), end.AddDays(1).AddMonths(1).AddDays(-1)));
        (await SentAsync()).ShouldBe(["maintenance.notice 2026-03-04", "maintenance.lapsed 2026-03-13", "maintenance.renewed 2026-03-15", "maintenance.notice 2026-04-03"]);
    }

    [Fact]
    public async Task A_quarterly_term_is_announced_a_fortnight_before()
    {
        var (_, end) = await SubscribedAsync(3, daysToEnd: 16);
        await PlayAsync(Day0, end.AddDays(7));
        (await SentAsync()).ShouldBe(["maintenance.notice 2026-03-03", "maintenance.attention 2026-03-13", "maintenance.lapsed 2026-03-20", "maintenance.suspension 2026-03-25"]);
    }

    [Fact]
    public async Task A_card_that_pays_is_announced_once_and_thanked_where_the_shop_is_silent()
    {
        var (_, end) = await SubscribedAsync(12, daysToEnd: 16, manual: false);
        (await _world.StateAsync()).Kind.ShouldBe(RenewalKind.Automatic);
        await PlayAsync(Day0, end.AddDays(9));
        (await SentAsync()).ShouldBe(["maintenance.before-debit 2026-03-03", "maintenance.renewed 2026-03-20"]);
        (await _world.StateAsync()).TermNo.ShouldBe(2);
    }

    [Fact]
    public async Task A_card_that_is_refused_starts_the_sequence()
    {
        var (_, end) = await SubscribedAsync(12, daysToEnd: 16, manual: false, refused: true);
        await PlayAsync(Day0, end.AddDays(8));
        (await SentAsync()).Select(step => step.Split(' ')[0]).ShouldBe(["maintenance.before-debit", "maintenance.lapsed", "maintenance.suspension"]);
        (await _world.ContractAsync()).Standing.ShouldBe("suspended");
        (await _world.StateAsync()).DebitFailedOn.ShouldBe(end.AddDays(1));
    }

    [Fact]
    public async Task A_debit_that_has_not_failed_is_waited_for()
    {
        var (id, end) = await SubscribedAsync(12, daysToEnd: 16, manual: false, refused: true);
        await PlayAsync(Day0, end);
        _world.Go(end.AddDays(1), 10, 30);
        var order = _world.Shop.Locked(core => core.State.Orders.Values.Last(o => o.Meta("_subscription_renewal") == $"{id}").Number("id"));
        _world.SetStatus(order, "pending");
        await PlayAsync(end.AddDays(2), end.AddDays(8));
        (await SentAsync()).ShouldHaveSingleItem().ShouldStartWith("maintenance.before-debit");
        (await _world.ListAsync("SELECT reason FROM reminder WHERE step = 'maintenance.lapsed'")).ShouldBe(["awaiting-debit"]);
    }

    public sealed class OnSqlite() : Terms_of_every_length_on_both_databases(Dialect.Sqlite);

    public sealed class OnPostgres() : Terms_of_every_length_on_both_databases(Dialect.Postgres);
}
