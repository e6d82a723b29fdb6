using Relance.Operations;
using Relance.Outbox;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Crashes;

/// <summary>A process claims, dies, and another one finds its messages.</summary>
public abstract class What_a_dead_sender_leaves(Dialect dialect) : StorageTests(dialect)
{
    private readonly MovedClock _system = new(new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), 0, TimeProvider.System);

    [Fact]
    public async Task A_claim_takes_a_batch_and_no_more()
    {
        await ADueMessageAsync("confirmation");
        await ExecuteAsync(
            """
            INSERT INTO message (id, shop_id, recipient_id, channel, class, mode, slot_on, state, rank, not_before, expires_at, created_at)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 299)
            SELECT 'm' || i, @ShopId, @RecipientId, 'email', 'confirmation', 'dry', '2026-12-01', 'due', 0, 0, @Late, 0 FROM n
            """, new { ShopId, Rows.RecipientId, Late = long.MaxValue });
        for (var n = 0; n < 3; n++)
            (await ClaimAsync()).Count.ShouldBe(100);
        (await ClaimAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("reminder")]
    [InlineData("legal")]
    public async Task Nothing_is_given_back_while_its_lease_lasts(string kind)
    {
        await ADueMessageAsync(kind);
        var claimed = (await ClaimAsync()).ShouldHaveSingleItem();
        await HandOverAsync(claimed);
        await AnotherLooksAfterAsync(TimeSpan.FromMinutes(15));
        (await StateAsync(claimed)).ShouldBe("sending");
        (await ClaimAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("confirmation")]
    [InlineData("reminder")]
    [InlineData("formal")]
    [InlineData("legal")]
    public async Task What_was_not_handed_over_is_due_again_whatever_its_class(string kind)
    {
        await ADueMessageAsync(kind);
        var claimed = (await ClaimAsync()).ShouldHaveSingleItem();
        await AnotherLooksAfterAsync(TimeSpan.FromMinutes(16));
        (await ClaimAsync()).ShouldHaveSingleItem().Attempt.ShouldBe(claimed.Attempt + 1);
        (await ValueAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'unknown'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("confirmation")]
    [InlineData("reminder")]
    public async Task A_reminder_that_was_handed_over_goes_again_as_the_same_message(string kind)
    {
        await ADueMessageAsync(kind);
        var claimed = (await ClaimAsync()).ShouldHaveSingleItem();
        await HandOverAsync(claimed);
        await AnotherLooksAfterAsync(TimeSpan.FromMinutes(16));
        var again = (await ClaimAsync()).ShouldHaveSingleItem();
        // The Message-ID is made of the message's id.
        (again.Id, again.Attempt).ShouldBe((claimed.Id, claimed.Attempt + 1));
        await TheUnknownOutcomeIsWrittenAsync(claimed);
    }

    [Theory]
    [InlineData("formal")]
    [InlineData("legal")]
    public async Task A_notice_that_was_handed_over_waits_for_a_person(string kind)
    {
        await ADueMessageAsync(kind);
        var claimed = (await ClaimAsync()).ShouldHaveSingleItem();
        await HandOverAsync(claimed);
        await AnotherLooksAfterAsync(TimeSpan.FromMinutes(16));
        await AnotherLooksAfterAsync(TimeSpan.FromDays(2));
        (await StateAsync(claimed)).ShouldBe("unknown");
        (await ClaimAsync()).ShouldBeEmpty();
        (await ValueAsync<long>("SELECT COUNT(*) FROM task WHERE kind = 'outcome-unknown' AND subject_id = @Id AND state = 'open'", claimed)).ShouldBe(1);
        await TheUnknownOutcomeIsWrittenAsync(claimed);
    }

    private async Task ADueMessageAsync(string kind) =>
        await ExecuteAsync("UPDATE message SET expires_at = @Late WHERE id = @Id", new { Id = await Rows.MessageAsync(kind: kind), Late = long.MaxValue });

    // Each call is a process of its own.
    private Claims NewProcess() => new(Database, new RelanceSettings(), new Clocks(_system, _system));

    private async Task<IReadOnlyList<MessageRow>> ClaimAsync() =>
        await NewProcess().TakeAsync((await Database.ReadAsync(LinkedShop.AllAsync)).ShouldHaveSingleItem(), default);

    private Task HandOverAsync(MessageRow message) => ExecuteAsync(
        "INSERT INTO attempt (message_id, n, started_at, handed_at) VALUES (@Id, @Attempt, @Now, @Now)", new { message.Id, message.Attempt, Now = _system.GetUtcNow().Millis() });

    private Task AnotherLooksAfterAsync(TimeSpan time)
    {
        _system.Set(_system.GetUtcNow() + time);
        return NewProcess().RecoverAsync(default);
    }

    private Task<string?> StateAsync(MessageRow message) => ValueAsync<string>("SELECT state FROM message WHERE id = @Id", message);

    private async Task TheUnknownOutcomeIsWrittenAsync(MessageRow message)
    {
        (await ValueAsync<string>("SELECT outcome FROM attempt WHERE message_id = @Id AND n = @Attempt", message)).ShouldBe("unknown");
        (await ValueAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'unknown' AND subject_id = @Id", message)).ShouldBe(1);
    }
}

public sealed class What_a_dead_sender_leaves_in_SQLite() : What_a_dead_sender_leaves(Dialect.Sqlite);

public sealed class What_a_dead_sender_leaves_in_PostgreSQL() : What_a_dead_sender_leaves(Dialect.Postgres);
