using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Relance.Tests.Servers;

/// <summary>Checks one user's password for Postfix, in Dovecot's authentication protocol (version 1.1): Postfix has no password file of its own.</summary>
internal sealed class SaslServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _expected;

    public SaslServer(string user, string password)
    {
        _expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _listener.Stop();
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var closing = client;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\n", AutoFlush = true };
        await writer.WriteAsync($"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t{Guid.NewGuid():N}\nDONE\n");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Split('\t') is not ["AUTH", var id, "PLAIN", .. var parameters])
                continue;
            await writer.WriteLineAsync(parameters.Contains("resp=" + _expected) ? $"OK\t{id}\tuser=agence" : $"FAIL\t{id}\tuser=agence");
        }
    }

    public void Dispose() => _listener.Dispose();
}
