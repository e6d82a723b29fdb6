using Relance.Journal;
using Relance.Operations;
using Relance.Operations.Retention;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Operations;

public abstract class What_has_served_is_forgotten(Dialect dialect) : StorageTests(dialect)
{
    private static readonly DateTimeOffset s_now = new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);
    private readonly LogBook _log = new();

    [Fact]
    public async Task Deliveries_tasks_and_notes_go_by_age_and_only_when_done()
    {
        foreach (var (state, days, body) in new[] { ("done", 31, ""), ("done", 29, ""), ("failed", 31, "x"), ("failed", 91, "x"), ("new", 400, "x") })
            await DeliveryAsync(state, s_now.AddDays(-days), body);
        foreach (var (state, days) in new[] { ("done", 401), ("done", 399), ("open", 4000) })
            await TaskAsync(state, s_now.AddDays(-days));
        foreach (var (op, state, days) in new[] { ("note", "done", 401), ("note", "done", 399), ("note", "dead", 401), ("create-order", "done", 401), ("metadata", "done", 401) })
            await PostBackAsync(op, state, s_now.AddDays(-days));
        (await Job().RunAsync(default)).ShouldBe(4);
        (await ValueAsync<long>("SELECT COUNT(*) FROM inbox")).ShouldBe(3);
        (await ValueAsync<long>("SELECT COUNT(*) FROM task")).ShouldBe(2);
        (await ValueAsync<long>("SELECT COUNT(*) FROM postback")).ShouldBe(4);
        (await Job().RunAsync(default)).ShouldBe(0);
        _log.Lines.ShouldContain(line => line.Contains("1 rows of tasks forgotten", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_a_batch_is_forgotten_in_one_run()
    {
        for (var n = 0; n < 1201; n++)
            await DeliveryAsync("done", s_now.AddDays(-60), "");
        (await Job().RunAsync(default)).ShouldBe(1201);
    }

    [Fact]
    public async Task Mails_past_the_limitation_are_erased_and_the_chain_stays_whole()
    {
        var old = await MailAsync(s_now.AddMonths(-73), "Bonjour Madame Lefèvre");
        for (var n = 0; n < 600; n++)
            await Database.WriteAsync(s => JournalWriter.AppendAsync(s, ShopId, s_now.AddMonths(-73), "post-back", "x", "{}"));
        var second = await MailAsync(s_now.AddMonths(-72).AddDays(-1), "Bonjour Monsieur Petit");
        var recent = await MailAsync(s_now.AddMonths(-71), "Bonjour Madame Roux");
        await Job().RunAsync(default);
        foreach (var hash in new[] { old, second })
            (await ValueAsync<long>("SELECT COUNT(*) FROM content WHERE hash = @hash AND erased_at IS NOT NULL AND length(bytes) = 0", new { hash })).ShouldBe(1);
        (await ValueAsync<long>("SELECT COUNT(*) FROM content WHERE hash = @recent AND erased_at IS NULL AND length(bytes) > 0", new { recent })).ShouldBe(1);
        (await Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, ShopId))).ShouldBeNull();
        (await Job().RunAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task What_no_server_accepted_goes_with_the_mails_of_its_time()
    {
        var old = await AttemptsAsync(s_now.AddMonths(-73), "deferred", "abandoned", "accepted");
        var recent = await AttemptsAsync(s_now.AddMonths(-71), "deferred");
        for (var n = 0; n < 520; n++)
            await AttemptsAsync(s_now.AddMonths(-72).AddDays(-1), "unknown");
        await Job().RunAsync(default);
        (await ValueAsync<long>("SELECT COUNT(*) FROM content WHERE erased_at IS NOT NULL AND length(bytes) = 0")).ShouldBe(522);
        (await KeptAsync(old)).ShouldBe(["accepted"], "the journal says when that one goes");
        (await KeptAsync(recent)).ShouldBe(["deferred"]);
        (await Job().RunAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_strangers_mail_is_forgotten_and_a_report_about_ours_is_kept()
    {
        foreach (var (state, days) in new[] { ("unmatched", 91), ("unmatched", 89), ("done", 91) })
            await ReturnedAsync(state, s_now.AddDays(-days));
        (await Job().RunAsync(default)).ShouldBe(1);
        (await ValueAsync<long>("SELECT COUNT(*) FROM inbound_mail")).ShouldBe(2);
        (await ValueAsync<long>("SELECT COUNT(*) FROM content WHERE length(bytes) = 0")).ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_is_cut_short_goes_on_where_it_stood()
    {
        for (var n = 0; n < 3; n++)
            await MailAsync(s_now.AddMonths(-80), $"mail {n}");
        (await Database.WriteAsync(s => OldMails.EraseAsync(s, s_now.AddMonths(-72), s_now, limit: 2))).ShouldBe(2);
        (await ValueAsync<long>("SELECT COUNT(*) FROM content WHERE erased_at IS NULL")).ShouldBe(1);
        await Job().RunAsync(default);
        (await ValueAsync<long>("SELECT COUNT(*) FROM content WHERE erased_at IS NULL")).ShouldBe(0);
    }

    // The shop's own first entry is of today, and the journal of these tests begins before it: a shop whose link is as old as its mails.
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync(Dialect == Dialect.Sqlite ? "DROP TRIGGER journal_no_delete" : "ALTER TABLE journal DISABLE TRIGGER USER");
        await ExecuteAsync("DELETE FROM journal");
        await ExecuteAsync("DELETE FROM journal_head");
    }

    private RetentionJob Job() => new(Database, new RelanceSettings(), new Clocks(Clock, Clock), _log.For<RetentionJob>());

    private static MovedClock Clock => new(s_now, 0, TimeProvider.System);

    private Task<string> MailAsync(DateTimeOffset at, string text) => Database.WriteAsync(async s =>
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        await s.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@Hash, @bytes)", new { Hash = Values.Hash(bytes), bytes });
        await JournalWriter.AppendAsync(s, ShopId, at, "sent", "m", "{}", Values.Hash(bytes));
        return Values.Hash(bytes);
    });

    private Task<string> AttemptsAsync(DateTimeOffset at, params string[] outcomes) => Database.WriteAsync(async s =>
    {
        var row = new { Id = Id(at), ShopId, Recipient = Values.NewId(), At = at.Millis() };
        await s.ExecuteAsync("INSERT INTO recipient (id, address_key) VALUES (@Recipient, @Recipient)", row);
        await s.ExecuteAsync(
            """
            INSERT INTO message (id, shop_id, recipient_id, channel, class, mode, slot_on, state, rank, not_before, expires_at, created_at)
            VALUES (@Id, @ShopId, @Recipient, 'email', 'reminder', 'live', '2020-01-01', 'void', 0, 0, 0, @At)
            """, row);
        foreach (var (outcome, n) in outcomes.Select((outcome, i) => (outcome, i + 1)))
        {
            var attempt = new { row.Id, n, row.At, outcome, Hash = Values.NewId(), Bytes = "x"u8.ToArray() };
            await s.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@Hash, @Bytes)", attempt);
            await s.ExecuteAsync("INSERT INTO attempt (message_id, n, started_at, outcome, content_hash) VALUES (@Id, @n, @At, @outcome, @Hash)", attempt);
        }
        return row.Id;
    });

    private Task<IReadOnlyList<string>> KeptAsync(string message) => Database.ReadAsync(s => s.QueryAsync<string>(
        "SELECT a.outcome FROM attempt a JOIN content k ON k.hash = a.content_hash WHERE a.message_id = @message AND k.erased_at IS NULL ORDER BY a.n", new { message }));

    private Task ReturnedAsync(string state, DateTimeOffset at) => Database.WriteAsync(async s =>
    {
        var row = new { Id = Id(at), Hash = Values.NewId(), At = at.Millis(), state, Bytes = "x"u8.ToArray() };
        await s.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES (@Hash, @Bytes)", row);
        await s.ExecuteAsync("INSERT INTO inbound_mail (id, content_hash, received_at, state) VALUES (@Id, @Hash, @At, @state)", row);
    });

    private Task DeliveryAsync(string state, DateTimeOffset at, string body) => ExecuteAsync(
        "INSERT INTO inbox (id, shop_id, topic, resource_key, body_hash, body, received_at, state) VALUES (@Id, @ShopId, 't', 'k', @Hash, @Body, @At, @state)",
        new { Id = Id(at), ShopId, Hash = Values.NewId(), Body = System.Text.Encoding.UTF8.GetBytes(body), At = at.Millis(), state });

    private Task TaskAsync(string state, DateTimeOffset at) => ExecuteAsync(
        "INSERT INTO task (id, dedup_key, shop_id, kind, subject_id, due_on, state, data, created_at) VALUES (@Id, @Key, @ShopId, 'k', 's', '2026-01-01', @state, '{}', @At)",
        new { Id = Id(at), Key = Values.NewId(), ShopId, state, At = at.Millis() });

    private Task PostBackAsync(string op, string state, DateTimeOffset at) => ExecuteAsync(
        "INSERT INTO postback (id, shop_id, subject_id, seq, op, target, dedup_key, payload, state) VALUES (@Id, @ShopId, @Key, 1, @op, '', @Key, '', @state)",
        new { Id = Id(at), ShopId, Key = Values.NewId(), op, state });

    private static string Id(DateTimeOffset at) => Guid.CreateVersion7(at).ToString("N");
}

public sealed class What_has_served_is_forgotten_in_SQLite() : What_has_served_is_forgotten(Dialect.Sqlite);

public sealed class What_has_served_is_forgotten_in_PostgreSQL() : What_has_served_is_forgotten(Dialect.Postgres);
