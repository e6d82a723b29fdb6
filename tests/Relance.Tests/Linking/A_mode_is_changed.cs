using Relance.Journal;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Linking;

public abstract class A_mode_is_changed(Dialect dialect) : IAsyncLifetime
{
    private LinkHost _host = null!;

    public async Task InitializeAsync() => _host = await LinkHost.StartAsync(dialect);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_real_shop_can_be_redirected_but_never_live_in_this_version()
    {
        var shop = await _host.LinkAsync();
        (await _host.Linker.SetModeAsync(shop.Id, "redirect")).Mode.ShouldBe("redirect");
        (await Should.ThrowAsync<LinkRefusedException>(() => _host.Linker.SetModeAsync(shop.Id, "live"))).Message.ShouldStartWith("mode: a real shop");
        (await _host.Linker.SetModeAsync(shop.Id, "dry-run")).Mode.ShouldBe("dry");
    }

    [Fact]
    public async Task A_test_shop_may_be_live_from_the_start_and_stays_a_test_shop()
    {
        var shop = await _host.LinkAsync(test: true, mode: "live");
        (shop.Mode, shop.Test, shop.MayWrite).ShouldBe(("live", 1, true));
        await Should.ThrowAsync<LinkRefusedException>(() => _host.LinkAsync());
        (await _host.Linker.ListAsync()).Single().Test.ShouldBe(1);
    }

    [Fact]
    public async Task Redirect_needs_the_address_that_receives_every_mail()
    {
        var shop = await _host.LinkAsync();
        var without = _host.Over(_host.Inbox.Http.BaseAddress!, redirectTo: null);
        (await Should.ThrowAsync<LinkRefusedException>(() => without.SetModeAsync(shop.Id, "redirect"))).Message.ShouldContain("Relance:RedirectTo");
    }

    [Fact]
    public async Task It_sets_a_new_baseline_voids_what_waits_and_decides_anew()
    {
        var shop = await _host.LinkAsync();
        var rows = new SampleRows(_host.Database, shop.Id);
        foreach (var (day, state) in new[] { "held", "due", "sending", "sent" }.Index())
            await rows.MessageAsync(state, slot: $"2026-12-0{day + 1}", reminder: true);
        _host.Clock.Set(_host.Clock.GetUtcNow().AddDays(10));
        await _host.Linker.SetModeAsync(shop.Id, "redirect");

        (await _host.ValueAsync<string>("SELECT baseline_on FROM shop")).ShouldBe("2026-12-11");
        (await StatesAsync("message")).ShouldBe(["sending:", "sent:", "void:mode-changed", "void:mode-changed"]);
        (await StatesAsync("reminder")).ShouldBe(["planned:", "planned:", "skipped:mode-changed", "skipped:mode-changed"]);
        (await _host.ValueAsync<long>("SELECT MIN(next_at) FROM cycle")).ShouldBeGreaterThan(_host.Clock.GetUtcNow().AddMinutes(-1).Millis());
        (await _host.ValueAsync<string>("SELECT entry FROM journal WHERE kind = 'mode-changed'")).ShouldBe("""{"from":"dry","to":"redirect","baseline":"2026-12-11","voided":2}""");
        (await _host.Database.ReadAsync(s => JournalWriter.FirstBrokenAsync(s, shop.Id))).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_mode_again_changes_nothing()
    {
        var shop = await _host.LinkAsync();
        await new SampleRows(_host.Database, shop.Id).MessageAsync("due");
        _host.Clock.Set(_host.Clock.GetUtcNow().AddDays(10));
        (await _host.Linker.SetModeAsync(shop.Id, "dry-run")).ShouldBe(shop);
        (await StatesAsync("message")).ShouldBe(["due:"]);
        (await Should.ThrowAsync<LinkRefusedException>(() => _host.Linker.SetModeAsync("nobody", "redirect"))).Message.ShouldContain("nobody");
    }

    private Task<IReadOnlyList<string>> StatesAsync(string table) =>
        _host.Database.ReadAsync(s => s.QueryAsync<string>($"SELECT state || ':' || COALESCE(reason, '') AS s FROM {table} ORDER BY s"));
}

public sealed class A_mode_is_changed_in_SQLite() : A_mode_is_changed(Dialect.Sqlite);

public sealed class A_mode_is_changed_in_PostgreSQL() : A_mode_is_changed(Dialect.Postgres);
