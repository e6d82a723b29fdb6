using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Relance.Demo.Shop;

/// <summary>
/// A WooCommerce shop over real HTTP, imitating the recordings of WordPress 7.1, WooCommerce 11.0.1 and WooCommerce
/// Subscriptions 9.0.0. It forgets everything when disposed. Safe to use from several threads.
/// </summary>
public sealed partial class FakeShop : IAsyncDisposable
{
    private int _closed;
    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private readonly ShopCore _core;
    private readonly WebhookSender _sender;
    private readonly Faults _faults = new();
    private readonly RequestLog _log = new();
    private readonly ShopClock _clock;
    private bool _together;

    private FakeShop(ShopOptions options)
    {
        Options = options;
        _clock = new(options.Clock, options.Start, options.Speed);
        _core = new(new ShopState(options, _clock), new WebhookQueue(options));
        _sender = new(_core, _gate, () => Url);
        _app = Build(options.Port);
    }

    /// <summary>How it was set up, with the keys.</summary>
    public ShopOptions Options { get; }

    /// <summary>The site's address, e.g. <c>http://127.0.0.1:8780/</c>.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The shop's time, in whole seconds.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return _clock.Now;
            }
        }
    }

    /// <summary>What becomes of webhook deliveries.</summary>
    public WebhookWeather Weather
    {
        get => _core.Hooks.Weather;
        set => _core.Hooks.Weather = value;
    }

    /// <summary>The id the installation gives itself, when not that of the recording: another WooCommerce under the same address.</summary>
    public string? StoreId
    {
        get => _core.State.StoreId;
        set => _core.State.StoreId = value;
    }

    /// <summary>Switches one of the shop's own mails, e.g. <c>customer_notification_manual_renewal</c>.</summary>
    public void SwitchMail(string id, bool on) => Locked(core => core.State.Mails[id] = on);

    /// <summary>The address the site gives itself, where it is not the one it is called by: a copy, or a site that moved.</summary>
    public Uri? Says
    {
        get => _core.State.Says;
        set => _core.State.Says = value;
    }

    /// <summary>Every REST request so far.</summary>
    public IReadOnlyList<ShopRequest> Requests => _log.All;

    /// <summary>The requests that were meant to change something.</summary>
    public IReadOnlyList<ShopRequest> Writes => [.. _log.All.Where(r => r.IsWrite)];

    /// <summary>Every webhook delivery so far, pings left out.</summary>
    public IReadOnlyList<ShopDelivery> Deliveries => [.. _sender.Sent];

    /// <summary>Starts a shop; it listens when this returns.</summary>
    public static async Task<FakeShop> StartAsync(ShopOptions? options = null, CancellationToken ct = default)
    {
        var shop = new FakeShop(options ?? new());
        await shop._app.StartAsync(ct);
        var address = shop._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        shop.Url = new(address + "/");
        shop._sender.Start();
        return shop;
    }

    /// <summary>Moves the clock and does what fell due meanwhile, each thing dated at its own instant.</summary>
    /// <param name="speed">Shop seconds per second from there on; null keeps the speed.</param>
    public void AdvanceTo(DateTimeOffset instant, double? speed = null) => Locked(() => _clock.Set(instant, speed));

    /// <summary>Does what fell due by the clock as it is.</summary>
    public void Tick() => Locked(static () => { });

    /// <summary>Switches a fault on.</summary>
    public void Fail(ShopFaultRule fault) => _faults.Add(fault);

    /// <summary>Switches all faults off.</summary>
    public void Heal() => _faults.Clear();

    /// <summary>Forgets the requests received so far.</summary>
    public void ForgetRequests() => _log.Clear();

    /// <summary>Waits until every webhook delivery that is due was made.</summary>
    /// <param name="early">Also makes those that are not yet due, as if WP-Cron ran now.</param>
    public Task DrainWebhooksAsync(bool early = false, CancellationToken ct = default) => _sender.DrainAsync(early, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
            return;
        await _sender.DisposeAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Waits until the process is asked to stop.</summary>
    internal Task RunAsync(CancellationToken ct) => _app.WaitForShutdownAsync(ct);

    /// <summary>Does many things as one: what fell due is looked up once, at the end, so that thousands of subscriptions can be added.</summary>
    internal void Together(Action work) => Locked(() =>
    {
        _together = true;
        try
        {
            work();
        }
        finally
        {
            _together = false;
        }
    });

    internal T Locked<T>(Func<ShopCore, T> read)
    {
        lock (_gate)
        {
            if (!_together)
                _core.Agenda.CatchUp();
            return read(_core);
        }
    }

    private void Locked(Action action)
    {
        lock (_gate)
        {
            action();
            _core.Agenda.CatchUp();
        }
    }

    private WebApplication Build(int port)
    {
        // The empty builder reads no configuration: a fake shop must not listen where the host's settings say.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.ListenLocalhostV4(port);
            k.AddServerHeader = false;
        });
        var app = builder.Build();
        var front = new HttpFront(_core, new(_core, _gate, Routes()), _faults, _log, TimeProvider.System);
        var control = new ControlApi(this);
        app.Run(http => http.Request.Path.StartsWithSegments("/_control", StringComparison.Ordinal, out var rest) ? control.HandleAsync(http, rest) : front.HandleAsync(http));
        return app;
    }

    private List<Route> Routes()
    {
        var routes = new List<Route>();
        routes.AddRange(new InfoRoutes(_core, () => Url).All());
        routes.AddRange(new OrderRoutes(_core).All());
        routes.AddRange(new NoteRoutes(_core).All());
        routes.AddRange(new CatalogueRoutes(_core).All());
        routes.AddRange(new ContractRoutes(_core).All());
        routes.AddRange(new WebhookRoutes(_core, _sender.PingAsync).All());
        if (Options.HasSubscriptions)
        {
            routes.AddRange(new SubscriptionRoutes(_core).All());
        }

        return routes;
    }
}

/// <summary>Kestrel on the IPv4 loopback.</summary>
internal static class Loopback
{
    internal static void ListenLocalhostV4(this Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, int port) =>
        kestrel.Listen(System.Net.IPAddress.Loopback, port);
}
