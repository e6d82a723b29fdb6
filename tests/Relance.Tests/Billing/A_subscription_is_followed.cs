using System.Text.Json.Nodes;
using Relance.Demo.Shop;
using Relance.Domain.Billing;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Billing;

/// <summary>WooCommerce Subscriptions: what the shop does itself is followed, not fought.</summary>
public sealed class A_subscription_is_followed
{
    // The notice is due on the day the story starts.
    private static readonly DateOnly s_end = Day0.AddDays(30);

    private static async Task<(BillingWorld World, long Subscription)> SubscribedAsync(bool manual = true, string sku = "ABO-12", bool link = true)
    {
        var world = await BillingWorld.StartAsync();
        var product = world.Shop.AddProduct("Abonnement", sku, 600m, "year");
        var subscription = world.Shop.AddSubscription(new(world.Client, product, At(s_end.AddDays(1).AddYears(-1), 10), At(s_end.AddDays(1), 10), Manual: manual));
        if (link)
            await world.LinkAsync();
        return (world, subscription);
    }

    private static void Change(BillingWorld world, long subscription, Action<JsonObject> change) => world.Shop.Locked(core =>
    {
        change(core.State.Subscriptions[subscription]);
        core.State.Touch(core.State.Subscriptions[subscription]);
        return 0;
    });

