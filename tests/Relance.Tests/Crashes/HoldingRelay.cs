using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Relance.Tests.Crashes;

/// <summary>Stands between the service and its mail server, passes everything on, and can hold back the server's word on a message it has taken.</summary>
internal sealed class HoldingRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private volatile TaskCompletionSource? _gate;
    private int _accepted;
    private int _held;

    public HoldingRelay(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Messages that the server said it has taken.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Answers that are being held back right now: messages taken by the server, which their sender does not know.</summary>
    public int Held => Volatile.Read(ref _held);

    public void Hold() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        var gate = _gate;
        _gate = null;
        gate?.SetResult();
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _listener.Stop();
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var closing = client;
        using var server = new TcpClient { NoDelay = true };
        using var gone = new CancellationTokenSource();
        client.NoDelay = true;
        await server.ConnectAsync(IPAddress.Loopback, _serverPort);
        var answers = AnswersAsync(server.GetStream(), client.GetStream(), gone.Token);
        await CommandsAsync(client.GetStream(), server.GetStream());
        await gone.CancelAsync();
        server.Close();
        await answers;
    }

    // Ends when the sender hangs up or is killed.
    private static async Task CommandsAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to);
        }
        catch (IOException)
        {
            // A killed sender resets its connection: that is what these tests are about.
        }
    }

    private async Task AnswersAsync(NetworkStream from, NetworkStream to, CancellationToken gone)
    {
        try
        {
            using var lines = new StreamReader(from, Encoding.Latin1, leaveOpen: true);
            for (var body = false; await lines.ReadLineAsync(gone) is { } line; body = line.StartsWith("354", StringComparison.Ordinal))
            {
                if (body && line.StartsWith("250", StringComparison.Ordinal))
                    await TakenAsync(gone);
                await to.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), gone);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            from.Close();
        }
    }

    private async Task TakenAsync(CancellationToken gone)
    {
        Interlocked.Increment(ref _accepted);
        if (_gate is not { } gate)
            return;
        Interlocked.Increment(ref _held);
        try
        {
            await gate.Task.WaitAsync(gone);
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }
}
