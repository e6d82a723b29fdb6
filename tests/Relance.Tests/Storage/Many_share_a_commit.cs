using Relance.Inbox;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Tests.Storage;

/// <summary>What shares a commit succeeds or fails for each of its callers, and the next group works.</summary>
public abstract class Many_share_a_commit(Dialect dialect) : StorageTests(dialect)
{
    [Fact]
    public async Task One_delivery_that_cannot_be_stored_takes_no_other_along()
    {
        await using var intake = new InboxIntake(Database);
        var stored = Enumerable.Range(1, 40).Select(i => intake.StoreAsync(ADelivery(i, i == 20 ? "no-such-shop" : ShopId))).ToList();
        await Should.ThrowAsync<Exception>(() => stored[19]);
        await Task.WhenAll(stored.Where((_, i) => i != 19));
        (await ValueAsync<long>("SELECT COUNT(*) FROM inbox")).ShouldBe(39);
        await intake.StoreAsync(ADelivery(41, ShopId));
        (await ValueAsync<long>("SELECT COUNT(*) FROM inbox")).ShouldBe(40);
    }

    private static Delivery ADelivery(int i, string shop) =>
        InboxStore.Read(shop, "order.updated", System.Text.Encoding.UTF8.GetBytes($$"""{"id":{{i}}}"""), Clocks.RealTime.Real);
}

public sealed class Many_share_a_commit_in_SQLite() : Many_share_a_commit(Dialect.Sqlite)
{
    [Fact]
    public async Task A_commit_that_fails_is_told_to_everybody_in_it_and_leaves_nothing()
    {
        var (begun, mayGoOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = Database.WriteAsync(async s =>
        {
            begun.SetResult();
            await mayGoOn.Task;
            await AddAsync(s, "first");
        });
        await begun.Task;
        // They wait for the first one, and so share its commit.
        var innocent = Database.WriteAsync(s => AddAsync(s, "innocent"));
        var guilty = Database.WriteAsync(async s =>
        {
            // Checked at the commit only.
            await s.ExecuteAsync("PRAGMA defer_foreign_keys = ON");
            await s.ExecuteAsync("INSERT INTO journal_head (shop_id, seq, hash) VALUES ('no-such-shop', 1, '0')");
        });
        mayGoOn.SetResult();
        foreach (var told in new[] { first, innocent, guilty })
            await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => told);
        (await ValueAsync<long>("SELECT COUNT(*) FROM instance")).ShouldBe(0);
        await Database.WriteAsync(s => AddAsync(s, "next"));
        (await ValueAsync<string>("SELECT key FROM instance")).ShouldBe("next");
    }

    private static Task<int> AddAsync(Session session, string key) => session.ExecuteAsync("INSERT INTO instance (key, value) VALUES (@key, '')", new { key });
}

public sealed class Many_share_a_commit_in_PostgreSQL() : Many_share_a_commit(Dialect.Postgres);
