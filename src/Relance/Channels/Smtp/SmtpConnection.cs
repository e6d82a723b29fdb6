using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Relance.Channels.Smtp;

/// <summary>One conversation with the server: its wire, what it offers, and where it stands.</summary>
internal sealed class SmtpConnection(Socket socket, SmtpOptions options, TimeProvider clock) : IAsyncDisposable
{
    private SmtpWire _wire = new(new NetworkStream(socket, ownsSocket: true), clock);

    public SmtpStage Stage { get; set; } = SmtpStage.Greeting;

    public SmtpCapabilities Capabilities { get; set; } = SmtpCapabilities.None;

    public int Messages { get; set; }

    public DateTimeOffset IdleSince { get; set; }

    /// <summary>It has been kept since another message: what breaks then may be the server's own idle limit.</summary>
    public bool Reused { get; set; }

    /// <summary>False while answers are to come, or the server waits for a body: no command can be said then.</summary>
    public bool InStep { get; set; } = true;

    public bool Encrypted { get; private set; }

    public bool Loopback => IPAddress.IsLoopback(((IPEndPoint)socket.RemoteEndPoint!).Address);

    /// <summary>Readable while nothing is asked: it was closed, or says 421.</summary>
    public bool Stale => _wire.HasUnread || socket.Poll(0, SelectMode.SelectRead);

    public string HelloName => options.HelloName ?? Literal(((IPEndPoint)socket.LocalEndPoint!).Address);

    public Task<SmtpReply> ReadAsync(TimeSpan limit, CancellationToken ct) => _wire.ReadAsync(limit, ct);

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit, CancellationToken ct) => _wire.WriteAsync(bytes, limit, ct);

    /// <summary>Commands that may travel together go out in one write (RFC 2920).</summary>
    public Task WriteAsync(IEnumerable<string> commands, CancellationToken ct) =>
        WriteAsync(Encoding.ASCII.GetBytes(string.Concat(commands.Select(command => command + "\r\n"))), options.Timeouts.Command, ct);

    public async Task<SmtpReply> AskAsync(SmtpStage stage, string command, CancellationToken ct)
    {
        Stage = stage;
        await WriteAsync([command], ct);
        return await ReadAsync(options.Timeouts.Command, ct);
    }

    /// <summary>Goes over to TLS; what was said in clear, the capabilities included, is forgotten (RFC 3207 §4.2).</summary>
    /// <exception cref="SmtpFailure">Misconfigured: TLS failed, or somebody put bytes between the answer and the handshake.</exception>
    public async Task EncryptAsync(CancellationToken ct)
    {
        if (_wire.HasUnread)
            throw SmtpFailure.Misconfigured($"{options.Host} sent clear text after agreeing to STARTTLS: somebody may be tampering with the connection");
        var tls = await Limit.RunAsync(clock, options.Timeouts.Greeting, ct, token => new SmtpTls(options).ProtectAsync(_wire.Stream, token));
        _wire = new SmtpWire(tls, clock);
        (Encrypted, Capabilities) = (true, SmtpCapabilities.None);
    }

    /// <summary>Takes leave; a server that is gone already hears nothing, and that changes nothing.</summary>
    public async Task QuitAsync(CancellationToken ct)
    {
        try
        {
            await AskAsync(SmtpStage.Idle, "QUIT", ct);
        }
        catch (Exception e) when (SmtpFaults.IsLost(e) || e is OperationCanceledException)
        {
            Stage = SmtpStage.Idle;
        }
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    private static string Literal(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address}]" : $"[{address}]";
    }
}
