using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Sync;

/// <summary>A shop whose HTTP Date is off: reminders are about dates, and hold until the clocks agree.</summary>
public abstract class Clocks_are_compared_at_each_answer(Dialect dialect) : SyncTests(dialect)
{
    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_reminder_that_is_due_holds_when_the_answer_before_sending_shows_another_hour(int hours)
    {
        await RealShopWithANoticeDueAsync();
        World.Shop.AdvanceTo(At(Day0, 9 + hours, 2));
        await World.Jobs.SendAsync(CancellationToken.None);
        (await MessagesAsync()).ShouldBe(["due clock-skew"]);
        (await World.TasksAsync()).ShouldBe(["clock-skew"]);
        (await World.ValueAsync<string>("SELECT data FROM task")).ShouldNotBeNull().ShouldContain("differ by 0.0");

        World.Shop.AdvanceTo(At(Day0, 9, 3));
        await World.Jobs.SendAsync(CancellationToken.None);
        (await MessagesAsync()).ShouldBe(["sent"]);
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pull_sees_it_as_well_and_nothing_is_planned_meanwhile()
    {
        World.Buy(Day0.AddYears(-1).AddDays(31));
        await World.GoAndPullAsync(Day0, 9);
        await MakeRealAsync();
        World.Shop.AdvanceTo(At(Day0, 12));
        await World.PullAsync();
        await World.Jobs.PlanAsync(CancellationToken.None);
        (await World.RemindersAsync()).ShouldBeEmpty();
        (await World.TasksAsync()).ShouldBe(["clock-skew"]);
        World.Shop.AdvanceTo(At(Day0, 9));
        await World.PullAsync();
        (await World.TasksAsync()).ShouldBeEmpty();
        await World.Jobs.PlanAsync(CancellationToken.None);
        (await World.RemindersAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_hour_less_a_little_is_no_difference_and_a_test_shop_is_exempt()
    {
        await RealShopWithANoticeDueAsync();
        World.Shop.AdvanceTo(At(Day0, 9, 58));
        await World.Jobs.SendAsync(CancellationToken.None);
        (await MessagesAsync()).ShouldBe(["sent"]);
        await World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET test = 1"));
        World.Shop.AdvanceTo(At(Day0, 15));
        await World.PullAsync();
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    private async Task RealShopWithANoticeDueAsync()
    {
        World.Buy(Day0.AddYears(-1).AddDays(31));
        World.Go(Day0, 9, 2);
        await World.PullAsync();
        await World.Jobs.PlanAsync(CancellationToken.None);
        await World.Jobs.PostBackAsync(CancellationToken.None);
        await MakeRealAsync();
    }

    private Task MakeRealAsync() => World.Database.WriteAsync(s => s.ExecuteAsync("UPDATE shop SET test = 0"));

    private Task<IReadOnlyList<string>> MessagesAsync() => World.ListAsync("SELECT state || CASE WHEN state = 'sent' THEN '' ELSE ' ' || COALESCE(reason, '') END FROM message");
}

public sealed class Clocks_are_compared_at_each_answer_in_SQLite() : Clocks_are_compared_at_each_answer(Dialect.Sqlite);

public sealed class Clocks_are_compared_at_each_answer_in_PostgreSQL() : Clocks_are_compared_at_each_answer(Dialect.Postgres);
