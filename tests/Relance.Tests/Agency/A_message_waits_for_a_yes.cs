using Relance.Agency;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Agency;

/// <summary>Steps that need approval: asked, answered, taken back, and never silent when nobody answers.</summary>
public abstract class A_message_waits_for_a_yes(Dialect dialect) : AgencyTests(dialect)
{
    protected override string[] Settings => ["Approvals:0=maintenance.notice"];

    private Approvals Approvals => Of<Approvals>();

    private async Task<string> HeldAsync()
    {
        await World.PlayAsync(Day0);
        return (await Reads.ApprovalsAsync(new ApprovalFilter(), Ct)).Items.ShouldHaveSingleItem().MessageId;
    }

    private Task<long> SentAsync() => CountAsync("message WHERE state = 'sent'");

    [Fact]
    public async Task Approved_in_the_window_it_leaves_with_its_order_to_pay()
    {
        var id = await HeldAsync();
        (await SentAsync()).ShouldBe(0, "nothing leaves unapproved");
        (await World.TasksAsync()).ShouldBe(["approval"]);
        await Approvals.ApproveAsync(id, Camille, Ct);
        await Approvals.ApproveAsync(id, Camille, Ct);
        await World.Jobs.RoundAsync(Ct);
        (await World.RemindersAsync()).ShouldBe(["maintenance.notice sent"]);
        (await World.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        (await World.TasksAsync()).ShouldBeEmpty();
        (await JournalAsync()).Count(kind => kind == "approved").ShouldBe(1);
        (await Reads.MessageAsync(id, Ct)).ApprovedBy.ShouldBe("person:Camille");
    }

    [Fact]
    public async Task Approved_after_the_window_it_leaves_on_the_next_open_day()
    {
        var id = await HeldAsync();
        World.Go(Day0, 15);
        await Approvals.ApproveAsync(id, Camille, Ct);
        await World.Jobs.RoundAsync(Ct);
        (await SentAsync()).ShouldBe(0);
        await World.PlayAsync(Day0.AddDays(1));
        (await SentAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Rejected_it_never_goes_and_says_why()
    {
        var id = await HeldAsync();
        await RefusedAsync(Refusal.Invalid, () => Approvals.RejectAsync(id, " ", Camille, Ct));
        await Approvals.RejectAsync(id, "Vu au téléphone", Camille, Ct);
        await World.PlayAsync(Day0.AddDays(1));
        (await SentAsync()).ShouldBe(0);
        (await World.ListAsync("SELECT step || ' ' || state || ' ' || reason FROM reminder")).ShouldBe(["maintenance.notice skipped rejected-by-person"]);
        await RefusedAsync(Refusal.Conflict, () => Approvals.ApproveAsync(id, Camille, Ct));
        await Approvals.WithdrawAsync(id, Camille, Ct);
        await World.PlayAsync(Day0.AddDays(2));
        (await World.TasksAsync()).ShouldBe(["approval"], "a rejection taken back is asked again");
    }

    [Fact]
    public async Task A_yes_is_taken_back_while_it_has_not_left()
    {
        var id = await HeldAsync();
        World.Go(Day0, 15);
        await Approvals.ApproveAsync(id, Camille, Ct);
        await Approvals.WithdrawAsync(id, Camille, Ct);
        (await World.TasksAsync()).ShouldBe(["approval"]);
        await World.PlayAsync(Day0.AddDays(1));
        (await SentAsync()).ShouldBe(0);
        await Approvals.ApproveAsync(id, Camille, Ct);
        await World.Jobs.RoundAsync(Ct);
        await RefusedAsync(Refusal.Conflict, () => Approvals.WithdrawAsync(id, Camille, Ct));
    }

    [Fact]
    public async Task Unanswered_it_is_skipped_with_its_reason_and_the_task_stays()
    {
        await HeldAsync();
        for (var day = Day0.AddDays(1); day <= End.AddDays(-7); day = day.AddDays(1))
            await World.PlayAsync(day);
        (await World.ListAsync("SELECT reason FROM reminder WHERE step = 'maintenance.notice'")).ShouldBe(["not-approved"]);
        (await World.RemindersAsync()).ShouldContain("maintenance.attention sent");
        var task = (await Reads.TodayAsync(Ct)).OverdueTasks.ShouldHaveSingleItem();
        task.Kind.ShouldBe("approval");
        await RefusedAsync(Refusal.Conflict, () => Approvals.ApproveAsync(task.Subject, Camille, Ct));
        await Of<AgencyTasks>().CloseAsync(task.Id, "done", Camille, Ct);
    }

    [Fact]
    public async Task A_payment_withdraws_it_and_closes_the_question()
    {
        var id = await HeldAsync();
        World.Buy(Day0);
        await World.PullAsync();
        (await World.ValueAsync<string>("SELECT state FROM message WHERE class = 'reminder'")).ShouldBe("void");
        (await World.TasksAsync()).ShouldBeEmpty();
        await RefusedAsync(Refusal.Conflict, () => Approvals.ApproveAsync(id, Camille, Ct));
    }

    [Fact]
    public async Task What_waits_keeps_no_other_reminder_of_this_client_waiting()
    {
        var other = World.Shop.AddProduct("Maintenance B", "MAINT-12B", 300m);
        await HeldAsync();
        // Its attention is due today and needs no approval.
        await ExecuteAsync("UPDATE shop SET baseline_on = '2025-01-01'");
        World.Go(End.AddDays(-7), 8);
        await ExecuteAsync("UPDATE cycle SET next_at = 0");
        World.Buy(End.AddDays(-20), client: World.Client, product: other);
        await World.PlayAsync(End.AddDays(-7));
        (await World.RemindersAsync()).ShouldContain("maintenance.attention sent");
    }

    [Fact]
    public async Task Two_that_wait_for_one_client_leave_on_two_days()
    {
        World.Buy(Start, quantity: 2);
        await World.PullAsync();
        await World.PlayAsync(Day0);
        var held = (await Reads.ApprovalsAsync(new ApprovalFilter(), Ct)).Items;
        held.Count.ShouldBe(3);
        foreach (var item in held)
            await Approvals.ApproveAsync(item.MessageId, Camille, Ct);
        (await World.ListAsync("SELECT slot_on FROM message ORDER BY slot_on")).ShouldBe([Day0.Text(), Day0.AddDays(1).Text(), Day0.AddDays(2).Text()]);
    }
}

public sealed class A_message_waits_for_a_yes_on_sqlite() : A_message_waits_for_a_yes(Dialect.Sqlite);

public sealed class A_message_waits_for_a_yes_on_postgres() : A_message_waits_for_a_yes(Dialect.Postgres);
