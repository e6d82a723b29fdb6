using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relance.Demo.Shop;

/// <summary>Sends the queued deliveries one after the other over HTTP; never retries.</summary>
internal sealed class WebhookSender(ShopCore core, Lock gate, Func<Uri> site) : IAsyncDisposable
{
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(5), DeliveryLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim _one = new(1), _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _pump = Task.CompletedTask;

    internal ConcurrentQueue<ShopDelivery> Sent { get; } = [];

    internal void Start()
    {
        core.Hooks.Queued = Wake;
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>Sends whatever is due by the shop's clock; returns when nothing is left or in flight.</summary>
    /// <param name="early">Also sends what is not yet due, as if WP-Cron ran now.</param>
    internal async Task DrainAsync(bool early, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            while (Next(early) is var (hook, body))
            {
                await SendAsync(hook, body, ct);
            }
        }
        finally
        {
            _ = _one.Release();
        }
    }

    /// <summary>The unsigned form post that WooCommerce sends when a delivery URL is set; its answer does not matter.</summary>
    internal async Task PingAsync(Webhook hook)
    {
        using var content = new FormUrlEncodedContent([new("webhook_id", hook.Id.ToString(CultureInfo.InvariantCulture))]);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Doc.Text("delivery_url")) { Content = content };
        Common(request);
        _ = await StatusAsync(request, PingLimit, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        core.Hooks.Queued = null;
        await _stop.CancelAsync();
        await _pump;
        _http.Dispose();
        _one.Dispose();
        _wake.Dispose();
        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                _ = await _wake.WaitAsync(core.Hooks.Waiting > 0 ? Poll : Timeout.InfiniteTimeSpan, _stop.Token);
                await DrainAsync(early: false, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The shop is closing: what waits is lost, as on a real server.
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _ = _wake.Release();
        }
    }

    // The payload is built at delivery time, so three quick changes all show the last state (recorded).
    private (Webhook Hook, string Body)? Next(bool early)
    {
        lock (gate)
        {
            return core.Hooks.Take(core.Now, early) is { } next ? (next.Webhook, PhpJson.Write(Payload.Of(core, next, site()))) : null;
        }
    }

    private async Task SendAsync(Webhook hook, string body, CancellationToken ct)
    {
        for (var copies = core.Hooks.Weather switch { WebhookWeather.Lost => 0, WebhookWeather.Doubled => 2, _ => 1 }; copies > 0; copies--)
        {
            using var request = Signed(hook, Encoding.UTF8.GetBytes(body));
            var status = await StatusAsync(request, DeliveryLimit, ct);
            lock (gate)
            {
                hook.Delivered(status);
                Sent.Enqueue(new(core.Now, hook.Id, hook.Topic, body, status));
            }
        }
    }

    private HttpRequestMessage Signed(Webhook hook, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Doc.Text("delivery_url")) { Content = new ByteArrayContent(body) };
        Common(request);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-WC-Webhook-Source", (core.State.Says ?? site()).ToString());
        request.Headers.Add("X-WC-Webhook-Topic", hook.Topic);
        request.Headers.Add("X-WC-Webhook-Resource", hook.Doc.Text("resource"));
        request.Headers.Add("X-WC-Webhook-Event", hook.Doc.Text("event"));
        request.Headers.Add("X-WC-Webhook-Signature", hook.Sign(body));
        request.Headers.Add("X-WC-Webhook-ID", hook.Id.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-WC-Webhook-Delivery-ID", DeliveryId(hook));
        return request;
    }

    private static void Common(HttpRequestMessage request)
    {
        _ = request.Headers.TryAddWithoutValidation("User-Agent", "WooCommerce/11.0.1 Hookshot (WordPress/7.1)");
        _ = request.Headers.TryAddWithoutValidation("Accept", "*/*");
        _ = request.Headers.TryAddWithoutValidation("Accept-Encoding", "deflate, gzip, br, zstd");
        request.Headers.ConnectionClose = true;
    }

    // Made of the webhook's id and the second: not unique (recorded).
    private string DeliveryId(Webhook hook) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(hook.Secret), Encoding.UTF8.GetBytes($"{hook.Id}{core.Now.ToUnixTimeSeconds()}")))[..32];

    private async Task<int?> StatusAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken ct)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timed.CancelAfter(limit);
        try
        {
            using var response = await _http.SendAsync(request, timed.Token);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
