using Relance.Agency;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Agency;

/// <summary>Pauses, disputes and insolvency.</summary>
public abstract class People_stop_reminders(Dialect dialect) : AgencyTests(dialect)
{
    private async Task<string?> IdAsync(PauseScope scope) => scope switch
    {
        PauseScope.All => null,
        PauseScope.Shop => World.ShopId,
        PauseScope.Client => (await World.ContractAsync()).ClientId,
        _ => await ContractIdAsync(),
    };

    [Theory]
    [InlineData(PauseScope.All)]
    [InlineData(PauseScope.Shop)]
    [InlineData(PauseScope.Client)]
    [InlineData(PauseScope.Contract)]
    public async Task A_pause_withdraws_what_is_planned_and_its_end_lets_it_go(PauseScope scope)
    {
        await World.GoAndPullAsync(Day0, 8);
        await World.Jobs.PlanAsync(Ct);
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice planned"]);
        var id = await Of<Pauses>().AddAsync(scope, await IdAsync(scope), Day0.AddDays(10), "Congés du client", Camille, Ct);
        (await World.RemindersAsync()).ShouldBeEmpty();
        await World.PlayAsync(Day0);
        var contract = (await Reads.ContractsAsync(new ContractFilter(), Ct)).Items[0];
        (contract.Because, contract.PausedUntil, contract.NextOn).ShouldBe(("paused", (DateOnly?)Day0.AddDays(10), (DateOnly?)Day0.AddDays(10)));
        (await Reads.PausesAsync(new PauseFilter(), Ct)).Items.ShouldHaveSingleItem().By.ShouldBe("person:Camille");
        await Of<Pauses>().RemoveAsync(id, Camille, Ct);
        await World.PlayAsync(Day0.AddDays(1));
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
        (await JournalAsync()).ShouldContain("pause-removed");
    }

    [Fact]
    public async Task A_pause_ends_by_itself_on_its_day()
    {
        await Of<Pauses>().AddAsync(PauseScope.Contract, await ContractIdAsync(), Day0.AddDays(2), "Une question ouverte", Camille, Ct);
        await World.PlayAsync(Day0);
        await World.PlayAsync(Day0.AddDays(1));
        (await World.RemindersAsync()).ShouldBeEmpty();
        await World.PlayAsync(Day0.AddDays(2));
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
    }

    [Fact]
    public async Task A_pause_that_cannot_be_is_refused_with_its_field()
    {
        var pauses = Of<Pauses>();
        (await RefusedAsync(Refusal.Invalid, () => pauses.AddAsync(PauseScope.All, null, Day0, "x", Camille, Ct))).Field.ShouldBe("until");
        (await RefusedAsync(Refusal.Invalid, () => pauses.AddAsync(PauseScope.All, "x", Day0.AddDays(1), "x", Camille, Ct))).Field.ShouldBe("scopeId");
        (await RefusedAsync(Refusal.NotFound, () => pauses.AddAsync(PauseScope.Client, "x", Day0.AddDays(1), "x", Camille, Ct))).Field.ShouldBe("client");
        (await RefusedAsync(Refusal.Invalid, () => pauses.AddAsync(PauseScope.All, null, Day0.AddDays(1), "", Camille, Ct))).Field.ShouldBe("reason");
        (await RefusedAsync(Refusal.NotFound, () => pauses.RemoveAsync("x", Camille, Ct))).Field.ShouldBe("pause");
        (await CountAsync("pause")).ShouldBe(0);
    }

    [Theory]
    [InlineData(ContractFlag.Dispute, "disputed")]
    [InlineData(ContractFlag.Insolvent, "insolvent")]
    public async Task A_flag_stops_everything_says_what_the_law_asks_and_clearing_resumes(ContractFlag flag, string code)
    {
        var (id, actions) = (await ContractIdAsync(), Of<ContractActions>());
        await World.GoAndPullAsync(Day0, 8);
        await World.Jobs.PlanAsync(Ct);
        await actions.SetFlagAsync(id, flag, on: true, "Courrier du 2 mars", Camille, Ct);
        await actions.SetFlagAsync(id, flag, on: true, "Courrier du 2 mars", Camille, Ct);
        await World.PlayAsync(Day0);
        (await World.RemindersAsync()).ShouldBeEmpty();
        var detail = await Reads.ContractAsync(id, "fr", Ct);
        (detail.Summary.Because, detail.Summary.Dispute || detail.Summary.Insolvent, detail.Flags.Count).ShouldBe((code, true, 1));
        detail.Tasks.ShouldHaveSingleItem().Kind.ShouldBe(code);
        await actions.SetFlagAsync(id, flag, on: false, "Accord trouvé", Camille, Ct);
        (await World.TasksAsync()).ShouldBeEmpty();
        await World.PlayAsync(Day0.AddDays(1));
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
    }

    [Fact]
    public async Task A_disputed_step_whose_time_passes_is_skipped_as_disputed()
    {
        await Of<ContractActions>().SetFlagAsync(await ContractIdAsync(), ContractFlag.Dispute, on: true, "Contesté", Camille, Ct);
        await World.PlayAsync(Day0);
        await World.PlayAsync(End.AddDays(-7));
        (await World.ListAsync("SELECT DISTINCT reason FROM reminder")).ShouldBe(["disputed"]);
    }
}

public sealed class People_stop_reminders_on_sqlite() : People_stop_reminders(Dialect.Sqlite);

public sealed class People_stop_reminders_on_postgres() : People_stop_reminders(Dialect.Postgres);
