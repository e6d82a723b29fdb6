using Relance.Agency;
using Relance.Journal;
using Relance.Operations;
using Relance.Operations.Backup;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Stories;

namespace Relance.Tests.Operations.Backup;

public class A_backup_comes_back
{
    private const int Clients = 24;

    // What a restore itself adds to.
    private static readonly string[] s_grown = ["shop", "journal", "journal_head", "task"];

    public static TheoryData<Dialect, Dialect> Ways => new() { { Dialect.Sqlite, Dialect.Postgres }, { Dialect.Postgres, Dialect.Sqlite }, { Dialect.Sqlite, Dialect.Sqlite }, { Dialect.Postgres, Dialect.Postgres } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task One_made_while_messages_leave_brings_back_the_same_tables(Dialect from, Dialect to)
    {
        await using var world = await RestoreWorld.StartAsync(Clients);
        var original = await world.InstanceAsync(from);
        await world.LinkAsync(original);
        world.MoveTo(RestoreWorld.DueDay, 9, 5);
        using var half = HalfSent(world);
        var sending = original.Get<Jobs>().RoundAsync(default);
        await half.WaitAsync();
        using var file = await original.BackupAsync();
        await sending;
        world.Catcher.Mails.Count.ShouldBe(Clients);

        var copy = await world.InstanceAsync(to);
        var report = await copy.Backups.RestoreAsync(file, default);
        report.BrokenChains.ShouldBeEmpty();
        report.Shops.ShouldBe([world.Shop.Url.ToString()]);
        using var again = await copy.BackupAsync();
        var manifest = await Backups.VerifyAsync(again, RestoreWorld.Passphrase, default);
        manifest.Tables.Where(table => !s_grown.Contains(table.Name)).ShouldBe(report.Manifest.Tables.Where(table => !s_grown.Contains(table.Name)));
        manifest.Schema.ShouldBe(report.Manifest.Schema);
        manifest.Tables.First(table => table.Name == "message").Rows.ShouldBe(Clients);
        (await copy.CountAsync("attempt WHERE handed_at IS NOT NULL")).ShouldBeInRange(1, Clients - 1, "a backup of the middle");
        var shop = (await copy.Database.ReadAsync(LinkedShop.AllAsync)).ShouldHaveSingleItem();
        (await copy.Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, shop.Id))).ShouldBeNull();
        copy.Get<Secrets>().Unprotect(shop.KeySecret).ShouldBe($"{world.Shop.Options.Key}:{world.Shop.Options.Secret}");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_copy_keeps_still_and_then_repeats_nothing_that_left_since(Dialect from, Dialect to)
    {
        await using var world = await RestoreWorld.StartAsync(Clients);
        var original = await world.InstanceAsync(from);
        await world.LinkAsync(original);
        world.MoveTo(RestoreWorld.DueDay, 9, 5);
        await original.Get<Jobs>().PlanAsync(default);
        using var file = await original.BackupAsync();
        await original.Get<Jobs>().RoundAsync(default);
        world.Catcher.Mails.Count.ShouldBe(Clients, "all of them left after the backup");

        var copy = await world.InstanceAsync(to);
        await copy.Backups.RestoreAsync(file, default);
        var (writes, requests) = (world.Shop.Writes.Count, world.Shop.Requests.Count);
        await world.PlayAsync(copy, RestoreWorld.DueDay.AddDays(1), RestoreWorld.DueDay.AddDays(2));
        await copy.Get<Jobs>().CheckLinksAsync(default);
        world.Catcher.Mails.Count.ShouldBe(Clients, "nobody has said that the original is stopped");
        world.Shop.Requests.Count.ShouldBe(requests);
        world.Shop.Writes.Count.ShouldBe(writes);
        (await copy.CountAsync("task WHERE kind = 'restored' AND state = 'open'")).ShouldBe(1);

        await copy.Get<RestoredShops>().ConfirmAsync(null, nothingSentSince: false, Actor.CommandLine);
        await world.PlayAsync(copy, RestoreWorld.DueDay.AddDays(3), RestoreWorld.DueDay.AddDays(32));
        var mails = world.Catcher.Mails;
        mails.GroupBy(MailKind.About).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        mails.GroupBy(MailKind.Of).ToDictionary(kind => kind.Key, kind => kind.Count()).ShouldSatisfyAllConditions(
            kinds => kinds["notice"].ShouldBe(Clients, "by the original"), kinds => kinds["attention"].ShouldBe(Clients, "by the copy"), kinds => kinds["last-day"].ShouldBe(Clients));
        (await copy.CountAsync("task WHERE kind = 'restored' AND state = 'open'")).ShouldBe(0);
        (await copy.CountAsync("journal WHERE kind = 'restore-confirmed'")).ShouldBe(1);
        (await copy.CountAsync($"reminder WHERE reason = 'restored'")).ShouldBe(Clients);
    }

