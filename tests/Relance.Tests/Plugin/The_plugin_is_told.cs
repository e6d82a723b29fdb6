using Relance.Agency;
using Relance.Demo.Shop;
using Relance.PostBack;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Plugin;

/// <summary>Where a contract stands goes to the plugin, once for each change, and never where nothing may be written.</summary>
public abstract class The_plugin_is_told(Dialect dialect) : PluginTests(dialect)
{
    private IEnumerable<ShopRequest> Told => World.Shop.Writes.Where(w => w.Path.EndsWith("/status", StringComparison.Ordinal));

    // A contract whose renewal order waits for its payment.
    private async Task<(long Order, DateOnly On)> DueAsync()
    {
        await BuyAsync(Day0);
        var end = (await ContractAsync()).State.TermEnd;
        await World.PlayAsync(end.AddDays(-31));
        World.Go(end.AddDays(-20));
        return ((await ContractAsync()).State.RenewalOrderId.ShouldNotBeNull(), end.AddDays(-20));
    }

    private async Task TellAsync()
    {
        var told = Told.Count();
        await World.Service<PostBackJob>().RunAsync(CancellationToken.None);
        Told.Count().ShouldBe(told + 1);
    }

    private long TermThere() => World.Shop.Contract(1).Number("term_no");

    [Fact]
    public async Task What_it_is_what_comes_and_what_happened()
    {
        await BuyAsync(Day0);
        var end = (await ContractAsync()).State.TermEnd;
        await World.PlayAsync(Day0);
        var status = World.Shop.StatusOf(1).ShouldNotBeNull();
        (status["standing"]!.ToString(), status["term_end"]!.ToString(), status["renewal_order_id"]!.ToString()).ShouldBe(("active", end.Text(), "0"));
        (status["next"]!["step"]!.ToString(), status["next"]!["label"]!.ToString(), status["next"]!["waits_for"]).ShouldBe(("maintenance.notice", "Annonce de l’échéance", null));
        status["timeline"]!.AsArray()[^1]!["label"]!.ToString().ShouldBe("Contrat ouvert");
        await World.PlayAsync(end.AddDays(-31));
        status = World.Shop.StatusOf(1)!;
        status["standing"]!.ToString().ShouldBe("renewal-due");
        status["timeline"]!.AsArray()[0]!["kind"]!.ToString().ShouldBe("sent");
        status["renewal_order_id"]!.GetValue<long>().ShouldBe((await ContractAsync()).State.RenewalOrderId!.Value);
        status["url"]!.ToString().ShouldBe($"{World.Url}contracts/{(await ContractAsync()).Id}");
    }

    [Fact]
    public async Task Once_for_each_change_with_a_growing_number()
    {
        await BuyAsync(Day0);
        await World.PlayAsync(Day0);
        var (count, rev) = (Told.Count(), World.Shop.StatusOf(1)!["rev"]!.GetValue<long>());
        await World.PlayAsync(Day0.AddDays(1));
        await World.PlayAsync(Day0.AddDays(2));
        Told.Count().ShouldBe(count, "nothing changed");
        World.Shop.Decline(1);
        await DeliverAsync();
        await World.PlayAsync(Day0.AddDays(3));
        Standing().ShouldBe("declined");
        World.Shop.StatusOf(1)!["rev"]!.GetValue<long>().ShouldBeGreaterThan(rev);
    }

    [Fact]
    public async Task Its_own_echo_changes_nothing_and_asks_nothing_of_the_shop()
    {
        await BuyAsync(Day0);
        await World.PlayAsync(Day0);
        await World.PullAsync();
        var before = await World.SnapshotAsync();
        World.Shop.Locked(core =>
        {
            core.Emit("relance_contract.updated", 1);
            return 0;
        });
        World.Shop.ForgetRequests();
        await DeliverAsync();
        World.Shop.Requests.ShouldBeEmpty();
        (await World.SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_status_that_left_before_the_payment_was_heard_of_takes_no_term_back()
    {
        var (order, on) = await DueAsync();
        World.Shop.Pay(order);
        await World.Database.WriteAsync(s => PostBackQueue.TellPluginAsync(s, "SELECT id FROM contract", new { }));
        await TellAsync();
        (TermThere(), (await ContractAsync()).State.TermNo).ShouldBe((2, 1));

        await DeliverAsync();
        await World.PlayAsync(on);
        (TermThere(), (await ContractAsync()).State.TermNo, Standing()).ShouldBe((2, 2, "active"));
    }

    [Fact]
    public async Task A_payment_that_was_heard_of_and_does_not_count_is_taken_back_there()
    {
        var (order, on) = await DueAsync();
        await World.Service<ContractActions>().DeclineAsync((await ContractAsync()).Id, "Au téléphone", Actor.CommandLine, CancellationToken.None);
        World.Shop.Pay(order);
        await TellAsync();
        TermThere().ShouldBe(2);

        await DeliverAsync();
        await World.PlayAsync(on);
        (await World.TasksAsync()).ShouldContain("paid-after-end");
        (TermThere(), (await ContractAsync()).State.TermNo, Standing()).ShouldBe((1, 1, "declined"));
    }

    [Fact]
    public async Task Not_in_dry_run_where_the_write_is_only_listed()
    {
        await World.Service<Relance.Shops.ShopLinker>().SetModeAsync(ShopId, "dry-run");
        await BuyAsync(Day0);
        World.Shop.ForgetRequests();
        await World.PlayAsync(Day0);
        Told.ShouldBeEmpty();
        (await World.ListAsync("SELECT state FROM postback WHERE op = 'plugin-status'")).ShouldBe(["listed"]);
        await World.Service<Relance.Shops.ShopLinker>().SetModeAsync(ShopId, "live");
        await World.PlayAsync(Day0.AddDays(1));
        Told.ShouldNotBeEmpty();
        Standing().ShouldBe("active");
    }

    [Fact]
    public async Task A_contract_that_is_gone_there_is_a_task_and_the_next_one_is_told()
    {
        await BuyAsync(Day0, quantity: 2);
        World.Shop.Locked(core => core.Contracts.All.Remove(1));
        await World.Jobs.RoundAsync(CancellationToken.None);
        (await World.ListAsync("SELECT state FROM postback WHERE op = 'plugin-status' ORDER BY target")).ShouldBe(["dead", "done"]);
        (await World.TasksAsync()).ShouldBe(["post-back"]);
        Standing(2).ShouldBe("active");
    }

    [Fact]
    public async Task A_status_that_was_lost_on_the_way_is_told_again_until_it_arrives()
    {
        await BuyAsync(Day0);
        World.Shop.Fail(new ShopFaultRule(ShopFaultKind.Drop, Method: "POST"));
        await World.Jobs.RoundAsync(CancellationToken.None);
        World.Shop.StatusOf(1).ShouldBeNull();
        World.Shop.Heal();
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE postback SET retry_at = 0"));
        await World.Jobs.RoundAsync(CancellationToken.None);
        Standing().ShouldBe("active");
    }
}

public sealed class The_plugin_is_told_on_SQLite() : The_plugin_is_told(Dialect.Sqlite);

public sealed class The_plugin_is_told_on_PostgreSQL() : The_plugin_is_told(Dialect.Postgres);
