using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Relance.Tests.FakeShops;

/// <summary>A delivery as it came in.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string Topic => Headers.GetValueOrDefault("X-WC-Webhook-Topic", "");
}

/// <summary>A real HTTP server that takes webhooks; <c>/s/500/…</c> answers 500.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    internal ConcurrentQueue<Received> All { get; } = [];

    internal string Url { get; private set; } = "";

    internal static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        receiver.Url = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return receiver;
    }

    /// <summary>Takes out what has come in so far.</summary>
    internal List<Received> Empty()
    {
        var taken = new List<Received>();
        while (All.TryDequeue(out var one))
        {
            taken.Add(one);
        }

        return taken;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        All.Enqueue(new(http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        var parts = http.Request.Path.Value!.Split('/');
        http.Response.StatusCode = parts is [_, "s", var status, ..] ? int.Parse(status, System.Globalization.CultureInfo.InvariantCulture) : 200;
    }
}