    private static string Gmt(DateOnly day) => At(day, 10).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(true, "ABO-12", RenewalKind.Explicit)]
    [InlineData(true, "MAINT-12-TACITE", RenewalKind.Tacit)]
    [InlineData(false, "ABO-12", RenewalKind.Automatic)]
    public async Task It_renews_as_it_says_and_ends_the_day_before_the_next_payment(bool manual, string sku, RenewalKind kind)
    {
        var (world, _) = await SubscribedAsync(manual, sku);
        await using var _1 = world;
        var state = await world.StateAsync();
        (state.Kind, state.TermStart, state.TermEnd, state.Months).ShouldBe((kind, s_end.AddDays(1).AddYears(-1), s_end, 12));
    }

    [Fact]
    public async Task A_card_removed_makes_it_explicit_and_its_notice_goes()
    {
        var (world, subscription) = await SubscribedAsync(manual: false);
        await using var _ = world;
        await world.PlayAsync(Day0);
        (await world.RemindersAsync()).ShouldBeEmpty();
        Change(world, subscription, s => s["requires_manual_renewal"] = true);
        await world.PlayAsync(Day0.AddDays(1));
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
    }

    [Theory]
    [InlineData("month", 1, 1)]
    [InlineData("month", 3, 3)]
    [InlineData("year", 2, 24)]
    public async Task Its_terms_are_as_long_as_its_periods(string period, int interval, int months)
    {
        await using var world = await BillingWorld.StartAsync();
        var product = world.Shop.AddProduct("Abonnement", "ABO", 60m, period, interval);
        world.Shop.AddSubscription(new(world.Client, product, At(Day0.AddMonths(-1)), At(Day0.AddDays(10)), period, interval));
        await world.LinkAsync();
        var state = await world.StateAsync();
        (state.Months, state.TermStart, state.TermEnd).ShouldBe((months, Day0.AddDays(10).AddMonths(-months), Day0.AddDays(9)));
    }

    [Theory]
    [InlineData("day")]
    [InlineData("week")]
    public async Task Days_and_weeks_are_not_followed_and_their_sale_is_no_contract_either(string period)
    {
        await using var world = await BillingWorld.StartAsync();
        var product = world.Shop.AddProduct("Court", "MAINT-12-TACITE", 60m, period);
        world.Shop.AddSubscription(new(world.Client, product, At(Day0.AddDays(-2)), At(Day0.AddDays(2)), period));
        await world.LinkAsync();
        (await world.ContractsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_order_that_opened_it_opens_no_second_contract_even_when_it_is_heard_of_first()
    {
        await using var world = await BillingWorld.LinkedAsync();
        await world.PullAsync();
        world.Go(Day0, 9);
        var product = world.Shop.AddProduct("Abonnement", "MAINT-12-TACITE", 600m, "year");
        var subscription = world.Shop.AddSubscription(new(world.Client, product, At(Day0, 9), At(Day0.AddYears(1), 9)));
        var parent = world.Shop.Locked(core => core.State.Subscriptions[subscription].Number("parent_id"));
        await world.LookAsync(orders: [parent]);
        await world.PullAsync();
        (await world.ContractAsync()).Source.ShouldBe("subscription");
        world.SetStatus(parent, "completed");
        await world.GoAndPullAsync(Day0, 10);
        (await world.ContractsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_moved_payment_date_moves_the_open_cycle_and_nothing_is_said_twice()
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        await world.PlayAsync(Day0);
        Change(world, subscription, s => s["next_payment_date_gmt"] = Gmt(s_end.AddDays(41)));
        await world.PlayAsync(Day0.AddDays(1));
        (await world.StateAsync()).TermEnd.ShouldBe(s_end.AddDays(40));
        await world.PlayAsync(s_end.AddDays(10));
        await world.PlayAsync(s_end.AddDays(11));
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
        (await world.CyclesAsync()).ShouldBe(["1 open"]);
        (await world.StateAsync()).TermNo.ShouldBe(1);
    }

    [Fact]
    public async Task An_early_renewal_is_a_renewal()
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        await world.PlayAsync(Day0);
        world.Go(Day0.AddDays(5));
        world.Shop.PaySubscription(subscription);
        await world.PullAsync();
        await world.PullAsync();
        var state = await world.StateAsync();
        (state.TermNo, state.TermStart, state.TermEnd).ShouldBe((2, s_end.AddDays(1), s_end.AddYears(1)));
        (await world.CyclesAsync()).ShouldBe(["1 paid", "2 open"]);
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent", "maintenance.renewed planned"]);
        (await world.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task From_J_on_the_date_is_frozen_until_the_shops_order_is_paid()
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        await world.GoAndPullAsync(s_end.AddDays(2));
        var state = await world.StateAsync();
        var order = state.RenewalOrderId.ShouldNotBeNull();
        (state.TermEnd, state.Hold).ShouldBe((s_end, null));
        (await world.ContractAsync()).Standing.ShouldBe("grace");
        Change(world, subscription, s => s["next_payment_date_gmt"] = Gmt(s_end.AddDays(20)));
        await world.GoAndPullAsync(s_end.AddDays(3));
        (await world.StateAsync()).TermEnd.ShouldBe(s_end);
        Change(world, subscription, s => s["next_payment_date_gmt"] = Gmt(s_end.AddDays(1)));
        world.Go(s_end.AddDays(12));
        world.Shop.Pay(order);
        await world.PullAsync();
        state = await world.StateAsync();
        (state.TermNo, state.TermStart, state.TermEnd).ShouldBe((2, s_end.AddDays(1), s_end.AddYears(1)));
        (await world.RemindersAsync()).ShouldContain("maintenance.renewed planned");
    }

    [Fact]
    public async Task Paid_after_suspension_it_is_reactivated_and_the_shop_is_not_told_what_it_did_itself()
    {
        var (world, _) = await SubscribedAsync();
        await using var _1 = world;
        await world.GoAndPullAsync(s_end.AddDays(2));
        await world.Database.WriteAsync(async s =>
        {
            var contract = (await Relance.Billing.ContractStore.AllAsync(s))[0];
            await Relance.Billing.ContractStore.UpdateAsync(s, contract with { State = contract.State with { SuspendedOn = s_end.AddDays(2) }, Standing = "suspended" });
        });
        world.Go(s_end.AddDays(9));
        world.Shop.Pay((await world.StateAsync()).RenewalOrderId.ShouldNotBeNull());
        await world.PullAsync();
        (await world.RemindersAsync()).ShouldContain("maintenance.reactivated planned");
        (await world.ContractAsync()).Standing.ShouldBe("active");
        await world.Jobs.PostBackAsync(CancellationToken.None);
        world.Shop.Writes.ShouldNotContain(w => w.Method == "PUT" && w.Path.Contains("subscriptions/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_on_hold_by_the_agency_before_its_last_day_it_waits_until_it_is_active_again()
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        world.Go(Day0.AddDays(1));
        Status(world, subscription, "on-hold");
        await world.PullAsync();
        (await world.StateAsync()).Hold.ShouldBe("NeedsDecision");
        (await world.TasksAsync()).ShouldBe(["subscription-on-hold"]);
        // The last day passes: the shop makes no order for a subscription on hold, and nothing is said.
        Change(world, subscription, _ => { });
        await world.PlayAsync(s_end.AddDays(5));
        (await world.StateAsync()).Hold.ShouldBe("NeedsDecision");
        (await world.RemindersAsync()).ShouldNotContain(r => r.EndsWith("sent", StringComparison.Ordinal));
        Change(world, subscription, s => s["next_payment_date_gmt"] = Gmt(s_end.AddDays(60)));
        Status(world, subscription, "active");
        await world.GoAndPullAsync(s_end.AddDays(6));
        (await world.StateAsync()).Hold.ShouldBeNull();
        (await world.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_who_cancels_has_declined_and_may_come_back()
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        world.Go(Day0, 9, 1);
        await world.Jobs.PlanAsync(CancellationToken.None);
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice planned"]);
        world.Shop.Cancel(subscription);
        await world.GoAndPullAsync(Day0, 9, 2);
        (await world.ContractAsync()).Standing.ShouldBe("declined");
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice skipped"]);
        (await world.ListAsync("SELECT state FROM message")).ShouldBe(["void"]);
        Change(world, subscription, s =>
        {
            s["next_payment_date_gmt"] = Gmt(s_end.AddDays(1));
            s["end_date_gmt"] = "";
        });
        Status(world, subscription, "active");
        await world.PlayAsync(Day0.AddDays(1));
        (await world.CyclesAsync()).ShouldBe(["1 open"]);
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_whose_term_ran_out_is_a_refusal_however_often_one_looked(bool stepByStep)
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        world.Shop.Cancel(subscription);
        if (stepByStep)
            await world.PullAsync();
        await world.GoAndPullAsync(s_end.AddDays(2));
        world.Shop.Locked(core => core.State.Subscriptions[subscription]["status"]!.ToString()).ShouldBe("cancelled");
        (await world.ContractAsync()).Standing.ShouldBe("declined");
        (await world.CyclesAsync()).ShouldBe(["1 declined"]);
    }

    [Fact]
    public async Task A_date_moved_while_an_early_renewal_is_unpaid_moves_the_cycle_and_the_order_still_renews()
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        world.Go(Day0.AddDays(1));
        var order = world.Shop.Locked(core => core.Renewals.Unpaid(core.State.Subscriptions[subscription]).Number("id"));
        await world.PullAsync();
        (await world.StateAsync()).RenewalOrderId.ShouldBe(order);
        Change(world, subscription, s => s["next_payment_date_gmt"] = Gmt(s_end.AddDays(21)));
        await world.GoAndPullAsync(Day0.AddDays(2));
        (await world.StateAsync()).TermEnd.ShouldBe(s_end.AddDays(20));
        world.Shop.Pay(order);
        await world.GoAndPullAsync(Day0.AddDays(3));
        var state = await world.StateAsync();
        (state.TermNo, state.TermStart, state.RenewalOrderId).ShouldBe((2, s_end.AddDays(21), null));
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("expired")]
    [InlineData("switched")]
    [InlineData("trash")]
    [InlineData("deleted")]
    public async Task Ended_in_the_shop_it_ends_here_and_what_was_planned_is_withdrawn(string how)
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        world.Go(Day0, 9, 1);
        await world.Jobs.PlanAsync(CancellationToken.None);
        if (how == "trash")
            world.Shop.Trash(subscription);
        else if (how == "deleted")
            world.Shop.Locked(core => core.State.Subscriptions.Remove(subscription));
        else
            Status(world, subscription, how);
        await world.PullAsync();
        await world.LookAsync(subscriptions: [subscription]);
        (await world.ContractAsync()).Standing.ShouldBe("ended");
        (await world.CyclesAsync()).ShouldBe(["1 cancelled"]);
        (await world.ListAsync("SELECT state FROM message")).ShouldBe(["void"]);
    }

    [Fact]
    public async Task A_closed_contract_does_not_come_to_life_again_with_its_subscription()
    {
        var (world, _) = await SubscribedAsync();
        await using var _1 = world;
        await world.GoAndPullAsync(s_end.AddDays(2));
        await world.Database.WriteAsync(async s =>
        {
            var contract = (await Relance.Billing.ContractStore.AllAsync(s))[0];
            await Relance.Billing.ContractStore.UpdateAsync(s, contract with { State = contract.State with { EndedOn = s_end.AddDays(2) }, Standing = "ended" });
            await s.ExecuteAsync("UPDATE cycle SET state = 'ended', next_at = NULL");
        });
        world.Go(s_end.AddDays(35));
        world.Shop.Pay((await world.StateAsync()).RenewalOrderId.ShouldNotBeNull());
        await world.PullAsync();
        (await world.TasksAsync()).ShouldBe(["paid-after-end"]);
        (await world.CyclesAsync()).ShouldBe(["1 ended"]);
        (await world.StateAsync()).TermNo.ShouldBe(1);
    }

    [Fact]
    public async Task Renewals_of_former_years_are_no_second_payments()
    {
        var (world, subscription) = await SubscribedAsync(link: false);
        await using var _ = world;
        var product = world.Shop.Locked(core => core.State.Products.Keys.Max());
        foreach (var years in (int[])[-4, -3, -2, -1])
        {
            world.Shop.AddOrder(new(world.Client, product, "completed", CreatedVia: "subscription", CreatedAt: At(s_end.AddDays(1).AddYears(years), 10),
                Meta: new Dictionary<string, string> { ["_subscription_renewal"] = $"{subscription}" }));
        }

        await world.LinkAsync();
        (await world.TasksAsync()).ShouldBeEmpty();
        var state = await world.StateAsync();
        (state.TermNo, state.TermEnd).ShouldBe((1, s_end));
        (await world.ListAsync("SELECT CAST(term_no AS TEXT) FROM invoice WHERE role = 'renewal' ORDER BY created_at")).ShouldBe(["-2", "-1", "0", "1"]);
    }

    [Fact]
    public async Task Another_address_is_another_recipient()
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        world.Go(Day0, 9, 1);
        await world.Jobs.PlanAsync(CancellationToken.None);
        await world.Database.WriteAsync(s => s.ExecuteAsync("UPDATE recipient SET refused_at = 1"));
        Change(world, subscription, s => s["billing"]!["email"] = "nouvelle@client.example");
        await world.PlayAsync(Day0);
        (await world.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
        (await world.ListAsync("SELECT r.address_key FROM message m JOIN recipient r ON r.id = m.recipient_id WHERE m.state = 'sent'")).ShouldBe(["nouvelle@client.example"]);
    }

    [Fact]
    public async Task An_older_state_is_ignored()
    {
        var (world, subscription) = await SubscribedAsync();
        await using var _ = world;
        world.Shop.Locked(core =>
        {
            core.State.Subscriptions[subscription]["status"] = "cancelled";
            core.State.Subscriptions[subscription]["date_modified_gmt"] = "2020-01-01T00:00:00";
            return 0;
        });
        await world.LookAsync(subscriptions: [subscription]);
        (await world.ContractAsync()).Standing.ShouldBe("renewal-due");
    }

    private static void Status(BillingWorld world, long subscription, string status) => world.Shop.Locked(core =>
    {
        core.Subscriptions.SetStatus(core.State.Subscriptions[subscription], status);
        return 0;
    });
}
