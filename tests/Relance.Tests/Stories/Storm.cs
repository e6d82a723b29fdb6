using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Relance.Demo;
using Relance.Demo.Shop;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Stories;

/// <summary>Two services linked to one shop: one only follows webhooks, which arrive shuffled, doubled and repeated; the other only pulls, once, at the end.</summary>
internal sealed class Storm : IAsyncDisposable
{
    private readonly Random _random;
    private readonly HttpClient _http = new();
    private readonly TestDatabase _followed, _pulled;
    private readonly DemoWorld _follower, _puller;
    private string _secret = "";

    private Storm(int seed, TestDatabase followed, TestDatabase pulled, DemoWorld follower, DemoWorld puller)
    {
        (_random, _followed, _pulled, _follower, _puller) = (new Random(seed), followed, pulled, follower, puller);
        Shop = new StormShop(follower.Shop, _random);
    }

    public StormShop Shop { get; }

    public int Received { get; private set; }

    public static async Task<Storm> StartAsync(Dialect dialect, int seed)
    {
        var start = new DateTimeOffset(2026, 12, 11, 7, 0, 0, TimeSpan.FromHours(1));
        var (followed, pulled) = (await TestDatabase.EmptyAsync(dialect), await TestDatabase.EmptyAsync(dialect));
        // Deliveries wait, so that they can overtake each other.
        var options = new ShopOptions { WebhookDelay = TimeSpan.FromDays(1) };
        var follower = await DemoWorld.StartAsync(start, [$"Database={followed.ConnectionString}"], CancellationToken.None, options);
        var puller = await DemoWorld.StartAsync(start, [$"Database={pulled.ConnectionString}"], CancellationToken.None);
        return new Storm(seed, followed, pulled, follower, puller);
    }

    /// <summary>Links both at the same moment.</summary>
    public async Task LinkAsync()
    {
        await _follower.LinkAsync("dry-run", CancellationToken.None);
        var options = _follower.Shop.Options;
        await _puller.App.Services.GetRequiredService<ShopLinker>().AddAsync(new LinkRequest(_follower.Shop.Url.ToString(), options.Key, options.Secret, AllowPrivate: true, Test: true, Mode: "dry-run"));
        var linked = await _followed.Database.ReadAsync(s => LinkedShop.FindAsync(s, _follower.ShopId));
        _secret = _follower.App.Services.GetRequiredService<Secrets>().Unprotect(linked!.WebhookSecret);
    }

    /// <summary>Both know the shop as it is now, and half of the clients have a renewal order of ours.</summary>
    public async Task KnowAsync()
    {
        await _follower.App.Services.GetRequiredService<Jobs>().SyncAsync(CancellationToken.None);
        await PullAsync();
        await StormTables.ShareIdsAsync(_followed.Database, _pulled.Database);
        var contracts = await StormTables.ContractsAsync(_followed.Database);
        Shop.Know(contracts.DistinctBy(c => c.Customer).Where((_, i) => i % 2 == 0));
        await _follower.App.Services.GetRequiredService<Jobs>().SyncAsync(CancellationToken.None);
        await PullAsync();
    }

    /// <summary>A few things happen while the inbox is read and webhooks arrive in any order, some of them once more.</summary>
    public async Task BlowAsync()
    {
        Advance();
        var inbox = Task.Run(FollowAsync);
        for (var n = _random.Next(1, 6); n > 0; n--)
        {
            Shop.Happen();
            Advance();
        }

        _follower.Shop.Weather = _random.Next(2) == 0 ? WebhookWeather.Shuffled : WebhookWeather.Doubled;
        if (_random.Next(3) > 0)
            await _follower.Shop.DrainWebhooksAsync(early: true);
        foreach (var old in _follower.Shop.Deliveries.OrderBy(_ => _random.Next()).Take(5).ToList())
            await SendAsync(old);
        await inbox;
    }

    /// <summary>The rest arrives, then everything once more; then the other service pulls.</summary>
    public async Task<(StormTables Followed, StormTables Pulled)> EndAsync()
    {
        _follower.Shop.Weather = WebhookWeather.Shuffled;
        await _follower.Shop.DrainWebhooksAsync(early: true);
        await FollowAsync();
        Received = _follower.Shop.Deliveries.Count;
        foreach (var delivery in _follower.Shop.Deliveries.DistinctBy(d => (d.Topic, d.Body)).OrderBy(_ => _random.Next()).ToList())
            await SendAsync(delivery);
        await FollowAsync();
        _puller.Clock.Set(_follower.Clock.GetUtcNow());
        await PullAsync();
        return (await StormTables.ReadAsync(_followed.Database), await StormTables.ReadAsync(_pulled.Database));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _follower.DisposeAsync();
        await _puller.DisposeAsync();
        await _followed.DisposeAsync();
        await _pulled.DisposeAsync();
    }

    private Task<int> FollowAsync() => _follower.App.Services.GetRequiredService<Jobs>().InboxAsync(CancellationToken.None);

    private async Task PullAsync() => (await _puller.App.Services.GetRequiredService<Jobs>().SyncAsync(CancellationToken.None)).ShouldBeGreaterThan(0);

    private void Advance()
    {
        var now = _follower.Shop.Now.AddSeconds(_random.Next(1, 150));
        _follower.Shop.AdvanceTo(now);
        _follower.Clock.Set(now);
    }

    private async Task SendAsync(ShopDelivery delivery)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_follower.Url, $"webhooks/woocommerce/{_follower.ShopId}")) { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-WC-Webhook-Topic", delivery.Topic);
        request.Headers.Add("X-WC-Webhook-Signature", WebhookSignature.Sign(body, _secret));
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
