using Relance.Agency;
using Relance.Billing;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Agency;

/// <summary>Tasks: a script, a due day, an outcome, and what the outcome does.</summary>
public abstract class Tasks_are_answered(Dialect dialect) : AgencyTests(dialect)
{
    private AgencyTasks Tasks => Of<AgencyTasks>();

    private async Task<TaskItem> OnlyAsync(string kind)
    {
        var task = (await Reads.TasksAsync(new TaskFilter(Locale: "fr"), Ct)).Items.ShouldHaveSingleItem();
        task.Kind.ShouldBe(kind);
        return task;
    }

    [Fact]
    public async Task An_announced_transfer_that_arrived_renews_the_contract()
    {
        World.Buy(Day0, status: "on-hold", method: "bacs");
        await World.PullAsync();
        var task = await OnlyAsync("check-bank");
        (task.Reference, task.Client, task.DueOn).ShouldBe(((await Reads.ContractsAsync(new ContractFilter(), Ct)).Items[0].Reference, "Jeanne Lefèvre", Day0.AddDays(3)));
        task.Script.ShouldContain("Regardez le compte");
        task.Outcomes.Select(o => (o.Code, o.Acts)).ShouldBe([("paid", true), ("not-paid", false)]);
        await Tasks.CloseAsync(task.Id, "paid", "VIR 12", Camille, Ct);
        (await World.StateAsync()).TermNo.ShouldBe(2);
        var done = await Reads.TaskAsync(task.Id, "en", Ct);
        (done.State, done.Outcome, done.ClosedBy).ShouldBe(("done", "paid", "person:Camille"));
    }

    [Fact]
    public async Task A_withdrawn_order_is_answered_by_going_on()
    {
        await World.PlayAsync(Day0);
        World.SetStatus((await World.StateAsync()).RenewalOrderId!.Value, "cancelled");
        await World.GoAndPullAsync(Day0, 9, 30);
        var task = await OnlyAsync("declined?");
        (await World.StateAsync()).Hold.ShouldNotBeNull();
        await Tasks.CloseAsync(task.Id, "goes-on", Camille, Ct);
        (await World.StateAsync()).Hold.ShouldBeNull();
        await World.PlayAsync(End.AddDays(-7));
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice sent", "maintenance.attention sent"]);
    }

