using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Relance.Bench.Running;

namespace Relance.Bench.Webhooks;

/// <summary>Where the bare server listens.</summary>
internal sealed record BareAddress(string Url);

/// <summary>What webhook intake is compared with: an endpoint that reads the body and answers, and one that appends it to a file and answers once that is on disk.</summary>
internal static class BareEndpoints
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        await using var log = new GroupLog(args[1]);
        app.MapPost("/bare/{shop}", async (HttpRequest request) => { await ReadAsync(request); return Results.Ok(); });
        app.MapPost("/line/{shop}", async (HttpRequest request) => { await log.AppendAsync(await ReadAsync(request)); return Results.Ok(); });
        await app.StartAsync();
        Child.Answer(new BareAddress(app.Urls.First()));
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        var body = new byte[(int)request.ContentLength!.Value];
        await request.Body.ReadExactlyAsync(body);
        return body;
    }
}

/// <summary>Appends what has come meanwhile with one fsync: the least that "durable" can cost.</summary>
internal sealed class GroupLog : IAsyncDisposable
{
    private readonly Channel<(byte[] Line, TaskCompletionSource Done)> _lines = Channel.CreateUnbounded<(byte[], TaskCompletionSource)>();
    private readonly FileStream _file;
    private readonly Task _writing;

    public GroupLog(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        _writing = Task.Run(WriteAsync);
    }

    public Task AppendAsync(byte[] line)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lines.Writer.TryWrite((line, done));
        return done.Task;
    }

    private async Task WriteAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            var written = new List<TaskCompletionSource>();
            while (_lines.Reader.TryRead(out var line))
            {
                _file.Write(line.Line);
                written.Add(line.Done);
            }

            _file.Flush(flushToDisk: true);
            written.ForEach(done => done.SetResult());
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.Complete();
        await _writing;
        await _file.DisposeAsync();
    }
}
