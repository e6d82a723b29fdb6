using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Relance.Billing;
using Relance.Demo;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Relance.Sync;

namespace Relance.Tests.Billing;

/// <summary>The service in process and a fake shop over HTTP; the jobs run when a test says so.</summary>
internal sealed class BillingWorld : IAsyncDisposable
{
    /// <summary>The day the story starts, a Monday.</summary>
    public static readonly DateOnly Day0 = new(2026, 3, 2);

    private readonly DemoWorld _world;

    private BillingWorld(DemoWorld world) => _world = world;

    public FakeShop Shop => _world.Shop;

    public Relance.Demo.Mail.SmtpCatcher Catcher => _world.Catcher;

    public IServiceProvider Services => _world.App.Services;

    public Jobs Jobs => _world.App.Services.GetRequiredService<Jobs>();

    public Database Database => _world.App.Services.GetRequiredService<Database>();

    public string ShopId => _world.ShopId;

    public Uri Url => _world.Url;

    public T Service<T>() where T : notnull => _world.App.Services.GetRequiredService<T>();

    /// <summary>The maintenance product of rule <c>MAINT-12</c>.</summary>
    public long Maintenance { get; private set; }

    /// <summary>A client with an account.</summary>
    public long Client { get; private set; }

    public static async Task<BillingWorld> StartAsync(ShopOptions? options = null, params string[] settings)
    {
        var world = new BillingWorld(await DemoWorld.StartAsync(At(Day0), settings, CancellationToken.None, options ?? new() { MailsPaidOrders = false }));
        world.Maintenance = world.Shop.AddProduct("Maintenance", "MAINT-12", 480m);
        world.Client = world.Shop.AddCustomer("jeanne@client.example", "Jeanne", "Lefèvre");
        return world;
    }

    /// <summary>Started, linked live, and pulled once.</summary>
    public static async Task<BillingWorld> LinkedAsync(ShopOptions? options = null, params string[] settings)
    {
        var world = await StartAsync(options, settings);
        await world.LinkAsync();
        return world;
    }

    public async Task LinkAsync()
    {
        await _world.LinkAsync("live", CancellationToken.None);
        await PullAsync();
    }

    /// <summary>An instant at the shop.</summary>
    public static DateTimeOffset At(DateOnly day, int hour = 8, int minute = 0)
    {
        var local = day.ToDateTime(new TimeOnly(hour, minute));
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris").GetUtcOffset(local));
    }

    /// <summary>Moves everybody's clock.</summary>
    public void Go(DateOnly day, int hour = 8, int minute = 0)
    {
        Shop.AdvanceTo(At(day, hour, minute));
        _world.Clock.Set(At(day, hour, minute));
    }

    /// <summary>Pulls the shop.</summary>
    public Task<int> PullAsync() => Jobs.SyncAsync(CancellationToken.None);

    /// <summary>Looks at these resources, as a webhook makes the service do.</summary>
    public async Task LookAsync(long[]? orders = null, long[]? subscriptions = null)
    {
        var shop = (await Database.ReadAsync(s => LinkedShop.FindAsync(s, ShopId))).ShouldNotBeNull();
        await _world.App.Services.GetRequiredService<ShopPull>().LookAsync(shop, orders ?? [], subscriptions ?? [], CancellationToken.None);
    }

    /// <summary>Moves, and pulls.</summary>
    public async Task GoAndPullAsync(DateOnly day, int hour = 8, int minute = 0)
    {
        Go(day, hour, minute);
        await PullAsync();
    }

    /// <summary>A whole round in the sending window of a day: pull, plan, post-back, send.</summary>
    public async Task PlayAsync(DateOnly day)
    {
        await GoAndPullAsync(day, 9, 2);
        await Jobs.RoundAsync(CancellationToken.None);
    }

    /// <summary>A paid order of the maintenance product.</summary>
    public long Buy(DateOnly day, string status = "completed", int quantity = 1, string method = "stripe", long? product = null, string via = "checkout", long? client = null) =>
        Shop.AddOrder(new(client ?? Client, product ?? Maintenance, status, quantity, via, method, CreatedAt: At(day, 7)));

    /// <summary>What somebody does in the shop's administration.</summary>
    public void SetStatus(long order, string status) => Shop.Locked(core =>
    {
        core.Orders.SetStatus(core.State.Orders[order], status);
        return 0;
    });

    public async Task<IReadOnlyList<StoredContract>> ContractsAsync() => await Database.ReadAsync(s => ContractStore.AllAsync(s));

    public async Task<StoredContract> ContractAsync() => (await ContractsAsync()).ShouldHaveSingleItem();

    public async Task<ContractState> StateAsync() => (await ContractAsync()).State;

    /// <summary>Kinds of the open tasks.</summary>
    public Task<IReadOnlyList<string>> TasksAsync() => ListAsync("SELECT kind FROM task WHERE state = 'open' ORDER BY kind");

    /// <summary>Steps and their states: <c>maintenance.notice sent</c>.</summary>
    public Task<IReadOnlyList<string>> RemindersAsync() => ListAsync("SELECT step || ' ' || state FROM reminder ORDER BY id");

    /// <summary>Term and state of every cycle: <c>1 open</c>.</summary>
    public Task<IReadOnlyList<string>> CyclesAsync() => ListAsync("SELECT term_no || ' ' || state FROM cycle ORDER BY term_no");

    public Task<IReadOnlyList<string>> ListAsync(string sql) => Database.ReadAsync(s => s.QueryAsync<string>(sql));

    public Task<T?> ValueAsync<T>(string sql) => Database.ReadAsync(s => s.ValueAsync<T>(sql));

    /// <summary>Everything billing keeps, to compare before and after.</summary>
    public async Task<string> SnapshotAsync()
    {
        var rows = new List<string>();
        foreach (var sql in (string[])[
            "SELECT id || data || standing || source_at || rev FROM contract ORDER BY id", "SELECT id || status || source_at || rev FROM invoice ORDER BY id",
            "SELECT id || state || rev FROM cycle ORDER BY id", "SELECT id || source_at || COALESCE(email, '') FROM client ORDER BY id",
            "SELECT id || state FROM task ORDER BY id", "SELECT id || payload || state FROM postback ORDER BY id", "SELECT hash FROM journal ORDER BY seq"])
            rows.AddRange(await ListAsync(sql));
        return string.Join('\n', rows);
    }

    public static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
