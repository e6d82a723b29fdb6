using Relance.Journal;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Tests.Storage;

public abstract class The_journal_is_evidence(Dialect dialect) : StorageTests(dialect)
{
    [Fact]
    public async Task Many_writers_make_one_unbroken_chain_per_shop()
    {
        var second = Values.NewId();
        await AddShopAsync(second);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
                await AppendAsync($$"""{"n":{{n}}}""", worker % 2 == 0 ? ShopId : second);
        })));
        foreach (var shop in new[] { ShopId, second })
        {
            (await ValueAsync<long>("SELECT MAX(seq) FROM journal WHERE shop_id = @shop", new { shop })).ShouldBe(201, "200, and the link's own");
            (await BrokenAsync(shop)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task An_entry_whose_transaction_fails_leaves_no_gap()
    {
        await AppendAsync("{}");
        await Should.ThrowAsync<TimeoutException>(() => Database.WriteAsync(async session =>
        {
            await JournalWriter.AppendAsync(session, ShopId, Clocks.RealTime.Now, "sent", "m", "{}");
            throw new TimeoutException();
        }));
        await AppendAsync("{}");
        (await BrokenAsync(ShopId)).ShouldBeNull();
        (await ValueAsync<long>("SELECT MAX(seq) FROM journal")).ShouldBe(3);
    }

    [Theory]
    [InlineData("UPDATE journal SET entry = '{}' WHERE seq = 2")]
    [InlineData("DELETE FROM journal")]
    [InlineData("DELETE FROM content")]
    [InlineData("UPDATE content SET bytes = bytes")]
    [InlineData("UPDATE content SET hash = 'x', erased_at = 1")]
    public async Task It_refuses_to_be_changed(string sql)
    {
        await AppendAsync("{}", content: "mail"u8.ToArray());
        (await Should.ThrowAsync<Exception>(() => ExecuteAsync(sql))).Message.ShouldMatch("append-only|erased");
        (await BrokenAsync(ShopId)).ShouldBeNull();
    }

    [Fact]
    public async Task It_refuses_the_ways_around_a_row_trigger()
    {
        await AppendAsync("{}", content: "mail"u8.ToArray());
        string[] around = Dialect == Dialect.Postgres
            ? ["TRUNCATE journal", "TRUNCATE content", "TRUNCATE shop CASCADE"]
            : ["REPLACE INTO journal SELECT shop_id, seq, at, kind, subject_id, 'forged', content_hash, prev_hash, hash FROM journal", "REPLACE INTO content SELECT hash, bytes, 1 FROM content"];
        foreach (var sql in around)
            (await Should.ThrowAsync<Exception>(() => ExecuteAsync(sql))).Message.ShouldMatch("append-only|erased", sql);
        (await BrokenAsync(ShopId)).ShouldBeNull();
    }

    [Theory]
    [InlineData("UPDATE journal SET entry = '{\"n\":7}' WHERE seq = 3", 3)]
    [InlineData("UPDATE journal SET at = at + 1 WHERE seq = 4", 4)]
    [InlineData("UPDATE journal SET content_hash = 'x' WHERE seq = 2", 2)]
    [InlineData("DELETE FROM journal WHERE seq = 3", 3)]
    [InlineData("DELETE FROM journal WHERE seq = 5", 5)]
    [InlineData("DELETE FROM journal", 1)]
    [InlineData("DELETE FROM journal_head", 1)]
    [InlineData("INSERT INTO journal SELECT shop_id, 6, at, kind, subject_id, entry, content_hash, prev_hash, hash FROM journal WHERE seq = 5", 6)]
    public async Task Who_drops_the_triggers_and_forges_is_found_out(string forgery, long at)
    {
        for (var n = 2; n <= 5; n++)
            await AppendAsync($$"""{"n":{{n}}}""");
        (await BrokenAsync(ShopId)).ShouldBeNull();
        await DropTriggersAsync();
        (await ExecuteAsync(forgery)).ShouldBeGreaterThan(0);
        (await BrokenAsync(ShopId)).ShouldBe(at);
    }

    [Fact]
    public async Task Content_can_be_erased_and_the_chain_still_holds()
    {
        var hash = await AppendAsync("{}", content: "Bonjour Madame Lefèvre"u8.ToArray());
        await ExecuteAsync("UPDATE content SET bytes = @empty, erased_at = @now WHERE hash = @hash", new { empty = Array.Empty<byte>(), now = 1L, hash });
        (await ValueAsync<long>("SELECT length(bytes) FROM content")).ShouldBe(0);
        (await BrokenAsync(ShopId)).ShouldBeNull();
    }

    [Fact]
    public async Task A_check_during_writing_finds_nothing_broken()
    {
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < 200; n++)
                await AppendAsync("{}");
            await done.CancelAsync();
        });
        var checks = 0;
        for (; !done.IsCancellationRequested; checks++)
            (await BrokenAsync(ShopId)).ShouldBeNull();
        await writing;
        checks.ShouldBeGreaterThan(1);
    }

    private Task<long?> BrokenAsync(string shopId) => Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, shopId));

    private Task<string?> AppendAsync(string entry, string? shopId = null, byte[]? content = null) => Database.WriteAsync(async session =>
    {
        var hash = content is null ? null : Values.Hash(content);
        if (content is not null)
            await session.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@hash, @content)", new { hash, content });
        await JournalWriter.AppendAsync(session, shopId ?? ShopId, Clocks.RealTime.Now, "sent", "message", entry, hash);
        return hash;
    });

    private async Task DropTriggersAsync()
    {
        foreach (var name in Dialect == Dialect.Postgres ? new[] { "journal_append_only ON journal" } : ["journal_no_update", "journal_no_delete"])
            await ExecuteAsync($"DROP TRIGGER {name}");
    }
}

public sealed class The_journal_is_evidence_in_SQLite() : The_journal_is_evidence(Dialect.Sqlite);

public sealed class The_journal_is_evidence_in_PostgreSQL() : The_journal_is_evidence(Dialect.Postgres);