    [Fact]
    public async Task A_move_to_PostgreSQL_goes_on_where_it_stood()
    {
        await using var world = await RestoreWorld.StartAsync(Clients);
        var original = await world.InstanceAsync(Dialect.Sqlite);
        await world.LinkAsync(original);
        world.MoveTo(RestoreWorld.DueDay, 8);
        await original.Get<Jobs>().PlanAsync(default);
        using var file = await original.BackupAsync();

        var copy = await world.InstanceAsync(Dialect.Postgres);
        await copy.Backups.RestoreAsync(file, default);
        (await copy.Get<RestoredShops>().ConfirmAsync(null, nothingSentSince: true, Actor.CommandLine)).Count.ShouldBe(1);
        await world.PlayAsync(copy, RestoreWorld.DueDay, RestoreWorld.DueDay.AddDays(1));
        world.Catcher.Mails.Select(MailKind.Of).ShouldBe(Enumerable.Repeat("notice", Clients));
        world.Catcher.Mails.Select(mail => mail.To).ShouldBeUnique();
        (await Should.ThrowAsync<RefusedException>(() => copy.Get<RestoredShops>().ConfirmAsync(null, nothingSentSince: true, Actor.CommandLine))).Why.ShouldBe(Refusal.Conflict);
    }

    [Fact]
    public async Task A_formal_message_that_may_have_left_is_left_to_a_person()
    {
        await using var world = await RestoreWorld.StartAsync(1);
        var original = await world.InstanceAsync(Dialect.Sqlite);
        await world.LinkAsync(original);
        world.MoveTo(RestoreWorld.DueDay, 8);
        await original.Get<Jobs>().PlanAsync(default);
        await original.Database.WriteAsync(s => s.ExecuteAsync("UPDATE message SET class = 'legal'"));
        using var file = await original.BackupAsync();

        var copy = await world.InstanceAsync(Dialect.Sqlite);
        await copy.Backups.RestoreAsync(file, default);
        await copy.Get<RestoredShops>().ConfirmAsync(null, nothingSentSince: false, Actor.CommandLine);
        await world.PlayAsync(copy, RestoreWorld.DueDay, RestoreWorld.DueDay.AddDays(1));
        world.Catcher.Mails.ShouldBeEmpty();
        (await copy.CountAsync("message WHERE state = 'unknown'")).ShouldBe(1);
        (await copy.CountAsync("task WHERE kind = 'outcome-unknown' AND state = 'open'")).ShouldBe(1);
    }

    private static SemaphoreSlim HalfSent(RestoreWorld world)
    {
        var half = new SemaphoreSlim(0);
        var caught = 0;
        world.Catcher.Caught = _ =>
        {
            if (Interlocked.Increment(ref caught) == Clients / 2)
                half.Release();
            // The backup is made while the rest waits its turn.
            Thread.Sleep(caught > Clients / 2 ? 100 : 0);
        };
        return half;
    }
}
