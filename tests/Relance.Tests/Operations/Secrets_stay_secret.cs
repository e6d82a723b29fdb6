using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Relance.Operations;
using Relance.Tests.Servers;

namespace Relance.Tests.Operations;

public sealed class Secrets_stay_secret : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relance-secrets-").FullName;

    private static Secrets On(RelanceSettings settings) =>
        new ServiceCollection().AddLogging().AddSecrets(settings).BuildServiceProvider().GetRequiredService<Secrets>();

    private Secrets InFolder() => On(new RelanceSettings { DataFolder = _folder });

    [Fact]
    public void A_secret_comes_back_exactly_even_after_a_restart()
    {
        const string Secret = "  cs_0123 &amp; é\n";
        var stored = InFolder().Protect(Secret);
        stored.ShouldNotContain("cs_0123");
        InFolder().Unprotect(stored).ShouldBe(Secret);
    }

    [Fact]
    public void A_changed_text_is_refused()
    {
        var secrets = InFolder();
        var stored = secrets.Protect("cs_0123");
        var changed = stored[..20] + (stored[20] == 'A' ? 'B' : 'A') + stored[21..];
        Should.Throw<SecretUnreadableException>(() => secrets.Unprotect(changed)).Message.ShouldContain("key ring");
        Should.Throw<SecretUnreadableException>(() => secrets.Unprotect("cs_0123"));
    }

    [Fact]
    public void Another_key_ring_cannot_read_it()
    {
        var stored = InFolder().Protect("cs_0123");
        using var other = new Secrets_stay_secret();
        Should.Throw<SecretUnreadableException>(() => other.InFolder().Unprotect(stored));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void Only_the_user_of_the_service_can_read_the_key_ring()
    {
        InFolder().Protect("cs_0123");
        var keys = Path.Combine(_folder, "keys");
        File.GetUnixFileMode(keys).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Directory.GetFiles(keys).ShouldHaveSingleItem();
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Two_machines_on_one_PostgreSQL_read_each_other()
    {
        var settings = new RelanceSettings { Database = await PostgresServer.CreateDatabaseAsync(), DataFolder = _folder };
        await using (var connection = new NpgsqlConnection(settings.Database))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand("CREATE TABLE instance (key TEXT PRIMARY KEY, value TEXT NOT NULL)", connection);
            await create.ExecuteNonQueryAsync();
        }
        var first = On(settings);
        var stored = first.Protect("cs_0123");
        var second = On(settings);
        second.Unprotect(stored).ShouldBe("cs_0123");
        first.Unprotect(second.Protect("cs_4567")).ShouldBe("cs_4567");
        Directory.Exists(Path.Combine(_folder, "keys")).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
