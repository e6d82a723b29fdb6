using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Relance.Operations.Dns;

/// <summary>A name server could not be asked, or did not say yes or no.</summary>
internal sealed class DnsException(string message) : Exception(message);

/// <summary>Asks a recursive name server: over UDP, and over TCP for what does not fit (RFC 1035 §4.2, RFC 7766).</summary>
/// <param name="server">Null: the servers of this machine.</param>
/// <param name="limit">For each server.</param>
internal sealed class DnsResolver(IPEndPoint? server, TimeSpan limit)
{
    private const int LongestDatagram = 4096, NoSuchName = 3, LongestChain = 8;

    private readonly IReadOnlyList<IPEndPoint> _servers = server is not null ? [server] : Machine();

    /// <summary>The records of a name, aliases followed; null when there is no such name.</summary>
    /// <exception cref="DnsException">No server gave an answer that can be relied on.</exception>
    public async Task<IReadOnlyList<string>?> FindAsync(string name, DnsType type, CancellationToken ct)
    {
        List<string> reasons = [];
        foreach (var asked in _servers)
        {
            try
            {
                var answer = await AskAsync(asked, name, type, ct);
                if (answer.Code is 0 or NoSuchName)
                    return answer.Code == NoSuchName && answer.Records.Count == 0 ? null : Of(answer, name, type);
                reasons.Add($"{asked} answered with code {answer.Code}");
            }
            catch (Exception silent) when (silent is SocketException or IOException or FormatException || (silent is OperationCanceledException && !ct.IsCancellationRequested))
            {
                reasons.Add(silent is OperationCanceledException ? $"{asked} did not answer within {limit.TotalSeconds:0.#} s" : $"{asked}: {silent.Message}");
            }
        }

        throw new DnsException(reasons.Count == 0 ? "this machine has no name server; set Relance:Dns:Server" : string.Join("; ", reasons));
    }

    private async Task<DnsAnswer> AskAsync(IPEndPoint asked, string name, DnsType type, CancellationToken ct)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(limit);
        var id = (ushort)RandomNumberGenerator.GetInt32(65536);
        var question = DnsMessage.Question(id, name, type);
        var answer = await ByUdpAsync(asked, question, id, name, type, time.Token);
        return answer.Truncated ? await ByTcpAsync(asked, question, id, name, type, time.Token) : answer;
    }

    // Connected: only the server that was asked is heard. What answers another question is waited past.
    private static async Task<DnsAnswer> ByUdpAsync(IPEndPoint asked, byte[] question, ushort id, string name, DnsType type, CancellationToken ct)
    {
        using var socket = new Socket(asked.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(asked, ct);
        await socket.SendAsync(question, ct);
        var buffer = new byte[LongestDatagram];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, ct);
            if (DnsMessage.Read(buffer.AsSpan(0, length), id, name, type) is { } answer)
                return answer;
        }
    }

    private static async Task<DnsAnswer> ByTcpAsync(IPEndPoint asked, byte[] question, ushort id, string name, DnsType type, CancellationToken ct)
    {
        using var socket = new Socket(asked.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(asked, ct);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync((byte[])[(byte)(question.Length >> 8), (byte)question.Length, .. question], ct);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, ct);
        var packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(packet, ct);
        return DnsMessage.Read(packet, id, name, type) ?? throw new FormatException("the answer to another question.");
    }

    private static IReadOnlyList<string> Of(DnsAnswer answer, string name, DnsType type)
    {
        for (var i = 0; i < LongestChain && answer.Records.FirstOrDefault(r => r.Type == DnsType.Cname && Is(r, name)) is { } alias; i++)
            name = alias.Text;
        return [.. answer.Records.Where(r => r.Type == type && Is(r, name)).Select(r => r.Text)];

        static bool Is(DnsRecord record, string name) => record.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static IReadOnlyList<IPEndPoint> Machine() => [.. NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().DnsAddresses).Distinct().Take(3).Select(address => new IPEndPoint(address, 53))];
}
