using Relance.Demo.Mail;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Demo;

/// <summary>The service on embedded defaults, a fake WooCommerce over HTTP and an SMTP catcher: real parts, one process, nothing leaves the machine.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relance-demo-").FullName;

    // "Renewed" goes where the shop itself thanks nobody.
    private static readonly ShopOptions Shops = new() { MailsPaidOrders = false };

    // The console belongs to the story; RELANCE_TRACE=1 shows the service's log as well.
    private static readonly string[] Logs = Environment.GetEnvironmentVariable("RELANCE_TRACE") is "1" ? [] : ["--Logging:Console:LogLevel:Default=None"];

    private DemoWorld(DateTimeOffset start)
    {
        Clock = new MovedClock(start, 0, TimeProvider.System);
        Catcher = new SmtpCatcher(Clock);
    }

    /// <summary>The business clock of service and catcher; it moves only when told.</summary>
    public MovedClock Clock { get; }

    /// <summary>Where all mail ends.</summary>
    public SmtpCatcher Catcher { get; }

    /// <summary>The shop.</summary>
    public FakeShop Shop { get; private set; } = null!;

    /// <summary>The service.</summary>
    public WebApplication App { get; private set; } = null!;

    /// <summary>The linked shop's id.</summary>
    public string ShopId { get; private set; } = "";

    /// <summary>The service's address.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Plays windows.</summary>
    public Playback Playback { get; private set; } = null!;

    /// <summary>Starts everything; the shop is empty and not linked yet.</summary>
    /// <param name="settings">Further settings, <c>Name=value</c>; they win.</param>
    public static async Task<DemoWorld> StartAsync(DateTimeOffset start, IReadOnlyList<string> settings, CancellationToken ct, ShopOptions? options = null)
    {
        var world = new DemoWorld(start);
        try
        {
            world.Shop = await FakeShop.StartAsync((options ?? Shops) with { Start = start, Speed = 0 }, ct);
            world.Url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
            var clocks = new Clocks(world.Clock, TimeProvider.System);
            world.App = RelanceApp.Build([.. Logs, .. world.Settings().Concat(settings).Select(s => $"--Relance:{s}")], clocks);
            await Migrator.MigrateAsync(world.App.Services.GetRequiredService<Database>(), ct);
            await world.App.StartAsync(ct);
            world.Playback = new Playback(world.App.Services.GetRequiredService<Jobs>(), world.Clock, world.App.Services.GetRequiredService<RelanceSettings>());
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Links the shop as a test shop.</summary>
    public async Task LinkAsync(string mode, CancellationToken ct) => ShopId = (await App.Services.GetRequiredService<ShopLinker>().AddAsync(
        new LinkRequest(Shop.Url.ToString(), Shop.Options.Key, Shop.Options.Secret, AllowPrivate: true, Test: true, Mode: mode), ct)).Id;

    /// <summary>Moves everybody to a window, delivers the shop's webhooks, and lets the service work.</summary>
    public async Task PlayAsync(DateTimeOffset window, CancellationToken ct)
    {
        Shop.AdvanceTo(window);
        await Shop.DrainWebhooksAsync(early: true, ct: ct);
        await Playback.PlayAsync(window, ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (App is not null)
        {
            await App.StopAsync(CancellationToken.None);
            await App.DisposeAsync();
        }

        if (Shop is not null)
            await Shop.DisposeAsync();
        await Catcher.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private IEnumerable<string> Settings() =>
    [
        $"DataFolder={_folder}", $"Urls={Url}", $"PublicUrl={Url}", "Smtp:Host=127.0.0.1", $"Smtp:Port={Catcher.Port}", "Smtp:Security=none",
        "Smtp:From=maintenance@agence-demo.example", "Sender:TradeName=Agence Démo", "Sender:LegalForm=SARL", "Sender:Siren=732829320",
        "Sender:Address=4 rue de la République, 69001 Lyon", "Sender:Phone=+33 4 72 00 00 00", "Sender:Email=bonjour@agence-demo.example", "Sender:ReplyTo=bonjour@agence-demo.example",
        "Sender:Iban=FR7630006000011234567890189", "Sender:Bic=AGRIFRPP", "RedirectTo=agence@agence-demo.example",
        "Products:0:Sku=MAINT-12", "Products:0:Months=12", "Products:1:Sku=MAINT-12-TACITE", "Products:1:Months=12", "Products:1:Tacit=true", "Products:2:Sku=MAINT-12-BOUTIQUE", "Products:2:Months=12",
    ];
}
