using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Relance.Billing;
using Relance.Bounces;
using Relance.Demo;
using Relance.Demo.Mail;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Storage;

namespace Relance.Tests.Bounces;

/// <summary>A client whose contract ends on 1 March 2027, a shop, a mail server, and what comes back from it.</summary>
internal sealed class BounceWorld : IAsyncDisposable
{
    public const string Address = "jeanne@client.example", Secret = "un-secret-de-livraison";

    private readonly TestDatabase _storage;
    private readonly DemoWorld _world;
    private DateOnly _day = new(2027, 1, 25);

    private BounceWorld(TestDatabase storage, DemoWorld world) => (_storage, _world) = (storage, world);

    public FakeShop Shop => _world.Shop;

    public Database Database => _storage.Database;

    public IReadOnlyList<CaughtMail> Mails => _world.Catcher.Mails;

    public Uri Url => _world.Url;

    public InboundMail Inbound => _world.App.Services.GetRequiredService<InboundMail>();

    public AddressState Addresses => _world.App.Services.GetRequiredService<AddressState>();

    public RelanceSettings Settings => _world.App.Services.GetRequiredService<RelanceSettings>();

    public Clocks Clocks => _world.App.Services.GetRequiredService<Clocks>();

    public static Task<BounceWorld> StartAsync(Dialect dialect, string mode = "live", params string[] settings) => StartAsync(dialect, mode, Address, settings);

    public static async Task<BounceWorld> StartAsync(Dialect dialect, string mode, string address, string[] settings)
    {
        var storage = await TestDatabase.EmptyAsync(dialect);
        var bought = new DateOnly(2026, 3, 2);
        var demo = await DemoWorld.StartAsync(BillingWorld.At(bought), [$"Database={storage.ConnectionString}", "Bounces:ReturnPath=retours@agence-demo.example", $"Bounces:InboundSecret={Secret}", .. settings], CancellationToken.None);
        var world = new BounceWorld(storage, demo);
        var product = demo.Shop.AddProduct("Maintenance", "MAINT-12", 480m);
        demo.Shop.AddOrder(new(demo.Shop.AddCustomer(address, "Jeanne", "Lefèvre"), product, "completed", PaymentMethod: "stripe", CreatedAt: BillingWorld.At(bought, 7)));
        await demo.LinkAsync(mode, CancellationToken.None);
        await world.RoundAsync(bought, 12);
        return world;
    }

    /// <summary>Plays day after day until one more mail has left.</summary>
    public async Task<CaughtMail> NextMailAsync()
    {
        var before = Mails.Count;
        for (var n = 0; n < 60 && Mails.Count == before; n++)
            await PlayAsync();
        return Mails.Skip(before).ShouldHaveSingleItem();
    }

    /// <summary>Plays so many days.</summary>
    public async Task PlayAsync(int days = 1)
    {
        for (; days > 0; days--, _day = _day.AddDays(1))
            await RoundAsync(_day, 9);
    }

    /// <summary>Plays days until a row appears.</summary>
    public async Task PlayUntilAsync(string sql)
    {
        for (var n = 0; n < 60 && (await ListAsync(sql)).Count == 0; n++)
            await PlayAsync();
    }

    /// <summary>What a mail server says about a mail, delivered.</summary>
    public Task<InboundResult> ComesBackAsync(CaughtMail mail, string sample) => Inbound.TakeAsync(Samples.Bytes(sample, TokenOf(mail)), default);

    public static string TokenOf(CaughtMail mail) => mail.EnvelopeFrom.Split('+', '@')[1];

    public Task<IReadOnlyList<string>> ListAsync(string sql) => Database.ReadAsync(s => s.QueryAsync<string>(sql));

    public Task<IReadOnlyList<string>> RemindersAsync() => ListAsync("SELECT step || ' ' || state || ' ' || COALESCE(reason, '') FROM reminder ORDER BY id");

    public Task<IReadOnlyList<string>> TasksAsync() => ListAsync("SELECT kind FROM task WHERE state = 'open' ORDER BY kind");

    public Task<IReadOnlyList<string>> WaitingAsync() => ListAsync("SELECT waiting FROM cycle WHERE state = 'open'");

    public async Task<bool> RefusedAsync() => await Database.ReadAsync(s => s.ValueAsync<long>("SELECT COUNT(*) FROM recipient WHERE refused_at IS NOT NULL")) > 0;

    public async Task<StoredContract> ContractAsync() => (await Database.ReadAsync(s => ContractStore.AllAsync(s))).ShouldHaveSingleItem();

    public Task<int> ExecuteAsync(string sql) => Database.WriteAsync(s => s.ExecuteAsync(sql));

    /// <summary>Another address on the orders: what the agency's staff does in the shop.</summary>
    public void CorrectAddress(string address) => Shop.Locked(core =>
    {
        foreach (var order in core.State.Orders.Values)
        {
            order["billing"]!["email"] = address;
            core.State.Touch(order);
        }

        return 0;
    });

    /// <summary>Everything that a repeat must leave as it is.</summary>
    public async Task<string> SnapshotAsync()
    {
        var rows = new StringBuilder();
        foreach (var sql in (string[])[
            "SELECT id || state || COALESCE(bounced_at, 0) || COALESCE(bounce_kind, '') FROM message ORDER BY id", "SELECT id || COALESCE(refused_at, 0) || opted_out FROM recipient ORDER BY id",
            "SELECT id || state || COALESCE(reason, '') FROM reminder ORDER BY id", "SELECT id || state FROM task ORDER BY id", "SELECT hash FROM journal ORDER BY seq", "SELECT id || state FROM inbound_mail ORDER BY id"])
            rows.AppendJoin('\n', await ListAsync(sql));
        return rows.ToString();
    }

    private async Task RoundAsync(DateOnly day, int hour)
    {
        var at = BillingWorld.At(day, hour, 2);
        Shop.AdvanceTo(at);
        _world.Clock.Set(at);
        var jobs = _world.App.Services.GetRequiredService<Jobs>();
        await jobs.SyncAsync(CancellationToken.None);
        await jobs.RoundAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
