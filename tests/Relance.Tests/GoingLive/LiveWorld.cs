using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Relance.Agency;
using Relance.Demo.Mail;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Relance.Sync;
using Relance.Tests.Storage;

namespace Relance.Tests.GoingLive;

/// <summary>A real (not a test) shop in dry run, in real time, with one subscription whose term ends in nineteen days.</summary>
internal sealed class LiveWorld : IAsyncDisposable
{
    public static readonly SenderSettings Identity = new()
    {
        TradeName = "Atelier Lumen",
        LegalForm = "SARL au capital de 8 000 €",
        Siren = "732 829 320",
        Address = "12 rue des Tanneurs, 44000 Nantes",
        Phone = "02 40 00 00 00",
        Email = "bonjour@atelier.example",
        Iban = "FR76 3000 6000 0112 3456 7890 189",
        Bic = "AGRIFRPP",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("relance-live-").FullName;
    private readonly TestDatabase _storage;
    private readonly SmtpCatcher _mail = new(TimeProvider.System);
    private readonly WebApplication _app;

    private LiveWorld(TestDatabase storage, FakeShop shop)
    {
        (_storage, Shop) = (storage, shop);
        _app = RelanceApp.Build(
        [
            "--Logging:Console:LogLevel:Default=None", $"--Relance:Database={storage.ConnectionString}", $"--Relance:DataFolder={_folder}", "--Relance:Urls=http://127.0.0.1:0",
            "--Relance:PublicUrl=http://127.0.0.1:8080", "--Relance:Smtp:Host=127.0.0.1", $"--Relance:Smtp:Port={_mail.Port}", "--Relance:Smtp:Security=none",
            "--Relance:Smtp:From=envoi@atelier.example", "--Relance:RedirectTo=agence@atelier.example",
        ], Clocks.RealTime);
    }

    public static Actor Camille { get; } = new(Actor.OfPerson, "Camille");

    public FakeShop Shop { get; }

    public string ShopId { get; private set; } = "";

    public long Subscription { get; private set; }

    public Database Database => Of<Database>();

    public Relance.Shops.GoingLive Going => Of<Relance.Shops.GoingLive>();

    public SenderIdentities Identities => Of<SenderIdentities>();

    public static async Task<LiveWorld> StartAsync(Dialect dialect)
    {
        var world = new LiveWorld(await TestDatabase.EmptyAsync(dialect), await FakeShop.StartAsync(new() { MailsPaidOrders = false }));
        await Migrator.MigrateAsync(world.Database);
        world.Subscription = AddSubscription(world.Shop);
        world.ShopId = (await world.Of<ShopLinker>().AddAsync(new(world.Shop.Url.AbsoluteUri, world.Shop.Options.Key, world.Shop.Options.Secret, AllowPrivate: true))).Id;
        await world.SyncAsync();
        return world;
    }

    /// <summary>Jeanne's subscription: its notice was due before today, the rest of its steps come within thirty days.</summary>
    public static long AddSubscription(FakeShop shop)
    {
        var client = shop.AddCustomer("jeanne@client.example", "Jeanne", "Lefèvre");
        return shop.AddSubscription(new(client, shop.AddProduct("Maintenance", "MAINT-12", 480m, "year"), shop.Now.AddYears(-1).AddDays(20), shop.Now.AddDays(20)));
    }

    public async Task SyncAsync() => await Of<ShopPull>().SyncAsync((await ShopAsync())!, CancellationToken.None);

    public Task<LinkedShop?> ShopAsync() => Database.ReadAsync(session => LinkedShop.FindAsync(session, ShopId));

    public Task<T?> ValueAsync<T>(string sql) => Database.ReadAsync(session => session.ValueAsync<T>(sql));

    public T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Shop.DisposeAsync();
        await _mail.DisposeAsync();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
