using System.Text.Json.Nodes;
using Relance.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Sync;

/// <summary>A field of a wrong type, as a plugin of the shop may write it: the other rows are applied, and the bad one is not lost.</summary>
public abstract class One_bad_row_costs_one_row(Dialect dialect) : SyncTests(dialect)
{
    [Theory]
    [InlineData("billing", "[]", "billing: expected an object, got a list.")]
    [InlineData("customer_id", "\"douze\"", "customer_id: expected a whole number, got \"douze\".")]
    [InlineData("line_items", "\"x\"", "line_items: expected a list, got \"x\".")]
    [InlineData("line_items", "[null]", "line_items: expected a list of objects, got null.")]
    [InlineData("line_items", """[{"id":1,"quantity":{"a":1},"total":"1.00"}]""", "line_items[0].quantity: expected a number, got an object.")]
    [InlineData("payment_method", "{}", "payment_method: expected a text, got an object.")]
    public async Task The_others_are_applied_and_the_task_names_row_and_field(string field, string value, string expected)
    {
        var bad = World.Buy(Day0);
        World.Buy(Day0);
        Change(bad, field, JsonNode.Parse(value));
        await World.GoAndPullAsync(Day0, 9);
        (await World.ContractsAsync()).ShouldHaveSingleItem();
        (await World.TasksAsync()).ShouldBe(["not-applied"]);
        (await TaskAsync()).ShouldContain($"{bad}.{expected}");
    }

    [Fact]
    public async Task It_is_asked_for_again_although_it_was_not_changed()
    {
        var bad = World.Buy(Day0);
        var good = Change(bad, "payment_method", new JsonArray());
        await World.GoAndPullAsync(Day0, 9);
        World.Buy(Day0.AddDays(1));
        await World.GoAndPullAsync(Day0.AddDays(1), 9);
        await World.GoAndPullAsync(Day0.AddDays(2), 9);
        (await World.ContractsAsync()).Count.ShouldBe(1);
        (await World.TasksAsync()).ShouldBe(["not-applied"], "the place in the list is past it");
        Change(bad, "payment_method", good);
        await World.GoAndPullAsync(Day0.AddDays(3), 9);
        (await World.ContractsAsync()).Count.ShouldBe(2);
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_contract_waits_while_its_order_is_unreadable_and_goes_on_after()
    {
        World.Buy(Day0.AddYears(-1).AddDays(31));
        await World.PlayAsync(Day0);
        var order = (await World.StateAsync()).RenewalOrderId.ShouldNotBeNull();
        var good = Change(order, "billing", new JsonArray());
        World.Shop.Locked(core =>
        {
            core.State.Touch(core.State.Orders[order]);
            return 0;
        });
        await World.GoAndPullAsync(Day0.AddDays(1), 9);
        (await World.StateAsync()).Hold.ShouldBe("NeedsDecision");
        Change(order, "billing", good);
        await World.GoAndPullAsync(Day0.AddDays(2), 9);
        (await World.StateAsync()).Hold.ShouldBeNull();
        (await World.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_does_not_say_which_one_it_is_keeps_the_place_in_the_list()
    {
        var before = await CursorAsync();
        var bad = World.Buy(Day0);
        World.Buy(Day0);
        var good = Change(bad, "id", "douze");
        await World.GoAndPullAsync(Day0.AddDays(1), 9);
        (await World.ContractsAsync()).ShouldHaveSingleItem();
        (await TaskAsync()).ShouldContain($"(number \"{bad}\").id: expected a whole number, got \"douze\".");
        (await CursorAsync()).ShouldBe(before);
        Change(bad, "id", good);
        await World.GoAndPullAsync(Day0.AddDays(2), 9);
        (await World.ContractsAsync()).Count.ShouldBe(2);
        (await World.TasksAsync()).ShouldBeEmpty();
        (await CursorAsync()).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_subscription_is_no_different()
    {
        var product = World.Shop.AddProduct("Abonnement", "ABO", 600m, "year");
        var bad = World.Shop.AddSubscription(new(World.Client, product, At(Day0.AddDays(-20)), At(Day0.AddDays(345))));
        World.Shop.AddSubscription(new(World.Client, product, At(Day0.AddDays(-20)), At(Day0.AddDays(345))));
        World.Shop.Locked(core => core.State.Subscriptions[bad]["billing"] = new JsonArray());
        await World.GoAndPullAsync(Day0, 9);
        (await World.ContractsAsync()).ShouldHaveSingleItem();
        (await TaskAsync()).ShouldContain($"{bad}.billing: expected an object, got a list.");
    }

    private JsonNode? Change(long order, string field, JsonNode? value) => World.Shop.Locked(core =>
    {
        var before = core.State.Orders[order][field]?.DeepClone();
        core.State.Orders[order][field] = value;
        return before;
    });

    private async Task<string> TaskAsync() => (await World.ValueAsync<string>("SELECT data FROM task WHERE state = 'open'")).ShouldNotBeNull().Replace("\\u0022", "\"", StringComparison.Ordinal);

    private Task<long?> CursorAsync() => World.ValueAsync<long?>("SELECT cursor_at FROM shop");
}

public sealed class One_bad_row_costs_one_row_in_SQLite() : One_bad_row_costs_one_row(Dialect.Sqlite);

public sealed class One_bad_row_costs_one_row_in_PostgreSQL() : One_bad_row_costs_one_row(Dialect.Postgres);
