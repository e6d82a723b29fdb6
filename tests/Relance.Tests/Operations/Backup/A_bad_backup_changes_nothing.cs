using System.Text;
using Relance.Agency;
using Relance.Operations;
using Relance.Operations.Backup;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Operations.Backup;

public abstract class A_bad_backup_changes_nothing(Dialect dialect) : StorageTests(dialect)
{
    private static readonly KeyCover s_cover = KeyCover.With(RestoreWorld.Passphrase);
    private readonly string _folder = Directory.CreateTempSubdirectory("relance-bad-backup-").FullName;

    [Fact]
    public async Task Any_changed_byte_is_found()
    {
        var random = new Random(20261122);
        // So many bytes of content that the zip's own directory is a small part of the file.
        var bytes = new byte[64 * 1024];
        random.NextBytes(bytes);
        await ExecuteAsync("INSERT INTO content (hash, bytes) VALUES ('h', @bytes)", new { bytes });
        var good = await BackupAsync();
        await using var target = await TestDatabase.CreateAsync(Dialect);
        var (refused, harmless) = (0, 0);
        for (var n = 0; n < 60; n++)
        {
            var bad = good.ToArray();
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            if (await TryAsync(target, bad) is null)
            {
                // Dates and attributes of the zip's own directory mean nothing to us: then every table is as it was.
                harmless++;
                await AgainAsync(target, good);
                continue;
            }
            refused++;
            (await CountAsync(target, "shop")).ShouldBe(0);
        }
        refused.ShouldBeGreaterThan(4 * harmless);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(-1)]
    [InlineData(-200)]
    public async Task A_cut_file_is_refused(int length)
    {
        var good = await BackupAsync();
        await using var target = await TestDatabase.CreateAsync(Dialect);
        (await TryAsync(target, good[..(length < 0 ? good.Length + length : length)])).ShouldNotBeNull().Message.ShouldContain("whole file");
    }

    [Fact]
    public async Task Another_passphrase_is_refused()
    {
        var good = await BackupAsync();
        await using var target = await TestDatabase.CreateAsync(Dialect);
        (await TryAsync(target, good, "une autre phrase, longue aussi")).ShouldNotBeNull().Field.ShouldBe("passphrase");
        (await TryAsync(target, good, passphrase: null)).ShouldNotBeNull().Field.ShouldBe("passphrase");
        (await CountAsync(target, "shop")).ShouldBe(0);
    }

    [Fact]
    public async Task An_instance_with_a_shop_is_never_restored_into()
    {
        var good = await BackupAsync();
        (await TryAsync(Storage, good)).ShouldNotBeNull().Why.ShouldBe(Refusal.Conflict);
        (await ValueAsync<long>("SELECT COUNT(*) FROM shop WHERE restored_at IS NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task One_of_an_older_schema_is_brought_up_to_date()
    {
        await using var old = await TestDatabase.EmptyAsync(Dialect);
        await Migrator.MigrateAsync(old.Database, upTo: 2, default);
        await old.Database.WriteAsync(async s =>
        {
            await s.ExecuteAsync(
                """
                INSERT INTO shop (id, url, name, tz, currency, mode, test, allow_private, allow_invalid_certificate, auth, key_secret, webhook_secret, has_subscriptions,
                  mails_paid_orders, baseline_on, created_at) VALUES ('s', 'https://s.example/', 'S', 'Europe/Paris', 'EUR', 'dry', 0, 0, 0, 'basic', '', '', 0, 0, '2026-01-01', 1)
                """);
            await s.ExecuteAsync("INSERT INTO content (hash, bytes) VALUES ('h', @bytes)", new { bytes = (byte[])[0, 255, 10] });
        });
        var file = await BackupAsync(old.Database);
        await using var target = await TestDatabase.CreateAsync(Dialect);
        (await TryAsync(target, file)).ShouldBeNull();
        (await target.Database.ReadAsync(LinkedShop.AllAsync)).ShouldHaveSingleItem().RestoredAt.ShouldNotBeNull();
        (await target.Database.ReadAsync(s => s.ValueAsync<byte[]>("SELECT bytes FROM content"))).ShouldBe([0, 255, 10]);
        (await target.Database.ReadAsync(s => s.ValueAsync<long>("SELECT MAX(number) FROM migration"))).ShouldBe(Migrator.Newest(Dialect));
    }

    [Fact]
    public async Task One_of_a_newer_schema_is_refused()
    {
        await using var newer = await TestDatabase.CreateAsync(Dialect);
        await newer.Database.WriteAsync(s => s.ExecuteAsync("INSERT INTO migration (number, name) VALUES (9999, 'x')"));
        await using var target = await TestDatabase.CreateAsync(Dialect);
        (await TryAsync(target, await BackupAsync(newer.Database))).ShouldNotBeNull().Message.ShouldContain("install the newer");
    }

    [Fact]
    public async Task Text_of_any_kind_comes_back_exactly()
    {
        string[] texts = ["", "é€𝄞", "\"\\\n\r\t\u2028", "' OR 1=1 --", new string('x', 200_000), "null", "{\"base64\":\"AA==\"}"];
        foreach (var (text, i) in texts.Select((text, i) => (text, i)))
            await ExecuteAsync("INSERT INTO instance (key, value) VALUES (@Key, @text)", new { Key = $"t{i}", text });
        await using var target = await TestDatabase.CreateAsync(Dialect == Dialect.Sqlite ? Dialect.Postgres : Dialect.Sqlite);
        (await TryAsync(target, await BackupAsync())).ShouldBeNull();
        (await target.Database.ReadAsync(s => s.QueryAsync<string>("SELECT value FROM instance WHERE key LIKE 't%' ORDER BY key"))).ShouldBe(texts);
    }

    [Fact]
    public async Task The_key_ring_is_not_readable_without_the_passphrase_unless_somebody_insists()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "keys"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "keys", "key-1.xml"), "<key>hunter2</key>");
        await ExecuteAsync("INSERT INTO instance (key, value) VALUES ('key-ring:key-1', '<key>hunter2</key>')");
        (await Entries(await BackupAsync())).ShouldNotContain("hunter2");
        (await Entries(await BackupAsync(cover: KeyCover.Plain))).ShouldContain("hunter2");
        Should.Throw<RefusedException>(() => KeyCover.With("short"));
    }

