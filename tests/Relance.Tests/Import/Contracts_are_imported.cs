using System.Text;
using Relance.Agency;
using Relance.Import;
using Relance.Privacy;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Import;

/// <summary>Rows become contracts, once; and what is wrong with a row is told by line and column.</summary>
public abstract class Contracts_are_imported(Dialect dialect) : ImportTests(dialect)
{
    [Fact]
    public async Task A_row_becomes_a_contract_and_its_notice_goes_with_the_link_given()
    {
        var start = Day0.AddDays(20).AddYears(-1).AddDays(1);
        var report = await ImportAsync(File($"{Header};lien;site", $"{Row("M-1", start.Text())};https://payer.example/m-1;https://moreau.example"));
        report.ShouldBe(new ImportReport(false, true, 1, 1, 0, 0, 0, 0, report.Faults, report.IgnoredColumns));
        var state = (await ContractAsync("M-1")).State;
        (state.TermEnd, state.Amount, state.PlanName, state.SiteUrl).ShouldBe((Day0.AddDays(20), 48000, "Maintenance Sérénité", "https://moreau.example"));
        await World.PlayAsync(Day0);
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice skipped"], "it was due before the import");
        await World.PlayAsync(Day0.AddDays(14));
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice skipped", "maintenance.attention sent"]);
        (await World.TasksAsync()).ShouldBeEmpty();
        World.Shop.Writes.ShouldNotContain(write => write.Path.Contains("orders", StringComparison.Ordinal), "there is nothing to order and nothing to write to");
    }

    [Fact]
    public async Task A_file_brings_nobody_back_who_asked_to_be_forgotten()
    {
        var file = File(Header, Row("M-1"), Row("M-2", client: "Boulangerie Petit", email: "petit@client.example"));
        await ImportAsync(file);
        var gone = (await ContractAsync("M-1")).Id;
        await World.Service<ContractActions>().EndAsync(gone, "Fin", Actor.CommandLine, CancellationToken.None);
        await World.Service<Erasure>().EraseAsync("contact@moreau.example", "Demande", Actor.CommandLine, CancellationToken.None);
        foreach (var dryRun in new[] { true, false })
        {
            var again = await ImportAsync(File(Header, Row("M-1"), Row("M-2", client: "Boulangerie Petit", email: "petit@client.example"), Row("M-3")), dryRun);
            (again.Unchanged, again.FaultyRows).ShouldBe((1, 2));
            again.Faults.Select(fault => fault.Column).ShouldAllBe(column => column == "email");
            again.Faults[0].Expected.ShouldContain("relance client readmit");
        }
        (await World.ListAsync("SELECT name FROM client ORDER BY name")).ShouldNotContain("Atelier Moreau");
    }

