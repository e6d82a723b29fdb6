using System.Net.Sockets;
using System.Text;

namespace Relance.Bench.Webhooks;

/// <summary>What a load made: requests per second, and latencies in milliseconds.</summary>
internal sealed record LoadResult(double PerSecond, double Median, double P99);

/// <summary>Raw sockets, each one request after the other: an HTTP client would cost more than the server.</summary>
internal static class LoadGenerator
{
    private const int Connections = 128;

    /// <summary>Sends all requests.</summary>
    /// <exception cref="InvalidOperationException">An answer was not 200.</exception>
    public static async Task<LoadResult> RunAsync(int port, IReadOnlyList<byte[]> requests)
    {
        var next = -1;
        var latencies = new double[requests.Count];
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            var buffer = new byte[4096];
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Count;)
            {
                var sent = TimeProvider.System.GetTimestamp();
                await socket.SendAsync(requests[i]);
                await AnswerAsync(socket, buffer);
                latencies[i] = TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds;
            }
        })));
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        Array.Sort(latencies);
        return new(requests.Count / seconds, latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100]);
    }

    // The answers have no body: they end with the blank line.
    private static async Task AnswerAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
                throw new InvalidOperationException("The server closed the connection.");
            length += read;
        }

        if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8))
            throw new InvalidOperationException($"Expected 200, got: {Encoding.ASCII.GetString(buffer, 0, length)}");
    }
}