    private async Task<byte[]> BackupAsync(Database? database = null, KeyCover? cover = null)
    {
        using var file = new MemoryStream();
        await Make(database ?? Database).WriteAsync(file, cover ?? s_cover, progress: null, default);
        return file.ToArray();
    }

    private async Task<RefusedException?> TryAsync(TestDatabase target, byte[] file, string? passphrase = RestoreWorld.Passphrase)
    {
        try
        {
            using var stream = new MemoryStream(file);
            await Make(target.Database).RestoreAsync(stream, passphrase, progress: null, default);
            return null;
        }
        catch (RefusedException refused)
        {
            return refused;
        }
    }

    // A restored shop in the way of the next try: start again from an empty schema.
    private async Task AgainAsync(TestDatabase target, byte[] good)
    {
        (await CountAsync(target, "shop")).ShouldBe(1);
        (await target.Database.ReadAsync(s => s.ValueAsync<string>("SELECT url FROM shop"))).ShouldBe(await ValueAsync<string>("SELECT url FROM shop"));
        good.Length.ShouldBeGreaterThan(0);
        foreach (var drop in Dialect == Dialect.Sqlite
            ? new[] { "DROP TRIGGER journal_no_delete", "DROP TRIGGER content_no_delete" }
            : ["ALTER TABLE journal DISABLE TRIGGER USER", "ALTER TABLE content DISABLE TRIGGER USER"])
            await target.Database.WriteAsync(s => s.ExecuteAsync(drop.Replace("DROP TRIGGER ", "DROP TRIGGER IF EXISTS ", StringComparison.Ordinal)));
        foreach (var table in (await target.Database.ReadAsync(TableCatalogue.InOrderAsync)).Reverse())
            await target.Database.WriteAsync(s => s.ExecuteAsync($"DELETE FROM \"{table}\""));
    }

    private static Task<long> CountAsync(TestDatabase target, string rows) => target.Database.ReadAsync(s => s.ValueAsync<long>($"SELECT COUNT(*) FROM {rows}"));

    private static async Task<string> Entries(byte[] file)
    {
        using var stream = new MemoryStream(file);
        using var zip = new System.IO.Compression.ZipArchive(stream);
        var all = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            all.Append(await reader.ReadToEndAsync());
        }
        return all.ToString();
    }

    private Backups Make(Database database) =>
        new(database, new RelanceSettings { DataFolder = _folder, Database = database.Dialect == Dialect.Postgres ? "Host=x" : "" }, Clocks.RealTime);
}

public sealed class A_bad_backup_changes_nothing_in_SQLite() : A_bad_backup_changes_nothing(Dialect.Sqlite);

public sealed class A_bad_backup_changes_nothing_in_PostgreSQL() : A_bad_backup_changes_nothing(Dialect.Postgres);
