using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Billing;

/// <summary>Linking a shop with a past: the right term, no thank-you for old payments, no word about what is long over.</summary>
public sealed class An_import_tells_history
{
    [Fact]
    public async Task Three_years_of_orders_end_in_the_right_term()
    {
        await using var world = await BillingWorld.StartAsync();
        // Month ends do not drift: counted from 31 August 2022.
        foreach (var paid in (string[])["2022-08-31", "2023-08-20", "2024-09-10", "2025-08-01"])
            world.Buy(Date(paid));
        await world.LinkAsync();
        var state = await world.StateAsync();
        (state.TermNo, state.TermStart, state.TermEnd).ShouldBe((4, Date("2025-08-31"), Date("2026-08-30")));
        (await world.ContractAsync()).Standing.ShouldBe("active");
        (await world.CyclesAsync()).ShouldBe(["4 open"]);
        (await world.RemindersAsync()).ShouldBeEmpty();
        (await world.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_dated_in_the_future_hides_no_payment_that_comes_before_that_date()
    {
        await using var world = await BillingWorld.StartAsync();
        world.Buy(Day0.AddDays(-350));
        // A shop whose clock was wrong for a while leaves such rows.
        world.Buy(Day0.AddDays(40), status: "pending", client: world.Shop.AddCustomer("hugo@client.example", "Hugo", "Petit"));
        await world.LinkAsync();
        world.Go(Day0.AddDays(3));
        world.Buy(Day0.AddDays(3));
        await world.GoAndPullAsync(Day0.AddDays(4));
        (await world.StateAsync()).TermNo.ShouldBe(2);
    }

    [Fact]
    public async Task Monthly_terms_from_the_last_of_January_do_not_drift()
    {
        await using var world = await BillingWorld.StartAsync(null, "Products:7:Sku=MENSUEL", "Products:7:Months=1");
        var monthly = world.Shop.AddProduct("Mensuel", "MENSUEL", 40m);
        foreach (var paid in (string[])["2025-10-31", "2025-11-28", "2025-12-30", "2026-01-30", "2026-02-26"])
            world.Buy(Date(paid), product: monthly);
        await world.LinkAsync();
        var state = await world.StateAsync();
        (state.TermNo, state.TermStart, state.TermEnd).ShouldBe((5, Date("2026-02-28"), Date("2026-03-30")));
    }

    [Theory]
    [InlineData(10, "active", "1 open")]
    [InlineData(-5, "grace", "1 open")]
    [InlineData(-12, "grace", "1 open")]
    [InlineData(-200, "ended", "")]
    public async Task A_contract_is_taken_up_where_it_stands(int daysLeft, string standing, string cycles)
    {
        await using var world = await BillingWorld.StartAsync();
        world.Buy(Day0.AddDays(daysLeft + 1).AddYears(-1));
        await world.LinkAsync();
        (await world.CyclesAsync()).ShouldBe(cycles.Length == 0 ? [] : [cycles]);
        (await world.ContractAsync()).Standing.ShouldBe(standing == "active" ? "renewal-due" : standing);
        (await world.RemindersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_of_the_morning_before_the_link_is_history_too()
    {
        await using var world = await BillingWorld.StartAsync();
        world.Buy(Day0.AddDays(-4).AddYears(-1));
        world.Buy(Day0);
        await world.LinkAsync();
        (await world.StateAsync()).TermNo.ShouldBe(2);
        (await world.RemindersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_shop_thanks_for_orders_nobody_thanks_twice()
    {
        await using var world = await BillingWorld.StartAsync(new() { MailsPaidOrders = true });
        world.Buy(Day0.AddDays(10).AddYears(-1));
        await world.LinkAsync();
        world.Buy(Day0.AddDays(1));
        await world.GoAndPullAsync(Day0.AddDays(1), 9);
        (await world.StateAsync()).TermNo.ShouldBe(2);
        (await world.RemindersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_old_order_touched_again_does_not_bring_its_old_address_back()
    {
        await using var world = await BillingWorld.StartAsync();
        var old = world.Buy(Day0.AddDays(10).AddYears(-1));
        world.Shop.Locked(core => core.State.Orders[old]["billing"]!["email"] = "ancienne@client.example");
        world.Buy(Day0.AddDays(-1));
        await world.LinkAsync();
        (await world.ListAsync("SELECT email FROM client")).ShouldBe(["jeanne@client.example"]);
        world.Go(Day0.AddDays(1));
        world.Shop.Locked(core =>
        {
            core.State.Touch(core.State.Orders[old]);
            return 0;
        });
        await world.PullAsync();
        (await world.ListAsync("SELECT email FROM client")).ShouldBe(["jeanne@client.example"]);
    }
}
