using System.Text.Json.Nodes;
using Relance.Demo.Shop;
using Relance.Domain.Billing;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Plugin;

/// <summary>The plugin's contracts are opened, followed and renewed; one sale belongs to one source.</summary>
public abstract class Contracts_of_the_plugin(Dialect dialect) : PluginTests(dialect)
{
    [Fact]
    public async Task A_paid_order_opens_one_with_its_clauses_price_and_term()
    {
        World.Shop.Maintain(Product, 12, "tacit", "P2M", "notice", "Sérénité");
        await BuyAsync(Day0);
        var (contract, state) = (await ContractAsync(), (await ContractAsync()).State);
        (state.Kind, state.Notice?.ToString(), state.MayShowNotice, state.PlanName, state.ConcludedOnline).ShouldBe((RenewalKind.Tacit, "P2M", true, "Sérénité", true));
        (state.TermNo, state.TermStart, state.TermEnd, state.FirstStart).ShouldBe((1, Day0, Day0.AddYears(1).AddDays(-1), Day0));
        (state.Amount, state.Lines[0].Total.Minor).ShouldBe((34_800, 29_000));
        Relance.Outbox.LetterWriter.Reference(contract).ShouldBe("CM-1");
        (await World.CyclesAsync()).ShouldBe(["1 open"]);
    }

    [Fact]
    public async Task Its_sale_never_falls_under_a_product_rule_too_whichever_comes_first()
    {
        World.Shop.Maintain(World.Maintenance);
        var order = await BuyAsync(Day0, product: World.Maintenance);
        (await World.ContractAsync()).Source.ShouldBe("plugin");
        World.SetStatus(order, "completed");
        await World.GoAndPullAsync(Day0, 10);
        (await World.ContractAsync()).Source.ShouldBe("plugin");

        // A rule alone, then the plugin, which finds the order again.
        World.Shop.Plugin = false;
        await World.PullAsync();
        var earlier = World.Buy(Day0.AddDays(1), product: World.Maintenance, client: World.Shop.AddCustomer("paul@client.example", "Paul", "Martin"));
        await World.GoAndPullAsync(Day0.AddDays(1), 9);
        var ruled = (await World.ContractsAsync()).Single(c => c.Source == "product-rule");
        World.Shop.Plugin = true;
        World.Shop.Locked(core =>
        {
            core.Contracts.OrderMoved(core.State.Orders[earlier], "pending");
            return 0;
        });
        await World.Jobs.CheckLinksAsync(CancellationToken.None);
        await World.GoAndPullAsync(Day0.AddDays(1), 10);
        var taken = (await World.ContractsAsync()).Single(c => c.Id == ruled.Id);
        (taken.Source, taken.ExternalKey).ShouldBe(("plugin", "2"));
        (await World.ContractsAsync()).Count.ShouldBe(2);
        (await World.CyclesAsync()).ShouldBe(["1 open", "1 open"]);
    }

    [Fact]
    public async Task Three_are_three_and_another_line_of_the_order_keeps_its_rule()
    {
        await BuyAsync(Day0, quantity: 3);
        (await World.ContractsAsync()).Select(c => c.ExternalKey).ShouldBe(["1", "2", "3"]);
        World.Shop.Locked(core =>
        {
            var lines = new JsonArray(new JsonObject { ["product_id"] = Product, ["quantity"] = 1 }, new JsonObject { ["product_id"] = World.Maintenance, ["quantity"] = 1 });
            return core.Orders.Create(new() { ["status"] = "processing", ["customer_id"] = World.Shop.AddCustomer("lea@client.example", "Léa", "Petit"), ["line_items"] = lines }, "checkout").Number("id");
        });
        await World.GoAndPullAsync(Day0, 11);
        await World.GoAndPullAsync(Day0, 12);
        (await World.ContractsAsync()).Select(c => c.Source).Order(StringComparer.Ordinal).ShouldBe(["plugin", "plugin", "plugin", "plugin", "product-rule"]);
    }

    [Fact]
    public async Task A_renewal_order_is_made_marked_paid_and_renews_on_both_sides_once()
    {
        await BuyAsync(Day0);
        var end = (await ContractAsync()).State.TermEnd;
        await World.PlayAsync(end.AddDays(-31));
        var order = (await ContractAsync()).State.RenewalOrderId.ShouldNotBeNull();
        World.Shop.Locked(core => (core.State.Orders[order].Text("created_via").Split(':')[0], core.State.Orders[order].Meta("_relance_contract"))).ShouldBe(("relance", "1"));
        World.Catcher.Mails.ShouldHaveSingleItem();
        World.Go(end.AddDays(-20));
        World.Shop.Pay(order);
        await DeliverAsync();
        await World.PlayAsync(end.AddDays(-20));
        var state = (await ContractAsync()).State;
        (state.TermNo, state.TermStart, state.TermEnd).ShouldBe((2, end.AddDays(1), end.AddYears(1)));
        World.Shop.Contract(1)["term_no"]!.GetValue<long>().ShouldBe(2);
        (await World.TasksAsync()).ShouldBeEmpty();
        (await World.CyclesAsync()).ShouldBe(["1 paid", "2 open"]);
    }

