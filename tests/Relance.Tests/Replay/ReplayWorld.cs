using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Relance.Billing;
using Relance.Inbox;
using Relance.Operations;
using Relance.Shops;
using Relance.Shops.WooCommerce;
using Relance.Storage;
using Relance.Sync;
using Relance.Tests.Inbox;
using Relance.Tests.Shops;
using Relance.Tests.Storage;

namespace Relance.Tests.Replay;

/// <summary>One database, and a shop on a real socket that answers with whatever recording is played; each recording has a shop of its own.</summary>
internal sealed class ReplayWorld : IShopConnector, IAsyncDisposable
{
    private readonly ScriptedShop _http;
    private readonly ShopFactory _factory = new(limits: new ShopLimits { Retries = 0 });
    private readonly TestDatabase _storage;
    private readonly RelanceSettings _settings = new() { Products = [new ProductRule(null, "CONTRAT-AN", null, 12), new ProductRule(null, "VISITE-CH", null, 12)] };
    private readonly Clocks _clocks = new(new MovedClock(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), 0, TimeProvider.System), TimeProvider.System);
    private readonly ShopPull _pull;
    private string _orders = "[]", _subscriptions = "[]";
    private string? _failure;

    private ReplayWorld(TestDatabase storage)
    {
        _storage = storage;
        _http = new ScriptedShop((heard, _) => Answer(heard.Target));
        _pull = new ShopPull(storage.Database, this, _settings, _clocks, NullLogger<ShopPull>.Instance);
    }

    public static async Task<ReplayWorld> StartAsync(Dialect dialect) => new(await TestDatabase.CreateAsync(dialect));

    public IShop Connect(LinkedShop shop) => _factory.WooCommerce(new ShopLink(_http.Url, "ck_1", "cs_1", true, false, null));

    /// <summary>Plays a recording through client or intake, and billing; says what it came to.</summary>
    public async Task<string> PlayAsync(Recording recording)
    {
        if (recording.Root.TryGetProperty("body_base64", out _))
            return await DeliveryAsync(recording);
        if (!recording.Root.TryGetProperty("response", out _))
            return "an account of the shop, no exchange";
        var resources = recording.Status < 400 ? Resources(recording.Answer) : [];
        if (recording.Status < 400 && resources.Count == 0)
            return "neither order nor subscription";
        var shop = await ShopAsync();
        Offer(resources);
        _failure = recording.Status >= 400 ? Failure(recording) : null;
        return await PullAsync(shop);
    }

    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        _factory.Dispose();
        await _storage.DisposeAsync();
    }

    private async Task<string> PullAsync(LinkedShop shop)
    {
        try
        {
            await _pull.SyncAsync(shop, CancellationToken.None);
            return await TablesAsync(shop.Id);
        }
        catch (ShopException fault)
        {
            return $"{fault.Fault} {fault.Code}".TrimEnd();
        }
    }

    private async Task<string> DeliveryAsync(Recording recording)
    {
        if (WebhookBody.IsPing(recording.Delivered, out _))
            return "ping";
        if (!WebhookSignature.Verify(recording.Delivered, InboxHost.Secret, recording.Header("X-WC-Webhook-Signature")))
            return "refused: signature";
        var (topic, shop) = (recording.Header("X-WC-Webhook-Topic")!, await ShopAsync());
        var hint = WebhookBody.Parse(topic, recording.Delivered);
        // History was read before: what follows is told by the delivery, or by the resource that it names.
        Offer([]);
        await _pull.SyncAsync(shop, CancellationToken.None);
        Offer(Resources(recording.Delivered));
        await _storage.Database.WriteAsync(s => InboxStore.AddAsync(s, [InboxStore.Read(shop.Id, topic, recording.Delivered, _clocks.Real)]));
        await new InboxJob(_storage.Database, _settings, _clocks, _pull, NullLogger<InboxJob>.Instance).RunAsync(CancellationToken.None);
        var state = await _storage.Database.ReadAsync(s => s.ValueAsync<string>("SELECT state FROM inbox WHERE shop_id = @Id", new { shop.Id }));
        var whole = hint.Subject == WebhookSubject.Order && WebhookResource.Order(recording.Delivered) is not null ? "whole" : hint.Id is null ? "of its kind" : "by id";
        return $"{hint.Subject} {whole}, {state}: {await TablesAsync(shop.Id)}";
    }

    private async Task<LinkedShop> ShopAsync()
    {
        _failure = null;
        // A test shop: the recordings' clock stands where it stood.
        var shop = InboxHost.AShop(Values.NewId(), "protected") with { HasSubscriptions = 1, Test = 1 };
        await _storage.Database.WriteAsync(s => LinkStore.AddAsync(s, shop, _clocks.Now));
        return shop;
    }

    private void Offer(IReadOnlyList<JsonElement> resources)
    {
        _orders = Array(resources.Where(r => !r.TryGetProperty("billing_period", out _)));
        _subscriptions = Array(resources.Where(r => r.TryGetProperty("billing_period", out _)));
    }

    private string? Answer(string target)
    {
        if (_failure is not null)
            return _failure;
        if (target.Contains("status=trash", StringComparison.Ordinal))
            return ScriptedShop.Json("[]");
        if (target.Contains("/wc/v3/subscriptions", StringComparison.Ordinal))
            return ScriptedShop.Json(_subscriptions);
        return target.Contains("/wc/v3/orders", StringComparison.Ordinal) ? ScriptedShop.Json(_orders) : ScriptedShop.Error(404, "rest_no_route");
    }

    private async Task<string> TablesAsync(string shopId)
    {
        var parts = new List<string>();
        await _storage.Database.ReadAsync(async s =>
        {
            foreach (var row in await s.QueryAsync<Row>("SELECT source AS Source, standing AS Standing, data AS Data FROM contract WHERE shop_id = @shopId ORDER BY id", new { shopId }))
                parts.Add(row.Say());
            parts.AddRange(await s.QueryAsync<string>("SELECT role || ' order ' || CASE WHEN status = '' THEN 'not seen' ELSE status END FROM invoice WHERE shop_id = @shopId ORDER BY id", new { shopId }));
            parts.AddRange(await s.QueryAsync<string>("SELECT 'task ' || kind FROM task WHERE shop_id = @shopId ORDER BY kind", new { shopId }));
            return 0;
        });
        return parts.Count == 0 ? "nothing to follow" : string.Join("; ", parts);
    }

    private static List<JsonElement> Resources(byte[] body)
    {
        if (!RestBody.TryFind(body, out var json, out _))
            return [];
        var root = JsonDocument.Parse(json).RootElement;
        var rows = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new List<JsonElement> { root };
        return rows.FindAll(row => row.ValueKind == JsonValueKind.Object && row.TryGetProperty("line_items", out _) && row.TryGetProperty("billing", out _) && row.TryGetProperty("date_modified_gmt", out _));
    }

    private static string Array(IEnumerable<JsonElement> rows) => $"[{string.Join(',', rows.Select(row => row.GetRawText()))}]";

    private static string Failure(Recording recording)
    {
        var body = Encoding.UTF8.GetString(recording.Answer);
        return body.TrimStart().StartsWith('{') ? ScriptedShop.Json(body, recording.Status) : ScriptedShop.Html(recording.Status, body);
    }

    private sealed class Row
    {
        public string Source { get; init; } = "";
        public string Standing { get; init; } = "";
        public string Data { get; init; } = "";

        public string Say() => ContractState.FromJson(Data) is var state
            ? string.Create(CultureInfo.InvariantCulture, $"{Source} contract {Standing} {state.Kind.ToString().ToLowerInvariant()} {state.TermStart:yyyy-MM-dd}..{state.TermEnd:yyyy-MM-dd}") : "";
    }
}