    [Fact]
    public async Task A_repeat_changes_nothing_and_a_changed_row_only_what_it_changes()
    {
        var file = File(Header, Row("M-1"), Row("M-2", client: "Boulangerie Petit", email: "petit@client.example"));
        (await ImportAsync(file)).Made.ShouldBe(2);
        var before = await World.SnapshotAsync();
        var again = await ImportAsync(file);
        (again.Made, again.Changed, again.Unchanged).ShouldBe((0, 0, 2));
        (await World.SnapshotAsync()).ShouldBe(before);
        var changed = await ImportAsync(File(Header, Row("M-1", amount: "520,00"), Row("M-2", client: "Boulangerie Petit", email: "petit@client.example")));
        (changed.Changed, changed.Unchanged).ShouldBe((1, 1));
        (await ContractAsync("M-1")).State.Amount.ShouldBe(52000);
        (await World.ContractsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_later_last_day_is_a_renewal_and_an_old_file_takes_nothing_back()
    {
        var old = File($"{Header};paid until", $"{Row("M-1")};31/12/2026");
        await ImportAsync(old);
        await ImportAsync(File(Header, Row("M-1", "2027-01-01")));
        var state = (await ContractAsync("M-1")).State;
        (state.TermNo, state.TermEnd).ShouldBe((2, Date("2027-12-31")));
        var report = await ImportAsync(old);
        report.Faults.ShouldHaveSingleItem().Column.ShouldBe("end");
        (await ContractAsync("M-1")).State.TermEnd.ShouldBe(Date("2027-12-31"));
    }

    [Fact]
    public async Task A_running_term_that_is_not_paid_makes_the_one_before_the_last_paid()
    {
        await ImportAsync(File("référence;client;formule;début;fin;payé jusqu'au;montant TTC", "M-1;Atelier;Sérénité;01/03/2026;28/02/2027;28/02/2026;480"));
        var contract = await ContractAsync("M-1");
        (contract.State.TermStart, contract.State.TermEnd, contract.Standing).ShouldBe((Date("2025-03-01"), Date("2026-02-28"), "grace"));
    }

    [Fact]
    public async Task Faults_are_told_by_line_and_column_and_the_good_rows_go_in()
    {
        var report = await ImportAsync(File(
            $"{Header};kind;link", $"{Row("M-1")};;", $"{Row("M-2", start: "31/02/2026")};;", $"{Row("M-3", amount: "12,345")};martien;ftp://x",
            $"{Row("M-1")};;", $"{Row("M-5", email: "pas une adresse")};;", $"{Row("M-6")};;;;surplus", ";;;;;;;;"));
        report.Faults.Select(fault => $"{fault.Line} {fault.Column}").ShouldBe(
            ["3 start", "4 amount", "4 kind", "4 link", "5 reference", "6 email", "7 row"]);
        (report.Rows, report.Made, report.FaultyRows).ShouldBe((6, 1, 5));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_says_what_it_would_do()
    {
        var before = await World.SnapshotAsync();
        var report = await ImportAsync(File(Header, Row("M-1"), Row("M-2", amount: "-5")), dryRun: true);
        (report.DryRun, report.Written, report.Made, report.FaultyRows).ShouldBe((true, false, 1, 1));
        (await World.SnapshotAsync()).ShouldBe(before);
        (await World.ContractsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Strict_is_all_or_nothing()
    {
        (await ImportAsync(File(Header, Row("M-1"), Row("M-2", amount: "x")), strict: true)).Written.ShouldBeFalse();
        (await World.ContractsAsync()).ShouldBeEmpty();
        (await ImportAsync(File(Header, Row("M-1"), Row("M-2")), strict: true)).Made.ShouldBe(2);
    }

    [Fact]
    public async Task A_product_makes_a_renewal_order_and_its_payment_renews()
    {
        var end = Day0.AddDays(30);
        var report = await ImportAsync(File($"{Header};sku;tva", $"{Row("M-1", end.AddDays(1).AddYears(-1).Text(), "576,00")};MAINT-12;20", $"{Row("M-2")};INCONNU;20"));
        report.Faults.ShouldHaveSingleItem().Column.ShouldBe("product");
        await World.PlayAsync(Day0);
        await World.PullAsync();
        var state = (await ContractAsync("M-1")).State;
        var order = state.RenewalOrderId.ShouldNotBeNull();
        (state.Hold, state.Lines[0].ProductId).ShouldBe((null, World.Maintenance));
        World.Shop.Pay(order);
        await World.GoAndPullAsync(Day0.AddDays(1));
        (await ContractAsync("M-1")).State.TermEnd.ShouldBe(end.AddYears(1));
    }

    [Fact]
    public async Task What_the_shop_knows_itself_is_left_alone()
    {
        var order = World.Buy(Day0);
        await World.GoAndPullAsync(Day0, 9);
        (await ImportAsync(File(Header, Row($"CMD-{order}")))).FromShop.ShouldBe(1);
        (await World.ContractsAsync()).ShouldHaveSingleItem().Source.ShouldBe("product-rule");
    }

    [Fact]
    public async Task An_export_imported_elsewhere_gives_the_same_contracts()
    {
        World.Buy(Day0.AddDays(-3), quantity: 2);
        await World.GoAndPullAsync(Day0, 9);
        await ImportAsync(File($"{Header};phone;renewal;kind;status;closed on",
            $"{Row("=2+3", client: "@Somme;")};+33 1 23;tacite;particulier;;".Replace("@Somme;", "\"@Somme; \"\"SARL\"\"\"", StringComparison.Ordinal),
            $"{Row("M-2", "2024-01-31", "1 234,50")};;automatique;entreprise;refusé;2026-02-03"));
        var export = await ExportAsync();
        var text = Encoding.UTF8.GetString(export);
        text.ShouldContain("'=2+3");
        text.ShouldContain("'+33 1 23");
        await using var storage = await Relance.Tests.Storage.TestDatabase.EmptyAsync(Dialect);
        await using var other = await Relance.Tests.Billing.BillingWorld.LinkedAsync(null, $"Database={storage.ConnectionString}");
        var report = await ImportAsync(export, into: other);
        (report.Made, report.Faults.Count).ShouldBe((4, 0), string.Join('\n', report.Faults));
        Encoding.UTF8.GetString(await ExportAsync(other)).Split("\r\n").Order(StringComparer.Ordinal).ShouldBe(text.Split("\r\n").Order(StringComparer.Ordinal));
    }

    public sealed class OnSqlite() : Contracts_are_imported(Dialect.Sqlite);

    public sealed class OnPostgres() : Contracts_are_imported(Dialect.Postgres);
}