    [Fact]
    public async Task A_purchase_that_the_plugin_counts_as_a_renewal_renews_and_opens_nothing()
    {
        World.Shop.Maintain(World.Maintenance);
        await BuyAsync(Day0, product: World.Maintenance);
        var end = (await ContractAsync()).State.TermEnd;
        await BuyAsync(end.AddDays(-40), product: World.Maintenance);
        (await World.ContractAsync()).State.TermNo.ShouldBe(2);
        await World.PullAsync();
        await World.PlayAsync(end.AddDays(-39));
        (await World.ContractAsync()).State.TermNo.ShouldBe(2);
        (await World.CyclesAsync()).ShouldBe(["1 paid", "2 open"]);
    }

    [Fact]
    public async Task A_purchase_that_could_renew_two_is_asked_about_and_the_answer_goes_to_the_shop()
    {
        await BuyAsync(Day0);
        await BuyAsync(Day0.AddDays(1));
        var end = (await ContractAsync()).State.TermEnd;
        await BuyAsync(end.AddDays(-40));
        (await World.TasksAsync()).ShouldBe(["which-contract"]);
        (await World.ContractsAsync()).ShouldAllBe(c => c.State.Hold == "NeedsDecision" && c.State.TermNo == 1);
        await World.PullAsync();
        var task = (await World.ValueAsync<string>("SELECT id FROM task WHERE state = 'open'")).ShouldNotBeNull();
        await World.Service<Relance.Agency.ContractActions>().AnswerAsync(task, (await ContractAsync(2)).Id, Relance.Agency.Actor.CommandLine, CancellationToken.None);
        await World.PlayAsync(end.AddDays(-39));
        ((await ContractAsync()).State.TermNo, (await ContractAsync(2)).State.TermNo).ShouldBe((1, 2));
        World.Shop.Contract(2)["term_no"]!.GetValue<long>().ShouldBe(2);
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_in_the_account_counts_from_its_day_also_when_its_webhook_is_lost()
    {
        await BuyAsync(Day0);
        var end = (await ContractAsync()).State.TermEnd;
        await World.GoAndPullAsync(end.AddDays(-31), 7);
        await World.Jobs.PlanAsync(CancellationToken.None);
        World.Shop.Decline(1, webhook: false);
        await World.PlayAsync(end.AddDays(-31));
        var contract = await ContractAsync();
        (contract.Standing, contract.State.DeclinedOn, contract.State.ClosedBy).ShouldBe(("declined", end.AddDays(-31), $"client:{contract.ClientId}"));
        World.Catcher.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_right_before_sending_is_seen_by_the_check()
    {
        await BuyAsync(Day0);
        var end = (await ContractAsync()).State.TermEnd;
        await World.GoAndPullAsync(end.AddDays(-31), 9, 2);
        await World.Jobs.PlanAsync(CancellationToken.None);
        await World.Jobs.PostBackAsync(CancellationToken.None);
        World.Shop.Decline(1, webhook: false);
        await World.Jobs.SendAsync(CancellationToken.None);
        World.Catcher.Mails.ShouldBeEmpty();
        (await ContractAsync()).Standing.ShouldBe("declined");
    }

    [Fact]
    public async Task A_tacit_one_is_acknowledged_in_time_and_a_task_when_late()
    {
        World.Shop.Maintain(Product, 12, "tacit", "P2M");
        await BuyAsync(Day0);
        await BuyAsync(Day0.AddDays(1));
        await World.PlayAsync(Date("2026-11-02"));
        (await World.RemindersAsync()).ShouldBe(["tacit.legal-notice sent", "tacit.legal-notice sent"]);
        var deadline = (await ContractAsync()).State.TermEnd.AddMonths(-2);
        await World.GoAndPullAsync(deadline, 8);
        World.Shop.Decline(1);
        await DeliverAsync();
        await World.PlayAsync(deadline);
        (await ContractAsync()).Standing.ShouldBe("declined");
        (await World.RemindersAsync()).ShouldContain("tacit.declined sent");
        World.Go((await ContractAsync(2)).State.TermEnd.AddMonths(-2).AddDays(1));
        World.Shop.Decline(2);
        await DeliverAsync();
        (await ContractAsync(2)).State.DeclinedOn.ShouldBeNull();
        (await World.TasksAsync()).ShouldContain("refused-late");
        await World.Jobs.RoundAsync(CancellationToken.None);
        (await World.RemindersAsync()).ShouldContain("tacit.received sent");
    }

    [Theory]
    [InlineData("Courrier du 2 novembre", "Courrier du 2 novembre")]
    [InlineData("\u0007", "In the shop.")]
    public async Task A_refusal_that_staff_recorded_counts_from_its_day_and_says_who_and_how(string reason, string words)
    {
        World.Shop.Maintain(Product, 12, "tacit", "P2M");
        await BuyAsync(Day0);
        await World.PlayAsync(Date("2026-11-02"));
        var deadline = (await ContractAsync()).State.TermEnd.AddMonths(-2);
        await World.GoAndPullAsync(deadline.AddDays(3), 8);
        RecordRefusal(deadline, reason);
        await DeliverAsync();
        await World.PlayAsync(deadline.AddDays(3));
        var contract = await ContractAsync();
        (contract.Standing, contract.State.DeclinedOn, contract.State.ClosedBy).ShouldBe(("declined", deadline, "shop:marie@127.0.0.1"));
        (await World.RemindersAsync()).ShouldContain("tacit.declined sent");
        (await SaidAsync("declined")).ShouldBe(words);
    }

    [Fact]
    public async Task One_of_after_the_deadline_is_a_task_however_long_its_reason()
    {
        World.Shop.Maintain(Product, 12, "tacit", "P2M");
        await BuyAsync(Day0);
        await World.PlayAsync(Date("2026-11-02"));
        var late = (await ContractAsync()).State.TermEnd.AddMonths(-2).AddDays(1);
        World.Go(late);
        RecordRefusal(late, new string('x', 5000));
        await DeliverAsync();
        (await ContractAsync()).State.DeclinedOn.ShouldBeNull();
        (await World.TasksAsync()).ShouldContain("refused-late");
        (await SaidAsync("refused-late")).ShouldBe(new string('x', 200));
    }

    private async Task<string> SaidAsync(string kind) =>
        System.Text.Encoding.UTF8.GetString((await World.ValueAsync<byte[]>($"SELECT c.bytes FROM content c JOIN journal j ON j.content_hash = c.hash WHERE j.kind = '{kind}'")).ShouldNotBeNull());

    private void RecordRefusal(DateOnly on, string reason) => World.Shop.ChangeContract(1, new()
    {
        ["status"] = "declined",
        ["declined_by"] = "agency",
        ["declined_at"] = $"{on:yyyy-MM-dd}T11:00:00",
        ["declined_user"] = "marie",
        ["declined_reason"] = reason,
    });

    [Fact]
    public async Task What_was_closed_there_may_be_reopened_there_and_what_a_person_reopens_here_stays_open()
    {
        await BuyAsync(Day0);
        World.Shop.Decline(1);
        await DeliverAsync();
        await World.Service<Relance.Agency.ContractActions>().ReopenAsync((await ContractAsync()).Id, Relance.Agency.Actor.CommandLine, CancellationToken.None);
        await World.GoAndPullAsync(Day0, 10);
        World.Shop.ChangeContract(1, new() { ["plan"] = "Sérénité" });
        await DeliverAsync();
        (await ContractAsync()).Standing.ShouldBe("active", "the refusal there is old news");
        World.Shop.ChangeContract(1, new() { ["status"] = "active", ["declined_at"] = null });
        World.Go(Day0, 11);
        World.Shop.ChangeContract(1, new() { ["status"] = "ended" });
        await DeliverAsync();
        (await ContractAsync()).Standing.ShouldBe("ended");
        World.Go(Day0, 12);
        World.Shop.ChangeContract(1, new() { ["status"] = "active" });
        await DeliverAsync();
        (await ContractAsync()).Standing.ShouldBe("active");
        (await World.CyclesAsync()).ShouldBe(["1 open"]);
    }

    [Fact]
    public async Task One_that_is_entered_when_its_term_ends_gets_no_backlog()
    {
        await BuyAsync(Day0.AddDays(2));
        World.Shop.Locked(core =>
        {
            core.Contracts.All[3] = core.Contracts.All[1].Copy();
            core.Contracts.All[3]["id"] = 3;
            core.Contracts.All[3]["order_item_id"] = 999;
            (core.Contracts.All[3]["term_start"], core.Contracts.All[3]["term_end"]) = ("2025-03-08", "2026-03-07");
            core.Contracts.All[3]["date_created_gmt"] = "2026-03-04T08:30:00";
            core.Contracts.All[3]["date_modified_gmt"] = "2026-03-04T08:30:00";
            return 0;
        });
        await World.GoAndPullAsync(Day0.AddDays(2), 10);
        var state = (await ContractAsync(3)).State;
        (state.TermEnd, state.BaselineOn).ShouldBe((Date("2026-03-07"), Day0.AddDays(2)));
    }

    [Fact]
    public async Task A_refund_of_the_first_order_closes_it()
    {
        var order = await BuyAsync(Day0);
        World.SetStatus(order, "refunded");
        await World.GoAndPullAsync(Day0, 10);
        (await ContractAsync()).Standing.ShouldBe("ended");
    }

    [Fact]
    public async Task A_changed_clause_plans_anew_and_a_changed_price_waits_while_an_order_is_open()
    {
        await BuyAsync(Day0);
        var end = (await ContractAsync()).State.TermEnd;
        World.Shop.ChangeContract(1, new() { ["price"] = "360.00", ["site_url"] = "https://client.example/" });
        await World.GoAndPullAsync(Day0, 10);
        var state = (await ContractAsync()).State;
        (state.Amount, state.Lines[0].Total.Minor, state.SiteUrl, state.Hold).ShouldBe((36_000, 30_000, "https://client.example/", null));
        await World.PlayAsync(end.AddDays(-31));
        World.Shop.ChangeContract(1, new() { ["price"] = "390.00" });
        await World.GoAndPullAsync(end.AddDays(-29), 9);
        (await ContractAsync()).State.Hold.ShouldBe("NeedsDecision");
        (await World.TasksAsync()).ShouldBe(["price-changed"]);
    }

    [Theory]
    [InlineData("months", "0", "months: expected a number from 1 to 120, got '0'")]
    [InlineData("notice", "\"two months\"", "notice: expected months or days")]
    [InlineData("term_end", "\"2020-01-01\"", "term_end: expected a day after term_start")]
    [InlineData("price", "\"beaucoup\"", "price: expected an amount")]
    [InlineData("status", "\"gone\"", "status: expected active, declined, ended, cancelled")]
    [InlineData("billing", "[]", "billing: expected another kind of value")]
    public async Task A_bad_row_is_a_task_and_the_others_are_applied(string field, string value, string expected)
    {
        await BuyAsync(Day0);
        var good = World.Shop.Contract(1)[field]?.DeepClone();
        World.Go(Day0, 10);
        World.Shop.ChangeContract(1, new() { [field] = JsonNode.Parse(value) });
        await BuyAsync(Day0.AddDays(1), product: Product);
        (await World.ContractsAsync()).Count.ShouldBe(2);
        (await World.TasksAsync()).ShouldBe(["not-applied"]);
        (await World.ValueAsync<string>("SELECT data FROM task WHERE state = 'open'"))!.Replace("\\u0027", "'", StringComparison.Ordinal).ShouldContain($"1.{expected}");
        (await ContractAsync()).State.Hold.ShouldBe("NeedsDecision");
        World.Shop.Locked(core => core.Contracts.All[1][field] = good);
        await World.GoAndPullAsync(Day0.AddDays(2), 9);
        (await World.TasksAsync()).ShouldBeEmpty();
        (await ContractAsync()).State.Hold.ShouldBeNull();
    }

    [Fact]
    public async Task A_repeat_changes_nothing()
    {
        World.Shop.Maintain(World.Maintenance);
        await BuyAsync(Day0, product: World.Maintenance);
        await BuyAsync(Day0.AddDays(1), quantity: 2);
        await World.Jobs.RoundAsync(CancellationToken.None);
        await World.PullAsync();
        await World.PullAsync();
        var before = await World.SnapshotAsync();
        await World.PullAsync();
        await DeliverAsync();
        (await World.SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Without_the_plugin_the_shop_goes_on_and_it_is_found_again()
    {
        await BuyAsync(Day0);
        World.Shop.Plugin = false;
        World.Buy(Day0);
        await World.GoAndPullAsync(Day0, 10);
        (await ShopAsync()).PluginVersion.ShouldBeNull();
        (await World.TasksAsync()).ShouldBe(["plugin-gone"]);
        (await World.ContractsAsync()).Count.ShouldBe(2);
        World.Shop.Plugin = true;
        await World.Jobs.CheckLinksAsync(CancellationToken.None);
        (await ShopAsync()).PluginVersion.ShouldBe("0.5.0");
        (await World.TasksAsync()).ShouldBeEmpty();
    }
}

public sealed class Contracts_of_the_plugin_on_SQLite() : Contracts_of_the_plugin(Dialect.Sqlite);

public sealed class Contracts_of_the_plugin_on_PostgreSQL() : Contracts_of_the_plugin(Dialect.Postgres);
