using System.Collections.Concurrent;
using Relance.Operations;
using Relance.Outbox;
using Relance.Reminders;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Tests.Storage;

public abstract class Many_work_on_one_database(Dialect dialect) : StorageTests(dialect)
{
    [Fact]
    public async Task Eight_claimers_get_each_of_four_thousand_messages_once()
    {
        await Rows.MessageAsync(kind: "confirmation", state: "sent");
        await ExecuteAsync(
            """
            INSERT INTO message (id, shop_id, recipient_id, channel, class, mode, slot_on, state, rank, not_before, expires_at, created_at)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
            SELECT 'm' || i, @ShopId, @RecipientId, 'email', 'confirmation', 'dry', '2026-12-01', 'due', 0, 0, @Later, 0 FROM n
            """, new { ShopId, Rows.RecipientId, Later = DateTimeOffset.MaxValue.Millis() });
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(ClaimAllAsync)));
        claimed.SelectMany(ids => ids).Count().ShouldBe(4000);
        claimed.SelectMany(ids => ids).ShouldBeUnique();
    }

    [Fact]
    public async Task What_fails_half_way_leaves_nothing()
    {
        await Should.ThrowAsync<TimeoutException>(() => Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("INSERT INTO instance (key, value) VALUES ('a', '1')");
            (await session.ValueAsync<string>("SELECT value FROM instance WHERE key = 'a'")).ShouldBe("1");
            throw new TimeoutException("the power goes");
        }));
        (await ValueAsync<long>("SELECT COUNT(*) FROM instance")).ShouldBe(0);
        await ExecuteAsync("INSERT INTO instance (key, value) VALUES ('a', '2')");
    }

    [Fact]
    public async Task Writers_with_connections_of_their_own_lose_no_increment()
    {
        await ExecuteAsync("INSERT INTO instance (key, value) VALUES ('n', '0')");
        // Two Database objects share nothing but the file or server, as two processes would.
        await using var other = new Database(Storage.ConnectionString);
        var pair = new[] { Database, other };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
                await pair[i % 2].WriteAsync(s => s.ExecuteAsync("UPDATE instance SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE key = 'n'"));
        })));
        (await ValueAsync<string>("SELECT value FROM instance WHERE key = 'n'")).ShouldBe("200");
    }

    [Fact]
    public async Task A_reader_sees_the_state_before_a_write_that_is_not_committed()
    {
        var (wrote, mayCommit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("INSERT INTO instance (key, value) VALUES ('a', '1')");
            wrote.SetResult();
            await mayCommit.Task;
        });
        await wrote.Task;
        (await ValueAsync<long>("SELECT COUNT(*) FROM instance")).ShouldBe(0);
        mayCommit.SetResult();
        await writing;
        (await ValueAsync<long>("SELECT COUNT(*) FROM instance")).ShouldBe(1);
    }

    [Fact]
    public async Task A_deadlock_is_run_again_and_both_writes_are_there()
    {
        await ExecuteAsync("INSERT INTO instance (key, value) VALUES ('a', ''), ('b', '')");
        var first = new ConcurrentDictionary<string, int>();
        await Task.WhenAll(CrossAsync("a", "b", "1", first), CrossAsync("b", "a", "2", first));
        (await ValueAsync<long>("SELECT COUNT(*) FROM instance WHERE length(value) = 2")).ShouldBe(2);
        if (Dialect == Dialect.Postgres)
            first.Values.Sum().ShouldBeGreaterThan(2, "one of the two was the deadlock's victim");
    }

    private Task CrossAsync(string one, string two, string mark, ConcurrentDictionary<string, int> runs) => Task.Run(() => Database.WriteAsync(async session =>
    {
        runs.AddOrUpdate(mark, 1, (_, n) => n + 1);
        await session.ExecuteAsync("UPDATE instance SET value = value || @mark WHERE key = @one", new { mark, one });
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        await session.ExecuteAsync("UPDATE instance SET value = value || @mark WHERE key = @two", new { mark, two });
    }));

    private async Task<List<string>> ClaimAllAsync()
    {
        var claims = new Claims(Database, new RelanceSettings { Outbox = new(BatchSize: 25) }, Clocks.RealTime);
        List<string> mine = [];
        for (IReadOnlyList<MessageRow> some; (some = await claims.TakeAsync(new LinkedShop { Id = ShopId }, default)).Count > 0;)
            mine.AddRange(some.Select(message => message.Id));
        return mine;
    }
}

public sealed class Many_work_on_one_database_in_SQLite() : Many_work_on_one_database(Dialect.Sqlite);

public sealed class Many_work_on_one_database_in_PostgreSQL() : Many_work_on_one_database(Dialect.Postgres);
