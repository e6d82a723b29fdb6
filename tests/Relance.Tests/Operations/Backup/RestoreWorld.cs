using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Relance.Demo.Mail;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Servers;
using Relance.Tests.Storage;

namespace Relance.Tests.Operations.Backup;

/// <summary>One shop and one mailbox, with an original service and, later, its restored copy beside it.</summary>
internal sealed class RestoreWorld : IAsyncDisposable
{
    public const string Passphrase = "une phrase assez longue";

    /// <summary>A Tuesday, thirty days before the end of every term.</summary>
    public static readonly DateOnly DueDay = new(2026, 12, 15);

    private readonly List<Instance> _instances = [];
    private readonly MovedClock _clock = new(At(DueDay.AddDays(-1), 8), 0, TimeProvider.System);

    private RestoreWorld(FakeShop shop)
    {
        Shop = shop;
        Catcher = new SmtpCatcher(_clock);
    }

    public FakeShop Shop { get; }

    public SmtpCatcher Catcher { get; }

    public static async Task<RestoreWorld> StartAsync(int clients)
    {
        var shop = await FakeShop.StartAsync(new() { Start = At(DueDay.AddDays(-1), 8), Speed = 0, MailsPaidOrders = false });
        var product = shop.AddProduct("Maintenance annuelle", "ABO-12", 600m, "year");
        for (var i = 1; i <= clients; i++)
        {
            var customer = shop.AddCustomer($"client{i:000}@client.example", "Élodie", $"N’Guyen {i}");
            var next = At(DueDay.AddDays(31), 10);
            shop.AddSubscription(new(customer, product, next.AddYears(-1), next));
        }
        return new(shop);
    }

    /// <summary>A service of its own, with an empty database and no shop.</summary>
    public async Task<Instance> InstanceAsync(Dialect dialect, params string[] settings)
    {
        var storage = await TestDatabase.EmptyAsync(dialect);
        var folder = Directory.CreateTempSubdirectory("relance-restore-test-").FullName;
        var url = $"http://127.0.0.1:{OwnedProcess.FreePort()}";
        var app = RelanceApp.Build([.. Settings(storage, folder, url).Concat(settings).Select(setting => $"--Relance:{setting}")], new Clocks(_clock, TimeProvider.System));
        await Migrator.MigrateAsync(app.Services.GetRequiredService<Database>());
        await app.StartAsync();
        var instance = new Instance(app, storage, folder);
        _instances.Add(instance);
        return instance;
    }

    /// <summary>Links the shop to an instance as a test shop that is live, and reads it.</summary>
    public async Task LinkAsync(Instance instance)
    {
        var link = new LinkRequest(Shop.Url.ToString(), Shop.Options.Key, Shop.Options.Secret, AllowPrivate: true, Test: true, Mode: "live");
        await instance.Get<ShopLinker>().AddAsync(link);
        await instance.Get<Jobs>().SyncAsync(default);
    }

    /// <summary>Everybody moves to a local time.</summary>
    public void MoveTo(DateOnly day, int hour, int minute = 0)
    {
        _clock.Set(At(day, hour, minute));
        Shop.AdvanceTo(At(day, hour, minute));
    }

    /// <summary>Plays days on one instance, their sending windows included.</summary>
    public async Task PlayAsync(Instance instance, DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            MoveTo(day, 9, 5);
            await instance.Get<Jobs>().SyncAsync(default);
            await instance.Get<Jobs>().RoundAsync(default);
            MoveTo(day, 14);
            await instance.Get<Jobs>().RoundAsync(default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        await Shop.DisposeAsync();
        await Catcher.DisposeAsync();
    }

    private static DateTimeOffset At(DateOnly day, int hour, int minute = 0) => new(day.ToDateTime(new TimeOnly(hour, minute)), TimeSpan.FromHours(1));

    private IEnumerable<string> Settings(TestDatabase storage, string folder, string url) =>
    [
        $"Database={storage.ConnectionString}", $"DataFolder={folder}", $"Urls={url}", $"PublicUrl={url}", "Smtp:Host=127.0.0.1", $"Smtp:Port={Catcher.Port}",
        "Smtp:Security=none", "Smtp:From=maintenance@agence.example", "Sender:TradeName=Agence du Rhône", "Sender:Email=bonjour@agence.example",
        $"Backup:Passphrase={Passphrase}", "DailyCeiling=1000",
    ];
}

/// <summary>A running service of a test.</summary>
internal sealed class Instance(WebApplication app, TestDatabase storage, string folder) : IAsyncDisposable
{
    public Database Database => storage.Database;

    public string Folder => folder;

    public Backups Backups => Get<Backups>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public Task<long> CountAsync(string rows) => Database.ReadAsync(s => s.ValueAsync<long>($"SELECT COUNT(*) FROM {rows}"));

    /// <summary>A backup in memory.</summary>
    public async Task<MemoryStream> BackupAsync()
    {
        var file = new MemoryStream();
        await Backups.WriteAsync(file, default);
        file.Position = 0;
        return file;
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await storage.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
