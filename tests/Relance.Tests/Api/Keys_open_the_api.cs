using Relance.Agency;
using Relance.Api;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Cli;

namespace Relance.Tests.Api;

public abstract class Keys_open_the_api(Dialect dialect) : IAsyncLifetime
{
    private readonly MovedClock _real = new(new(2026, 12, 1, 8, 20, 0, TimeSpan.Zero), 0, TimeProvider.System);
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(dialect, new Clocks(TimeProvider.System, _real));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_key_is_shown_once_and_stored_as_a_hash()
    {
        using var admin = _host.Client();
        var made = (await admin.PostAsync("keys", new { name = "crm", scope = "act" })).Being(201);
        var secret = made["secret"];
        secret.ShouldMatch("^relance_[a-z0-9]{10}_[0-9a-f]{64}$");
        using var crm = _host.ClientAt("127.0.0.1", secret);
        var own = (await crm.GetAsync("key")).Being(200);
        (own["name"], own["scope"], own["usedAt"]).ShouldBe(("crm", "act", "2026-12-01T08:00:00+00:00"));
        (await admin.GetAsync("keys")).Text.ShouldNotContain(secret[20..]);
        (await _host.Database.ReadAsync(s => s.QueryAsync<string>("SELECT hash FROM access_key"))).ShouldAllBe(hash => hash.Length == 64 && !secret.Contains(hash));
    }

    [Fact]
    public async Task A_revoked_key_ends_with_the_next_request()
    {
        using var admin = _host.Client();
        var made = (await admin.PostAsync("keys", new { name = "old", scope = "read" })).Json;
        using var old = _host.ClientAt("127.0.0.1", made.GetProperty("secret").GetString()!);
        (await old.GetAsync("shops")).Being(200);
        var id = made.GetProperty("key").GetProperty("id").GetString()!;
        (await admin.DeleteAsync($"keys/{id}")).Being(200);
        (await old.GetAsync("shops")).BeingProblem(401, "no-key");
        _real.Set(_real.GetUtcNow().AddDays(1));
        (await admin.DeleteAsync($"keys/{id}")).Being(200)["revokedAt"].ShouldBe("2026-12-01T08:20:00+00:00");
        (await admin.DeleteAsync("keys/nobody")).BeingProblem(404, "not-found", "id");
    }

    [Fact]
    public async Task An_expired_key_no_longer_works()
    {
        var made = await _host.Service<AccessKeys>().MakeAsync("short", KeyScope.Read, new(2026, 12, 2, 0, 0, 0, TimeSpan.Zero));
        using var client = _host.ClientAt("127.0.0.1", made.Secret);
        (await client.GetAsync("shops")).Being(200);
        _real.Set(new(2026, 12, 2, 0, 0, 0, TimeSpan.Zero));
        (await client.GetAsync("shops")).BeingProblem(401, "no-key");
    }

    [Fact]
    public async Task A_key_changed_by_one_character_is_wrong()
    {
        var key = _host.Key(KeyScope.Admin);
        var other = key[^1] == '0' ? '1' : '0';
        foreach (var wrong in new[] { key[..^1] + other, key + "0", key.ToUpperInvariant(), $"x{key[1..]}", key[..19], "" })
        {
            using var client = _host.ClientAt("127.0.0.1", wrong);
            (await client.GetAsync("shops")).BeingProblem(401, "no-key");
        }
    }

    [Theory]
    [InlineData("", null, "name")]
    [InlineData("a\nb", null, "name")]
    [InlineData("ok", "2026-12-01T08:20:00Z", "expiresAt")]
    public async Task What_a_key_cannot_be_is_named(string name, string? expiresAt, string field)
    {
        using var admin = _host.Client();
        (await admin.PostAsync("keys", new { name, scope = "read", expiresAt })).BeingProblem(422, "invalid", field);
        await Should.ThrowAsync<RefusedException>(() => _host.Service<AccessKeys>().MakeAsync(new string('x', 101), KeyScope.Read));
    }
}

public sealed class Keys_open_the_api_in_SQLite() : Keys_open_the_api(Dialect.Sqlite);

public sealed class Keys_open_the_api_in_PostgreSQL() : Keys_open_the_api(Dialect.Postgres);

public sealed class Keys_are_made_by_command : IDisposable
{
    private readonly RelanceProcess _relance = new();

    public void Dispose() => _relance.Dispose();

    [Fact]
    public async Task Made_listed_and_revoked()
    {
        var made = await _relance.RunAsync(null, "key", "make", "--name", "crm", "--scope", "act", "--days", "30");
        made.Code.ShouldBe(0, made.Error);
        made.Output.Trim().ShouldMatch("^relance_[a-z0-9]{10}_[0-9a-f]{64}$");
        made.Error.ShouldContain("cannot be shown again");
        var id = made.Output.Split('_')[1];
        (await _relance.RunAsync(null, "key", "list")).Output.ShouldSatisfyAllConditions(list => list.ShouldContain(id), list => list.ShouldContain("act"), list => list.ShouldNotContain(made.Output.Split('_')[2].Trim()));
        (await _relance.RunAsync(null, "key", "revoke", id, "--json")).Output.ShouldContain("\"revokedAt\": \"2");
        (await _relance.RunAsync(null, "key", "revoke", "nobody")).Code.ShouldBe(2);
        (await _relance.RunAsync(null, "key", "make", "--name", "crm", "--scope", "all")).Code.ShouldBe(2);
    }
}
