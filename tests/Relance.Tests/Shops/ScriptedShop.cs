using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Relance.Tests.Shops;

/// <summary>What came in, as it was on the wire.</summary>
internal sealed record Heard(string Method, string Target, string Head, string Body);

/// <summary>A server on a real socket that answers byte for byte what a test says, and then, or in between, misbehaves.</summary>
internal sealed class ScriptedShop : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Heard, int, string?> _script;
    private readonly X509Certificate2? _certificate;
    private readonly Task _running;

    /// <summary>Starts listening on loopback.</summary>
    /// <param name="script">From the request and its number (from 1) to the bytes of the answer; null closes the connection instead.
    /// An empty answer keeps the client waiting.</param>
    /// <param name="certificate">Speaks TLS with it; null: plain HTTP.</param>
    public ScriptedShop(Func<Heard, int, string?> script, X509Certificate2? certificate = null)
    {
        (_script, _certificate) = (script, certificate);
        _listener.Start();
        Url = new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _running = Task.Run(AcceptAsync);
    }

    public Uri Url { get; }

    public List<Heard> Requests { get; } = [];

    public static string Json(string body, int status = 200, string headers = "") =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nDate: Sat, 21 Nov 2026 21:23:56 GMT\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public static string Error(int status, string code, string headers = "") =>
        Json($$$"""{"code":"{{{code}}}","message":"Désolé, l&rsquo;essai échoue.","data":{"status":{{{status}}}}}""", status, headers);

    public static string Html(int status, string body, string headers = "") => Json(body, status, headers).Replace("application/json", "text/html; charset=UTF-8");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await SecuredAsync(client.GetStream());
                while (await ReadAsync(stream) is { } heard)
                {
                    string? answer;
                    lock (Requests)
                    {
                        Requests.Add(heard);
                        answer = _script(heard, Requests.Count);
                    }
                    if (answer is null)
                        return;
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or AuthenticationException)
            {
                return; // the client hung up, or the test is over
            }
        }
    }

    private async Task<Stream> SecuredAsync(NetworkStream plain)
    {
        if (_certificate is null)
            return plain;
        var secured = new SslStream(plain);
        await secured.AuthenticateAsServerAsync(_certificate);
        return secured;
    }

    private async Task<Heard?> ReadAsync(Stream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!(bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^2] == '\r' && bytes[^1] == '\n'))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            bytes.Add(one[0]);
        }
        var head = Encoding.ASCII.GetString([.. bytes]);
        var length = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var body = new byte[length is null ? 0 : int.Parse(length.Split(':')[1])];
        await stream.ReadExactlyAsync(body, _stop.Token);
        var line = head.Split(' ');
        return new(line[0], line[1], head, Encoding.UTF8.GetString(body));
    }
}
