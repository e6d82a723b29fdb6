using Relance.Agency;
using Relance.Storage;

namespace Relance.Tests.Tacit;

/// <summary>Its last paid term ended years before the link: nobody is mailed until a person says that it runs.</summary>
public abstract class An_old_tacit_contract_is_asked_about(Dialect dialect) : TacitTests(dialect)
{
    protected override void BeforeLink() => World.Buy(
        new(2023, 5, 10), product: World.Shop.AddProduct("Ancienne", "MAINT-12-TACITE", 540m), client: World.Shop.AddCustomer("old@client.example", "Anne", "Vieux"));

    [Fact]
    public async Task Once_it_runs_on_it_renews_in_silence_up_to_the_running_term()
    {
        var old = (await World.ContractsAsync()).Single(c => c.State.Historic);
        var task = (await Of<AgencyReads>().ContractAsync(old.Id, Ct)).Tasks.ShouldHaveSingleItem();
        task.Kind.ShouldBe("tacit-historic");
        await Of<AgencyTasks>().CloseAsync(task.Id, "goes-on", Camille, Ct);
        await World.PlayAsync(Billing.BillingWorld.Day0);
        var state = (await World.ContractsAsync()).Single(c => c.Id == old.Id).State;
        (state.TermStart, state.TermEnd, state.Historic).ShouldBe((new(2025, 5, 10), new(2026, 5, 9), false));
        Mails.ShouldBeEmpty();
        state.RenewalOrderId.ShouldBeNull();
    }
}

public sealed class An_old_tacit_contract_is_asked_about_on_sqlite() : An_old_tacit_contract_is_asked_about(Dialect.Sqlite);

public sealed class An_old_tacit_contract_is_asked_about_on_postgres() : An_old_tacit_contract_is_asked_about(Dialect.Postgres);