    [Fact]
    public async Task A_withdrawn_order_is_answered_by_a_refusal()
    {
        await World.PlayAsync(Day0);
        World.SetStatus((await World.StateAsync()).RenewalOrderId!.Value, "cancelled");
        await World.GoAndPullAsync(Day0, 9, 30);
        await Tasks.CloseAsync((await OnlyAsync("declined?")).Id, "declined", "Confirmé au téléphone", Camille, Ct);
        (await World.ContractAsync()).Standing.ShouldBe("declined");
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_price_is_approved()
    {
        await ExecuteAsync("UPDATE contract SET data = REPLACE(data, '\"Amount\":57600', '\"Amount\":50000')");
        await World.PlayAsync(Day0);
        await Tasks.CloseAsync((await OnlyAsync("price-changed")).Id, "approved", Camille, Ct);
        (await World.StateAsync()).Amount.ShouldBe(57600);
        await World.PlayAsync(Day0.AddDays(1));
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
        await RefusedAsync(Refusal.Conflict, async () => await Of<ContractActions>().ApprovePriceAsync(await ContractIdAsync(), Camille, Ct));
    }

    [Fact]
    public async Task A_purchase_for_one_of_several_contracts_is_assigned()
    {
        World.Buy(Start, quantity: 2);
        await World.PullAsync();
        World.Buy(Day0);
        await World.PullAsync();
        var task = await OnlyAsync("which-contract");
        var chosen = (await World.ContractsAsync())[1];
        await RefusedAsync(Refusal.Invalid, () => Of<ContractActions>().AnswerAsync(task.Id, "nothing", Camille, Ct));
        await Of<ContractActions>().AnswerAsync(task.Id, chosen.Id, Camille, Ct);
        (await World.ContractsAsync()).Select(c => (c.State.TermNo, c.State.Hold)).ShouldBe([(1, null), (2, null), (1, null)]);
        (await World.TasksAsync()).ShouldBeEmpty();
        await World.PullAsync();
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_task_is_put_off_overdue_closed_and_taken_up_again()
    {
        World.Buy(Day0, status: "on-hold", method: "bacs");
        await World.PullAsync();
        var task = await OnlyAsync("check-bank");
        await RefusedAsync(Refusal.Invalid, () => Tasks.PostponeAsync(task.Id, Day0, Camille, Ct));
        await Tasks.PostponeAsync(task.Id, Day0.AddDays(5), Camille, Ct);
        World.Go(Day0.AddDays(6));
        (await Reads.TodayAsync("fr", Ct)).OverdueTasks.ShouldHaveSingleItem().Overdue.ShouldBeTrue();
        (await RefusedAsync(Refusal.Invalid, () => Tasks.CloseAsync(task.Id, "whatever", Camille, Ct))).Expected.ShouldContain("not-paid");
        await Tasks.CloseAsync(task.Id, "not-paid", "Toujours rien", Camille, Ct);
        (await World.TasksAsync()).ShouldBeEmpty();
        await Tasks.ReopenAsync(task.Id, Camille, Ct);
        await OnlyAsync("check-bank");
        (await JournalAsync()).TakeLast(3).ShouldBe(["task-postponed", "task-closed", "task-reopened"]);
    }

    [Theory]
    [InlineData("delivered", "sent", "sent")]
    [InlineData("send-again", "due", "planned")]
    public async Task An_uncertain_delivery_is_told_by_a_person(string outcome, string message, string reminder)
    {
        await World.GoAndPullAsync(Day0, 8);
        await World.Jobs.PlanAsync(Ct);
        await ExecuteAsync("UPDATE message SET state = 'unknown', class = 'legal'");
        var id = (await World.ValueAsync<string>("SELECT id FROM message")).ShouldNotBeNull();
        await World.Database.WriteAsync(async s =>
        {
            var shop = (await Relance.Shops.LinkedShop.FindAsync(s, World.ShopId)).ShouldNotBeNull();
            await TaskStore.OpenAsync(new BillingContext(s, shop, Of<Relance.Operations.RelanceSettings>(), At(Day0)), "outcome-unknown", id, "Unknown.");
        });
        await Tasks.CloseAsync((await OnlyAsync("outcome-unknown")).Id, outcome, Camille, Ct);
        (await World.ValueAsync<string>("SELECT state FROM message"), await World.ValueAsync<string>("SELECT state FROM reminder")).ShouldBe((message, reminder));
    }

    [Fact]
    public void Every_kind_of_task_that_the_code_opens_has_a_script_in_both_languages()
    {
        string[] opened = ["approval", "no-address", "address-refused", "refused-mail", "outcome-unknown", "mail-server", "daily-ceiling", "check-bank", "needless-order", "second-payment",
            "paid-after-end", "payment-undone", "refunded", "price-changed", "which-contract", "declined?", "subscription-on-hold", "disputed", "insolvent", "site-mismatch", "shop-copy", "clock-skew",
            "post-back", "not-applied", "letter", "legal-notice-late", "notice-missed", "notice-impossible", "clauses-missing", "tacit-unpaid", "renewed-unsaid", "tacit-historic", "refused-late", "refund-due"];
        foreach (var kind in opened.Select(TaskCatalogue.Of))
        {
            kind.In("fr").Title.ShouldNotBe(TaskCatalogue.Of("unheard of").In("fr").Title, kind.Name);
            kind.In("en").Script.Length.ShouldBeGreaterThan(40);
            kind.In("fr").Script.ShouldNotContain(" :", Case.Sensitive, kind.Name);
        }
    }
}

public sealed class Tasks_are_answered_on_sqlite() : Tasks_are_answered(Dialect.Sqlite);

public sealed class Tasks_are_answered_on_postgres() : Tasks_are_answered(Dialect.Postgres);
