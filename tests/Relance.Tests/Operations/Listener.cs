using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Relance.Tests.Operations;

/// <summary>A web server that takes whatever is sent to it.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string? Type, string Header, byte[] Body)> _requests;

    private Listener(WebApplication app, ConcurrentQueue<(string Path, string? Type, string Header, byte[] Body)> requests) =>
        (_app, _requests, Url) = (app, requests, new Uri(app.Urls.First()));

    public Uri Url { get; }

    public IReadOnlyList<string> Paths => [.. _requests.Select(request => request.Path)];

    public IReadOnlyList<(string Path, string? Type, string Header, byte[] Body)> Requests => [.. _requests];

    public static async Task<Listener> StartAsync()
    {
        var requests = new ConcurrentQueue<(string Path, string? Type, string Header, byte[] Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            requests.Enqueue((context.Request.Path, context.Request.ContentType, $"{context.Request.Headers["x-key"]}", body.ToArray()));
        });
        await app.StartAsync();
        return new(app, requests);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
