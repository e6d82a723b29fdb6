using Relance.Agency;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Agency;

/// <summary>Paid, declined, ended by word of a person, and back.</summary>
public abstract class People_close_contracts(Dialect dialect) : AgencyTests(dialect)
{
    private ContractActions Actions => Of<ContractActions>();

    private async Task<(string Id, long Order)> RemindedAsync()
    {
        await World.PlayAsync(Day0);
        return (await ContractIdAsync(), (await World.StateAsync()).RenewalOrderId.ShouldNotBeNull());
    }

    private string OrderStatus(long order) => World.Shop.Locked(core => core.State.Orders[order]["status"]!.ToString());

    [Fact]
    public async Task Marked_paid_it_closes_as_an_order_would_and_the_order_is_completed()
    {
        var (id, order) = await RemindedAsync();
        await Actions.MarkPaidAsync(id, Day0, "VIR 2026-118", Camille, Ct);
        await Actions.MarkPaidAsync(id, Day0, "VIR 2026-118", Camille, Ct);
        var state = await World.StateAsync();
        (state.TermNo, state.TermStart).ShouldBe((2, End.AddDays(1)));
        await World.Jobs.RoundAsync(Ct);
        await World.PullAsync();
        await World.Jobs.RoundAsync(Ct);
        OrderStatus(order).ShouldBe("completed");
        (await World.StateAsync()).TermNo.ShouldBe(2);
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice sent", "maintenance.renewed sent"]);
        (await World.CyclesAsync()).ShouldBe(["1 paid", "2 open"]);
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_that_cannot_be_is_refused_and_nothing_changes()
    {
        var id = await ContractIdAsync();
        var before = await World.SnapshotAsync();
        (await RefusedAsync(Refusal.Invalid, () => Actions.MarkPaidAsync(id, Day0.AddDays(1), null, Camille, Ct))).Field.ShouldBe("on");
        (await RefusedAsync(Refusal.Invalid, () => Actions.MarkPaidAsync(id, Start.AddDays(-1), null, Camille, Ct))).Field.ShouldBe("on");
        await RefusedAsync(Refusal.NotFound, () => Actions.MarkPaidAsync("nothing", Day0, null, Camille, Ct));
        (await World.SnapshotAsync()).ShouldBe(before);
        await Actions.MarkPaidAsync(id, Day0, null, Camille, Ct);
        (await RefusedAsync(Refusal.Invalid, () => Actions.MarkPaidAsync(id, Day0, "again", Camille, Ct))).Expected.ShouldContain("began on 2026-04-02");
        World.Go(End.AddDays(1));
        (await RefusedAsync(Refusal.Conflict, () => Actions.MarkPaidAsync(id, End.AddDays(1), "again", Camille, Ct))).Expected.ShouldContain("paid until");
    }

    [Fact]
    public async Task Outside_live_the_shop_is_not_touched()
    {
        var (id, order) = await RemindedAsync();
        await ExecuteAsync("UPDATE shop SET mode = 'redirect'");
        await Actions.MarkPaidAsync(id, Day0, null, Camille, Ct);
        await World.Jobs.RoundAsync(Ct);
        OrderStatus(order).ShouldBe("pending");
        (await World.ValueAsync<string>("SELECT state FROM postback WHERE op = 'complete-order'")).ShouldBe("listed");
    }

    [Fact]
    public async Task Declined_it_cancels_our_order_and_can_be_taken_back()
    {
        var (id, order) = await RemindedAsync();
        await Actions.DeclineAsync(id, "Change de prestataire", Camille, Ct);
        await Actions.DeclineAsync(id, "Change de prestataire", Camille, Ct);
        await World.Jobs.RoundAsync(Ct);
        OrderStatus(order).ShouldBe("cancelled");
        (await World.ContractAsync()).Standing.ShouldBe("declined");
        await World.PlayAsync(Day0.AddDays(1));
        await Actions.ReopenAsync(id, Camille, Ct);
        (await World.ContractAsync()).Standing.ShouldBe("renewal-due");
        await World.PlayAsync(End.AddDays(-7));
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice sent", "maintenance.attention sent"]);
        var open = (await World.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        OrderStatus(open).ShouldBe("pending");
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ended_at_once_taken_back_keeps_its_order()
    {
        var (id, order) = await RemindedAsync();
        await Actions.DeclineAsync(id, "Erreur", Camille, Ct);
        await Actions.ReopenAsync(id, Camille, Ct);
        await World.Jobs.RoundAsync(Ct);
        (OrderStatus(order), (await World.StateAsync()).RenewalOrderId).ShouldBe(("pending", order));
        await Actions.EndAsync(id, "Fin d’activité", Camille, Ct);
        (await World.ContractAsync()).Standing.ShouldBe("ended");
        await RefusedAsync(Refusal.Conflict, () => Actions.MarkPaidAsync(id, Day0, null, Camille, Ct));
        await RefusedAsync(Refusal.Conflict, () => Actions.DeclineAsync(id, "Trop tard", Camille, Ct));
    }

    [Fact]
    public async Task What_a_person_did_not_close_a_person_does_not_reopen()
    {
        var (id, _) = await RemindedAsync();
        await RefusedAsync(Refusal.Conflict, () => Actions.ReopenAsync(id, Camille, Ct));
        await Actions.EndAsync(id, "Fin", Camille, Ct);
        World.Go(End.AddDays(30), 8);
        (await RefusedAsync(Refusal.Conflict, () => Actions.ReopenAsync(id, Camille, Ct))).Expected.ShouldContain("last day");
    }

    [Fact]
    public async Task A_client_s_own_order_is_never_cancelled()
    {
        var own = World.Buy(Day0, status: "on-hold", method: "bacs");
        await World.PullAsync();
        (await World.StateAsync()).RenewalOrderId.ShouldBe(own);
        await Actions.EndAsync(await ContractIdAsync(), "Fin", Camille, Ct);
        await World.Jobs.RoundAsync(Ct);
        OrderStatus(own).ShouldBe("on-hold");
    }
}

public sealed class People_close_contracts_on_sqlite() : People_close_contracts(Dialect.Sqlite);

public sealed class People_close_contracts_on_postgres() : People_close_contracts(Dialect.Postgres);
