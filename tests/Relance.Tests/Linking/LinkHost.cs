using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Tests.Inbox;

namespace Relance.Tests.Linking;

/// <summary>A shop over HTTP, our inbox over HTTP, and the linker between them.</summary>
internal sealed class LinkHost : IAsyncDisposable
{
    private readonly ShopFactory _factory;
    private readonly LogLines _lines = new();

    private LinkHost(InboxHost inbox, FakeShop shop, MovedClock clock)
    {
        (Inbox, Shop, Clock) = (inbox, shop, clock);
        _factory = new(TimeProvider.System, LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_lines)), new ShopLimits { Retries = 0 });
        Linker = Over(inbox.Http.BaseAddress!);
    }

    public InboxHost Inbox { get; }

    public FakeShop Shop { get; }

    public MovedClock Clock { get; }

    public ShopLinker Linker { get; }

    public Database Database => Inbox.Storage.Database;

    /// <summary>What was logged so far.</summary>
    public string Log => string.Join('\n', _lines.All);

    public static async Task<LinkHost> StartAsync(Dialect dialect, Func<ShopOptions, ShopOptions>? options = null)
    {
        var clock = new MovedClock(new(2026, 11, 30, 23, 30, 0, TimeSpan.Zero), 1, TimeProvider.System);
        var shop = await FakeShop.StartAsync((options ?? (o => o))(new() { Clock = clock }));
        return new(await InboxHost.StartAsync(dialect), shop, clock);
    }

    public ShopLinker Over(Uri publicUrl, string? redirectTo = "agence@agence.example") => new(
        Database, new ShopConnector(_factory, Inbox.Secrets), Inbox.Secrets, new() { PublicUrl = publicUrl, RedirectTo = redirectTo }, new(Clock, TimeProvider.System));

    public LinkRequest Request(bool test = false, string mode = "dry-run") =>
        new(Shop.Url.AbsoluteUri, Shop.Options.Key, Shop.Options.Secret, AllowPrivate: true, Test: test, Mode: mode);

    public Task<LinkedShop> LinkAsync(bool test = false, string mode = "dry-run") => Linker.AddAsync(Request(test, mode));

    /// <summary>Topic, status and address of each webhook the shop holds.</summary>
    public List<(string Topic, string Status, string Url)> Webhooks() => Shop.Locked(core =>
        core.Hooks.Webhooks.Values.Select(hook => (hook.Topic, hook.Doc.Text("status"), hook.Doc.Text("delivery_url"))).Order().ToList());

    public Task<T?> ValueAsync<T>(string sql) => Database.ReadAsync(session => session.ValueAsync<T>(sql));

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Inbox.DisposeAsync();
        _factory.Dispose();
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
