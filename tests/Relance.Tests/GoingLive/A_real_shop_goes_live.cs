using Relance.Agency;
using Relance.Domain.Reminders;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Tests.GoingLive;

public abstract class A_real_shop_goes_live(Dialect dialect) : IAsyncLifetime
{
    private LiveWorld _world = null!;

    public async Task InitializeAsync() => _world = await LiveWorld.StartAsync(dialect);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Each_missing_field_of_the_identity_blocks_and_is_named()
    {
        var report = await CheckAsync();
        report.MayGoLive.ShouldBeFalse();
        report.Problems.Select(p => p.Check).ShouldBe(["identity: tradeName", "identity: legalForm", "identity: siren", "identity: address", "identity: phone", "identity: iban"]);
        (await RefusedAsync(() => _world.Going.ConfirmAsync(_world.ShopId, report.Fingerprint, LiveWorld.Camille, default))).Why.ShouldBe(Refusal.Conflict);
        (await _world.ShopAsync())!.Mode.ShouldBe("dry");
    }

    [Fact]
    public async Task The_list_that_was_read_is_the_list_that_is_confirmed()
    {
        await IdentifyAsync();
        var report = await CheckAsync();
        report.Problems.ShouldBeEmpty();
        var messages = report.Next.Messages.Select(m => m.Message).ToList();
        messages.ShouldAllBe(m => m.Address == "jeanne@client.example" && m.Fault == null && m.Subject.Length > 0);
        messages.SelectMany(m => m.Steps).Select(s => s.Step).ShouldBe([MaintenanceSequence.Attention, MaintenanceSequence.LastDay, MaintenanceSequence.Lapsed, MaintenanceSequence.Suspension]);
        messages.Select(m => m.NeedsApproval).ShouldBe([false, false, false, true]);
        report.Next.Totals.Skipped["before-baseline"].ShouldBe(1);

        var live = await _world.Going.ConfirmAsync(_world.ShopId, report.Fingerprint, LiveWorld.Camille, default);
        (live.Mode, live.AllowSuspension).ShouldBe(("live", 0));
        (await _world.ValueAsync<string>("SELECT entry FROM journal WHERE kind = 'went-live'"))!.ShouldContain("person:Camille");
        (await _world.ValueAsync<byte[]>("SELECT c.bytes FROM content c JOIN journal j ON j.content_hash = c.hash WHERE j.kind = 'went-live'"))!.Length.ShouldBeGreaterThan(500);
        (await RefusedAsync(() => _world.Going.CheckAsync(_world.ShopId, default))).Expected.ShouldContain("live already");
    }

    [Fact]
    public async Task A_list_that_changed_meanwhile_is_a_conflict_and_changes_nothing()
    {
        await IdentifyAsync();
        var report = await CheckAsync();
        _world.Shop.Cancel(_world.Subscription);
        await _world.SyncAsync();
        var refused = await RefusedAsync(() => _world.Going.ConfirmAsync(_world.ShopId, report.Fingerprint, LiveWorld.Camille, default));
        (refused.Why, refused.Field).ShouldBe((Refusal.Conflict, "fingerprint"));
        (await _world.ShopAsync())!.Mode.ShouldBe("dry");
        (await _world.ValueAsync<long>("SELECT COUNT(*) FROM journal WHERE kind IN ('went-live', 'mode-changed')")).ShouldBe(0);
    }

    [Fact]
    public async Task Where_the_shop_may_remind_itself_somebody_says_who_speaks()
    {
        await IdentifyAsync();
        _world.Shop.SwitchMail("customer_notification_manual_renewal", on: true);
        (await CheckAsync()).Problems.Select(p => p.Check).ShouldBe(["who speaks"]);

        await _world.Of<Speakers>().SetAsync(_world.ShopId, "renewal-notice", Speaker.Shop, LiveWorld.Camille, default);
        var report = await CheckAsync();
        report.Problems.ShouldBeEmpty();
        report.Next.Totals.PerStep.Keys.ShouldBe([MaintenanceSequence.Lapsed, MaintenanceSequence.Suspension]);
        report.Next.Totals.Skipped["shop-speaks"].ShouldBe(2);
    }

    [Fact]
    public async Task A_copy_under_the_same_address_blocks_and_may_not_be_written_to()
    {
        await IdentifyAsync();
        _world.Shop.StoreId = "11111111-2222-3333-4444-555555555555";
        (await CheckAsync()).Problems.ShouldContain(p => p.Message.Contains("Another WooCommerce answers", StringComparison.Ordinal));
        (await _world.ShopAsync())!.SiteMismatch.ShouldBe(1);
        _world.Shop.StoreId = null;
        (await CheckAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_way_back_says_what_it_voids()
    {
        await IdentifyAsync();
        await _world.Going.ConfirmAsync(_world.ShopId, (await CheckAsync()).Fingerprint, LiveWorld.Camille, default, allowSuspension: true);
        (await _world.ShopAsync())!.AllowSuspension.ShouldBe(1);
        await new Relance.Tests.Storage.SampleRows(_world.Database, _world.ShopId).MessageAsync("due");
        var back = await _world.Of<ShopLinker>().ChangeModeAsync(_world.ShopId, "dry-run", LiveWorld.Camille);
        (back.From, back.Voided, back.Shop.Mode).ShouldBe(("live", 1, "dry"));
    }

    [Theory]
    [InlineData("siren", "732 829 321")]
    [InlineData("iban", "FR76 3000 6000 0112 3456 7890 188")]
    [InlineData("from", "pas une adresse")]
    [InlineData("phone", "appelez-moi")]
    public async Task A_wrong_field_is_refused_by_name_and_nothing_is_kept(string field, string value)
    {
        var wrong = field switch
        {
            "siren" => LiveWorld.Identity with { Siren = value },
            "iban" => LiveWorld.Identity with { Iban = value },
            "from" => LiveWorld.Identity with { From = value },
            _ => LiveWorld.Identity with { Phone = value },
        };
        (await RefusedAsync(() => _world.Identities.SetAsync(_world.ShopId, wrong, LiveWorld.Camille, default))).Field.ShouldBe(field);
        (await _world.Identities.GetAsync(_world.ShopId, default)).IsOwn.ShouldBeFalse();
    }

    private Task<GoingLiveReport> CheckAsync() => _world.Going.CheckAsync(_world.ShopId, default);

    private Task IdentifyAsync() => _world.Identities.SetAsync(_world.ShopId, LiveWorld.Identity, LiveWorld.Camille, default);

    private static Task<RefusedException> RefusedAsync(Func<Task> act) => Should.ThrowAsync<RefusedException>(act);
}

public sealed class A_real_shop_goes_live_in_SQLite() : A_real_shop_goes_live(Dialect.Sqlite);

public sealed class A_real_shop_goes_live_in_PostgreSQL() : A_real_shop_goes_live(Dialect.Postgres);
