using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relance.Inbox;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Tests.Storage;

namespace Relance.Tests.Inbox;

/// <summary>The inbox on a real web server and a real database.</summary>
internal sealed class InboxHost : IAsyncDisposable
{
    /// <summary>The secret of the recorded deliveries.</summary>
    public const string Secret = "companion-secret-0123456789abcdef";

    private readonly WebApplication _app;

    private InboxHost(WebApplication app, TestDatabase storage, Secrets secrets) =>
        (_app, Storage, Secrets, Http) = (app, storage, secrets, new() { BaseAddress = new(app.Urls.First()) });

    public TestDatabase Storage { get; }

    public Secrets Secrets { get; }

    public HttpClient Http { get; }

    public string ShopId { get; } = Values.NewId();

    public static async Task<InboxHost> StartAsync(Dialect dialect)
    {
        var storage = await TestDatabase.CreateAsync(dialect);
        var secrets = new Secrets(new EphemeralDataProtectionProvider());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(storage.Database).AddSingleton(secrets).AddSingleton(Clocks.RealTime).AddInbox();
        var app = builder.Build();
        app.MapInbox();
        await app.StartAsync();
        return new(app, storage, secrets);
    }

    public Task AddShopAsync() =>
        Storage.Database.WriteAsync(session => LinkStore.AddAsync(session, AShop(ShopId, Secrets.Protect(Secret)), Clocks.RealTime.Now));

    public static LinkedShop AShop(string id, string webhookSecret) => new()
    {
        Id = id,
        Url = $"https://{id}.example/",
        Name = "Atelier",
        Tz = "Europe/Paris",
        Currency = "EUR",
        Mode = "dry",
        Auth = "basic",
        KeySecret = "protected",
        WebhookSecret = webhookSecret,
        BaselineOn = "2026-11-21",
    };

    public Task<HttpResponseMessage> PostAsync(byte[] body, string topic = "order.updated", string? signature = null, string? shopId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"webhooks/woocommerce/{shopId ?? ShopId}") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-WC-Webhook-Topic", topic);
        request.Headers.Add("X-WC-Webhook-Signature", signature ?? WebhookSignature.Sign(body, Secret));
        return Http.SendAsync(request);
    }

    public Task<long> CountAsync(string where = "1 = 1") =>
        Storage.Database.ReadAsync(session => session.ValueAsync<long>($"SELECT COUNT(*) FROM inbox WHERE {where}"));

    public Task<IReadOnlyList<InboxRow>> TakeAsync(DateTimeOffset? at = null, int limit = 100) =>
        Storage.Database.WriteAsync(session => InboxStore.TakeNewAsync(session, ShopId, limit, at ?? Clocks.RealTime.Real));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
