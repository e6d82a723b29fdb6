using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Tests.Linking;

/// <summary>Two processes on one database: each has a linker of its own.</summary>
public abstract class Two_link_one_shop_at_once(Dialect dialect) : IAsyncLifetime
{
    private LinkHost _host = null!;

    public async Task InitializeAsync() => _host = await LinkHost.StartAsync(dialect);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Linked_anew_by_both_the_webhooks_are_signed_with_the_stored_secret()
    {
        var shop = await _host.LinkAsync();
        var former = SecretsAtTheShop().ShouldHaveSingleItem();
        var outcomes = await BothAsync(linker => linker.RelinkAsync(shop, _host.Request(), "test", _ => Task.CompletedTask, default));
        outcomes.Count(refused => refused is null).ShouldBeInRange(1, 2);
        SecretsAtTheShop().ShouldBe([await StoredSecretAsync()]);
        SecretsAtTheShop().ShouldNotBe([former]);
        _host.Webhooks().Count.ShouldBe(8);
        (await ClaimsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Linked_first_by_both_it_is_linked_once_and_whole()
    {
        var outcomes = await BothAsync(linker => linker.AddAsync(_host.Request()));
        outcomes.Count(refused => refused is null).ShouldBe(1);
        SecretsAtTheShop().ShouldBe([await StoredSecretAsync()]);
        _host.Webhooks().Count.ShouldBe(8);
        (await ClaimsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task While_another_links_it_nothing_is_asked_of_the_shop_and_a_claim_left_behind_runs_out()
    {
        var shop = await _host.LinkAsync();
        await ClaimedUntilAsync(Clocks.RealTime.Real.AddMinutes(5));
        _host.Shop.ForgetRequests();
        Task Again() => _host.Linker.RelinkAsync(shop, _host.Request(), "test", _ => Task.CompletedTask, default);
        (await Should.ThrowAsync<LinkRefusedException>(Again)).Message.ShouldContain("is being linked by somebody else");
        _host.Shop.Requests.ShouldBeEmpty();
        await ClaimedUntilAsync(Clocks.RealTime.Real.AddMinutes(-1));
        await Again();
        SecretsAtTheShop().ShouldBe([await StoredSecretAsync()]);
    }

    [Fact]
    public async Task A_claim_that_was_lost_stores_nothing_and_the_webhooks_stay_those_of_the_stored_secret()
    {
        var shop = await _host.LinkAsync();
        var stored = await StoredSecretAsync();
        Task Lose(Session session) => session.ExecuteAsync("UPDATE instance SET value = 'another' WHERE key LIKE 'linking:%'");
        await Should.ThrowAsync<LinkRefusedException>(() => _host.Linker.RelinkAsync(shop, _host.Request(), "test", Lose, default));
        (await StoredSecretAsync()).ShouldBe(stored);
        SecretsAtTheShop().ShouldBe([stored]);
    }

    private async Task<LinkRefusedException?[]> BothAsync(Func<ShopLinker, Task> link)
    {
        ShopLinker[] processes = [_host.Linker, _host.Over(_host.Inbox.Http.BaseAddress!)];
        return await Task.WhenAll(processes.Select(process => Task.Run(async () =>
        {
            try
            {
                await link(process);
                return null;
            }
            catch (LinkRefusedException refused)
            {
                return refused;
            }
        })));
    }

    private List<string> SecretsAtTheShop() => _host.Shop.Locked(core => core.Hooks.Webhooks.Values.Select(hook => hook.Secret).Distinct(StringComparer.Ordinal).ToList());

    private async Task<string> StoredSecretAsync() => _host.Inbox.Secrets.Unprotect((await _host.Linker.ListAsync()).ShouldHaveSingleItem().WebhookSecret);

    private Task<long> ClaimsAsync() => _host.ValueAsync<long>("SELECT COUNT(*) FROM instance WHERE key LIKE 'linking:%'");

    private Task<int> ClaimedUntilAsync(DateTimeOffset until) => _host.Database.WriteAsync(session => session.ExecuteAsync(
        "INSERT INTO instance (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value", new { key = LinkClaim.KeyOf(_host.Shop.Url), value = $"{until.Millis()} x" }));
}

public sealed class Two_link_one_shop_at_once_in_SQLite() : Two_link_one_shop_at_once(Dialect.Sqlite);

public sealed class Two_link_one_shop_at_once_in_PostgreSQL() : Two_link_one_shop_at_once(Dialect.Postgres);
