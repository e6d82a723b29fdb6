using Relance.Storage;

namespace Relance.Tests.Storage;

public abstract class The_schema_keeps_the_promises(Dialect dialect) : StorageTests(dialect)
{
    [Fact]
    public async Task One_reminder_a_day_to_one_person_by_one_channel()
    {
        await Rows.MessageAsync("sent");
        await ShouldBeTakenAlreadyAsync(() => Rows.MessageAsync("due"));
        await Rows.MessageAsync(slot: "2026-12-02");
        await Rows.MessageAsync(mode: "redirect");
        await new SampleRows(Database, ShopId).MessageAsync();
        (await ValueAsync<long>("SELECT COUNT(*) FROM message")).ShouldBe(4);
    }

    [Fact]
    public async Task A_void_message_frees_the_day_and_other_classes_do_not_take_it()
    {
        var first = await Rows.MessageAsync();
        await Rows.MessageAsync(kind: "confirmation");
        await Rows.MessageAsync(kind: "confirmation");
        await ExecuteAsync("UPDATE message SET state = 'void' WHERE id = @first", new { first });
        var second = await Rows.MessageAsync();
        await ShouldBeTakenAlreadyAsync(() => ExecuteAsync("UPDATE message SET state = 'due' WHERE id = @first", new { first }));
        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task One_open_cycle_per_contract_and_one_cycle_per_term()
    {
        var first = await Rows.CycleAsync("contract");
        await ShouldBeTakenAlreadyAsync(() => Rows.CycleAsync("contract", term: 2));
        await ExecuteAsync("UPDATE cycle SET state = 'paid' WHERE id = @first", new { first });
        await Rows.CycleAsync("contract", term: 2);
        await ShouldBeTakenAlreadyAsync(() => Rows.CycleAsync("contract", term: 1, state: "paid"));
    }

    [Fact]
    public async Task A_step_of_a_cycle_exists_once_per_channel_and_mode()
    {
        var cycle = await Rows.CycleAsync("contract");
        await Rows.ReminderAsync(cycle);
        await ShouldBeTakenAlreadyAsync(() => Rows.ReminderAsync(cycle));
        await Rows.ReminderAsync(cycle, mode: "redirect");
        await Rows.ReminderAsync(cycle, step: "attention");
        (await ValueAsync<long>("SELECT COUNT(*) FROM reminder")).ShouldBe(3);
    }

    [Theory]
    [InlineData("UPDATE message SET state = 'lost'")]
    [InlineData("UPDATE shop SET mode = 'wet'")]
    [InlineData("UPDATE reminder SET state = 'perhaps'")]
    public async Task A_state_that_does_not_exist_is_refused(string sql)
    {
        await Rows.MessageAsync(reminder: true);
        var refused = await Should.ThrowAsync<Exception>(() => ExecuteAsync(sql));
        Database.IsUniqueViolation(refused).ShouldBeFalse();
        refused.Message.ShouldContain("check", Case.Insensitive);
    }

    [Fact]
    public async Task A_row_that_points_nowhere_is_refused()
    {
        var refused = await Should.ThrowAsync<Exception>(() => new SampleRows(Database, "nobody").CycleAsync("contract"));
        refused.Message.ShouldContain("foreign key", Case.Insensitive);
    }
}

public sealed class The_schema_keeps_the_promises_in_SQLite() : The_schema_keeps_the_promises(Dialect.Sqlite);

public sealed class The_schema_keeps_the_promises_in_PostgreSQL() : The_schema_keeps_the_promises(Dialect.Postgres);
