using Relance.Demo.Shop;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Billing;

/// <summary>One bad row, a lost connection, a repeat, an older state: nothing is lost, nothing doubles, nothing stops the rest.</summary>
public sealed class The_wire_may_be_bad
{
    [Theory]
    [InlineData("total", "douze")]
    [InlineData("currency", "")]
    [InlineData("date_created_gmt", "hier")]
    public async Task A_row_that_cannot_be_read_is_a_task_and_the_others_go_on(string field, string value)
    {
        await using var world = await BillingWorld.LinkedAsync();
        var bad = world.Buy(Day0);
        world.Buy(Day0);
        world.Shop.Locked(core => core.State.Orders[bad][field] = value);
        await world.GoAndPullAsync(Day0, 9);
        (await world.ContractsAsync()).ShouldHaveSingleItem();
        (await world.TasksAsync()).ShouldBe(["not-applied"]);
        (await world.ValueAsync<string>("SELECT data FROM task")).ShouldNotBeNull().ShouldContain($"{bad}");
    }

    [Fact]
    public async Task A_contract_whose_order_cannot_be_read_waits_until_it_can()
    {
        await using var world = await BillingWorld.StartAsync();
        world.Buy(Day0.AddYears(-1).AddDays(31));
        await world.LinkAsync();
        await world.PlayAsync(Day0);
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.Shop.Locked(core =>
        {
            core.State.Orders[order]["total"] = "?";
            core.State.Touch(core.State.Orders[order]);
            return 0;
        });
        await world.GoAndPullAsync(Day0.AddDays(1));
        (await world.StateAsync()).Hold.ShouldBe("NeedsDecision");
        (await world.ContractAsync()).Standing.ShouldBe("renewal-due");
        world.Shop.Locked(core =>
        {
            core.State.Orders[order]["total"] = "576.00";
            core.State.Touch(core.State.Orders[order]);
            return 0;
        });
        await world.GoAndPullAsync(Day0.AddDays(2));
        (await world.StateAsync()).Hold.ShouldBeNull();
    }

    [Fact]
    public async Task A_repeat_changes_not_one_row()
    {
        await using var world = await BillingWorld.StartAsync();
        world.Buy(Day0.AddDays(-10));
        world.Shop.AddSubscription(new(world.Client, world.Shop.AddProduct("Abonnement", "ABO", 600m, "year"), At(Day0.AddDays(-20)), At(Day0.AddDays(345))));
        await world.LinkAsync();
        var before = await world.SnapshotAsync();
        await world.PullAsync();
        await world.PullAsync();
        (await world.SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Of_two_states_in_one_second_the_pulled_one_wins()
    {
        await using var world = await BillingWorld.StartAsync();
        world.Buy(Day0.AddYears(-1).AddDays(31));
        await world.LinkAsync();
        await world.PlayAsync(Day0);
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        await world.PullAsync();
        // No new instant of change: only the content tells.
        world.Shop.Locked(core =>
        {
            core.State.Orders[order]["payment_method"] = "bacs";
            core.State.Orders[order]["status"] = "on-hold";
            return 0;
        });
        await world.PullAsync();
        (await world.StateAsync()).AnnouncedOn.ShouldNotBeNull();
        world.Shop.Locked(core => core.State.Orders[order]["payment_method"] = "stripe");
        await world.PullAsync();
        (await world.StateAsync()).AnnouncedOn.ShouldBeNull();
    }

    [Fact]
    public async Task An_interrupted_import_starts_again_where_it_was()
    {
        await using var world = await BillingWorld.StartAsync();
        for (var i = 0; i < 130; i++)
            world.Buy(Day0.AddDays(-i - 1), client: world.Shop.AddCustomer($"c{i}@client.example", "C", $"{i}"));
        world.Shop.Fail(new ShopFaultRule(ShopFaultKind.Malformed, Path: "wc/v3/orders"));
        await world.LinkAsync();
        (await world.ValueAsync<long?>("SELECT cursor_at FROM shop")).ShouldBeNull();
        world.Shop.Heal();
        await world.PullAsync();
        (await world.ContractsAsync()).Count.ShouldBe(130);
        (await world.ValueAsync<long?>("SELECT cursor_at FROM shop")).ShouldNotBeNull();
    }
}
