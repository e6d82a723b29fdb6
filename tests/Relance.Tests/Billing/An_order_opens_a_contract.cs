using Relance.Domain.Billing;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Billing;

/// <summary>Product rules: which orders open a contract, and which term it gets.</summary>
public sealed class An_order_opens_a_contract
{
    [Fact]
    public async Task From_the_local_day_it_was_paid_for_a_whole_term()
    {
        await using var world = await BillingWorld.LinkedAsync();
        // 23:30 UTC on 4 March is 5 March in Paris only from 00:30 on: local dates decide.
        world.Shop.AddOrder(new(world.Client, world.Maintenance, "completed", PaymentMethod: "stripe", CreatedAt: new DateTimeOffset(2026, 3, 4, 23, 30, 0, TimeSpan.Zero)));
        await world.GoAndPullAsync(Date("2026-03-05"));
        var state = await world.StateAsync();
        (state.TermNo, state.TermStart, state.TermEnd).ShouldBe((1, Date("2026-03-05"), Date("2027-03-04")));
        (state.Kind, state.Amount, state.PlanName).ShouldBe((RenewalKind.Explicit, 57_600L, "Maintenance"));
        (await world.CyclesAsync()).ShouldBe(["1 open"]);
    }

    [Theory]
    [InlineData("processing", 1)]
    [InlineData("completed", 1)]
    [InlineData("on-hold", 0)]
    [InlineData("pending", 0)]
    [InlineData("failed", 0)]
    [InlineData("cancelled", 0)]
    public async Task When_its_status_says_paid(string status, int contracts)
    {
        await using var world = await BillingWorld.LinkedAsync();
        world.Buy(Day0, status, method: "bacs");
        await world.GoAndPullAsync(Day0, 9);
        (await world.ContractsAsync()).Count.ShouldBe(contracts);
        (await world.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task But_not_by_a_payment_date_that_survived_a_return_to_on_hold()
    {
        await using var world = await BillingWorld.LinkedAsync();
        var order = world.Buy(Day0, "processing");
        world.SetStatus(order, "on-hold");
        world.Shop.Locked(core => core.State.Orders[order]["date_paid_gmt"]!.ToString()).ShouldNotBeEmpty();
        await world.GoAndPullAsync(Day0, 9);
        (await world.ContractsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task For_deferred_methods_only_when_completed()
    {
        await using var world = await BillingWorld.LinkedAsync(null, "DeferredMethods:0=cheque");
        var order = world.Buy(Day0, "processing", method: "cheque");
        await world.GoAndPullAsync(Day0, 9);
        (await world.ContractsAsync()).ShouldBeEmpty();
        world.SetStatus(order, "completed");
        await world.GoAndPullAsync(Day0, 10);
        (await world.ContractsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Three_of_them_when_three_were_bought_and_a_refund_closes_all_three()
    {
        await using var world = await BillingWorld.LinkedAsync();
        var order = world.Buy(Day0, quantity: 3);
        await world.GoAndPullAsync(Day0, 9);
        var contracts = await world.ContractsAsync();
        contracts.Count.ShouldBe(3);
        contracts.ShouldAllBe(c => c.State.Amount == 57_600 && c.State.Lines[0].Quantity == 1);
        world.SetStatus(order, "refunded");
        await world.GoAndPullAsync(Day0, 10);
        (await world.ContractsAsync()).ShouldAllBe(c => c.Standing == "ended");
    }

    [Theory]
    [InlineData("Products:7:ProductId={0}")]
    [InlineData("Products:7:Category=entretien")]
    public async Task By_product_or_category(string rule)
    {
        await using var seeded = await BillingWorld.StartAsync();
        var product = seeded.Shop.AddProduct("Entretien", "ENTRETIEN", 100m);
        await using var world = await BillingWorld.LinkedAsync(null, string.Format(System.Globalization.CultureInfo.InvariantCulture, rule, product), "Products:7:Months=3");
        var same = world.Shop.AddProduct("Entretien", "ENTRETIEN", 100m);
        same.ShouldBe(product);
        world.Shop.Locked(core => core.State.Products[same]["categories"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["id"] = 7, ["name"] = "Entretien", ["slug"] = "entretien" }));
        world.Buy(Day0, product: same);
        await world.GoAndPullAsync(Day0, 9);
        (await world.StateAsync()).Months.ShouldBe(3);
    }

    [Fact]
    public async Task Not_for_a_product_without_a_rule()
    {
        await using var world = await BillingWorld.LinkedAsync();
        world.Buy(Day0, product: world.Shop.AddProduct("Affiche", "AFFICHE", 20m));
        await world.GoAndPullAsync(Day0, 9);
        (await world.ContractsAsync()).ShouldBeEmpty();
        (await world.ValueAsync<long>("SELECT COUNT(*) FROM client")).ShouldBe(0);
    }

    [Fact]
    public async Task Guests_are_known_by_their_address()
    {
        await using var world = await BillingWorld.LinkedAsync();
        foreach (var email in (string[])["Invite@client.example", "invite@client.example"])
        {
            var order = world.Buy(Day0, "pending", client: 0, product: world.Maintenance);
            world.Shop.Locked(core =>
            {
                core.State.Orders[order]["billing"]!["email"] = email;
                core.Orders.SetStatus(core.State.Orders[order], "completed");
                return 0;
            });
        }

        await world.GoAndPullAsync(Day0, 9);
        (await world.ListAsync("SELECT external_key FROM client")).ShouldBe(["guest:invite@client.example"]);
        (await world.ContractsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_payment_taken_back_without_a_refund_is_a_task()
    {
        await using var world = await BillingWorld.LinkedAsync();
        var order = world.Buy(Day0);
        await world.GoAndPullAsync(Day0, 9);
        world.SetStatus(order, "on-hold");
        await world.GoAndPullAsync(Day0, 10);
        (await world.TasksAsync()).ShouldBe(["payment-undone"]);
        (await world.ContractAsync()).Standing.ShouldBe("active");
    }
}
