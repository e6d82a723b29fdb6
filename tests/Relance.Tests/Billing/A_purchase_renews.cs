using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Billing;

/// <summary>What renews a product-rule contract, what does not, and when a person is asked.</summary>
public sealed class A_purchase_renews
{
    // A contract whose first term ends 30 days after the story starts: its notice is due that day.
    private static readonly DateOnly s_start = Day0.AddDays(31).AddYears(-1);
    private static readonly DateOnly s_end = Day0.AddDays(30);

    private static async Task<BillingWorld> DueAsync(params string[] settings)
    {
        var world = await BillingWorld.StartAsync(null, settings);
        world.Buy(s_start);
        await world.LinkAsync();
        (await world.StateAsync()).TermEnd.ShouldBe(s_end);
        return world;
    }

    [Fact]
    public async Task Our_own_order_paid_late_starts_the_day_after_the_old_term()
    {
        await using var world = await DueAsync();
        await world.PlayAsync(Day0);
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.Go(s_end.AddDays(5));
        world.Shop.Pay(order);
        await world.PullAsync();
        var state = await world.StateAsync();
        (state.TermNo, state.TermStart, state.TermEnd).ShouldBe((2, s_end.AddDays(1), s_end.AddYears(1)));
        (await world.CyclesAsync()).ShouldBe(["1 paid", "2 open"]);
        (await world.RemindersAsync()).ShouldContain("maintenance.renewed planned");
        (await world.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Our_own_order_that_comes_to_another_price_makes_reminders_wait_until_it_is_corrected()
    {
        await using var world = await DueAsync();
        world.Shop.Locked(core => core.State.Orders.Values.First()["total"]!.ToString()).ShouldBe("576.00");
        await world.Database.WriteAsync(s => s.ExecuteAsync("UPDATE contract SET data = REPLACE(data, '\"Amount\":57600', '\"Amount\":50000')"));
        await world.PlayAsync(Day0);
        (await world.TasksAsync()).ShouldBe(["price-changed"]);
        (await world.RemindersAsync()).ShouldBeEmpty();
        (await world.ValueAsync<long>("SELECT COUNT(*) FROM message WHERE state = 'sent'")).ShouldBe(0);
        await world.Database.WriteAsync(s => s.ExecuteAsync("UPDATE contract SET data = REPLACE(data, '\"Amount\":50000', '\"Amount\":57600')"));
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.SetStatus(order, "failed");
        await world.GoAndPullAsync(Day0, 9, 30);
        (await world.TasksAsync()).ShouldBeEmpty();
        await world.Jobs.RoundAsync(CancellationToken.None);
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
    }

    [Fact]
    public async Task Our_own_order_carries_the_whole_address()
    {
        await using var world = await DueAsync();
        await world.PlayAsync(Day0);
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.Shop.Locked(core => core.State.Orders[order]["billing"]!.ToJsonString()).ShouldContain("1 place Bellecour");
        world.Shop.Locked(core => (core.State.Orders[order]["billing"]!["postcode"]!.ToString(), core.State.Orders[order]["billing"]!["city"]!.ToString())).ShouldBe(("69002", "Lyon"));
    }

    [Theory]
    [InlineData(-60, true)]
    [InlineData(-61, false)]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task A_purchase_of_the_same_product_renews_from_J_60_to_J_30(int day, bool renews)
    {
        await using var world = await BillingWorld.StartAsync();
        world.Buy(Day0.AddDays(61).AddYears(-1));
        await world.LinkAsync();
        var end = Day0.AddDays(60);
        if (day < 0)
            world.Buy(end.AddDays(day));
        await world.GoAndPullAsync(end.AddDays(Math.Max(day, -60)), 9);
        if (day > 0)
        {
            world.Buy(end.AddDays(day));
            await world.PullAsync();
        }

        (await world.ContractsAsync()).Select(c => c.State.TermNo).Order().ShouldBe(renews ? [2] : [1, 1]);
    }

    [Fact]
    public async Task Several_matching_contracts_wait_and_a_person_is_asked()
    {
        await using var world = await BillingWorld.StartAsync();
        world.Buy(s_start, quantity: 2);
        await world.LinkAsync();
        world.Buy(Day0);
        await world.GoAndPullAsync(Day0, 8, 30);
        (await world.ContractsAsync()).ShouldAllBe(c => c.State.TermNo == 1 && c.State.Hold == "NeedsDecision");
        (await world.TasksAsync()).ShouldBe(["which-contract"]);
        await world.PlayAsync(Day0);
        (await world.RemindersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_pieces_for_one_contract_are_asked_about_too()
    {
        await using var world = await DueAsync();
        world.Buy(Day0, quantity: 2);
        await world.GoAndPullAsync(Day0, 9);
        (await world.StateAsync()).TermNo.ShouldBe(1);
        (await world.TasksAsync()).ShouldBe(["which-contract"]);
    }

    [Fact]
    public async Task A_second_payment_is_a_task_and_opens_nothing()
    {
        await using var world = await DueAsync();
        await world.PlayAsync(Day0);
        var ours = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.Buy(Day0.AddDays(1));
        await world.GoAndPullAsync(Day0.AddDays(1), 10);
        (await world.StateAsync()).TermNo.ShouldBe(2);
        (await world.TasksAsync()).ShouldBe(["needless-order"]);
        world.Shop.Pay(ours);
        world.Buy(Day0.AddDays(2));
        await world.GoAndPullAsync(Day0.AddDays(2), 10);
        (await world.StateAsync()).TermNo.ShouldBe(2);
        (await world.TasksAsync()).ShouldBe(["needless-order", "second-payment", "second-payment"]);
    }

    [Fact]
    public async Task Money_after_the_end_is_a_task()
    {
        await using var world = await DueAsync();
        await world.PlayAsync(Day0);
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        await world.Database.WriteAsync(async s =>
        {
            var contract = (await Relance.Billing.ContractStore.AllAsync(s))[0];
            await Relance.Billing.ContractStore.UpdateAsync(s, contract with { State = contract.State with { EndedOn = Day0 }, Standing = "ended" });
        });
        world.Go(Day0.AddDays(1));
        world.Shop.Pay(order);
        await world.PullAsync();
        (await world.TasksAsync()).ShouldBe(["paid-after-end"]);
        (await world.StateAsync()).TermNo.ShouldBe(1);
    }

    [Fact]
    public async Task A_full_refund_stops_and_a_partial_one_changes_nothing()
    {
        await using var world = await DueAsync();
        var renewal = world.Buy(Day0);
        await world.GoAndPullAsync(Day0, 9);
        world.Shop.Locked(core =>
        {
            core.State.Orders[renewal]["refunds"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["id"] = 1, ["total"] = "-10.00" });
            core.State.Touch(core.State.Orders[renewal]);
            return 0;
        });
        await world.GoAndPullAsync(Day0, 10);
        (await world.ContractAsync()).Standing.ShouldBe("active");
        world.SetStatus(renewal, "refunded");
        await world.GoAndPullAsync(Day0, 11);
        (await world.ContractAsync()).Standing.ShouldBe("ended");
        (await world.CyclesAsync()).ShouldBe(["1 paid", "2 cancelled"]);
        (await world.TasksAsync()).ShouldBe(["refunded"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_withdrawn_order_pauses_and_asks_and_its_return_lets_the_story_go_on(bool trashed)
    {
        await using var world = await DueAsync();
        await world.PlayAsync(Day0);
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.Go(Day0.AddDays(1));
        if (trashed)
            world.Shop.Trash(order);
        else
            world.Shop.Cancel(order);
        await world.PullAsync();
        (await world.TasksAsync()).ShouldBe(["declined?"]);
        (await world.StateAsync()).Hold.ShouldBe("NeedsDecision");
        world.Go(Day0.AddDays(2));
        if (trashed)
            world.Shop.Restore(order);
        else
            world.SetStatus(order, "pending");
        await world.PullAsync();
        var state = await world.StateAsync();
        (state.Hold, state.RenewalOrderId).ShouldBe((null, order));
        (await world.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_withdrawn_order_is_never_taken_for_the_open_one()
    {
        await using var world = await DueAsync();
        await world.PlayAsync(Day0);
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.Shop.Trash(order);
        await world.GoAndPullAsync(Day0.AddDays(1));
        // A person decides that the client did not decline.
        await world.Database.WriteAsync(async s =>
        {
            var contract = (await Relance.Billing.ContractStore.AllAsync(s))[0];
            await Relance.Billing.ContractStore.UpdateAsync(s, contract with { State = contract.State with { Hold = null, HeldBy = null } });
            await s.ExecuteAsync("UPDATE cycle SET next_at = 0 WHERE state = 'open'");
        });
        await world.PlayAsync(s_end.AddDays(-6));
        var again = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        again.ShouldNotBe(order);
        world.Shop.Locked(core => core.State.Orders[again]["status"]!.ToString()).ShouldBe("pending");
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent", "maintenance.attention sent"]);
    }

    [Fact]
    public async Task An_announced_transfer_is_not_a_payment()
    {
        await using var world = await DueAsync();
        await world.PlayAsync(Day0);
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.Go(s_end.AddDays(1));
        world.Shop.Announce(order);
        await world.PullAsync();
        var state = await world.StateAsync();
        (state.TermNo, state.AnnouncedOn).ShouldBe((1, s_end.AddDays(1)));
        (await world.TasksAsync()).ShouldBe(["check-bank"]);
        world.Go(s_end.AddDays(9));
        world.SetStatus(order, "processing");
        await world.PullAsync();
        (await world.StateAsync()).TermNo.ShouldBe(2);
        (await world.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_corrected_on_the_open_order_is_the_one_written_to()
    {
        await using var world = await DueAsync();
        await world.PlayAsync(Day0);
        await world.Database.WriteAsync(s => s.ExecuteAsync("UPDATE recipient SET refused_at = 1"));
        var order = (await world.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        world.Go(Day0.AddDays(1));
        world.Shop.Locked(core =>
        {
            core.State.Orders[order]["billing"]!["email"] = "compta@client.example";
            core.State.Touch(core.State.Orders[order]);
            return 0;
        });
        await world.PullAsync();
        (await world.ListAsync("SELECT r.address_key || ' ' || COALESCE(r.refused_at, 0) FROM client c JOIN recipient r ON r.id = c.recipient_id")).ShouldBe(["compta@client.example 0"]);
        (await world.StateAsync()).Billing.Email.ShouldBe("compta@client.example");
    }
}
