using System.Net;
using Relance.Operations.Dns;

namespace Relance.Tests.Servers;

/// <summary>A dnsmasq of a test's own, over UDP and TCP on the loopback: it knows what it is told, and that there is nothing else.</summary>
internal sealed class DnsmasqServer : IDisposable
{
    private readonly OwnedProcess _process;

    private DnsmasqServer(OwnedProcess process, int port) => (_process, Address) = (process, new IPEndPoint(IPAddress.Loopback, port));

    public IPEndPoint Address { get; }

    /// <summary>Starts one that answers.</summary>
    /// <param name="records">Options of dnsmasq without their dashes, such as <c>txt-record=agence.fr,v=spf1 -all</c>.</param>
    public static async Task<DnsmasqServer> StartAsync(params string[] records)
    {
        var port = OwnedProcess.FreePort();
        var folder = OwnedProcess.NewFolder("dnsmasq");
        string[] command =
        [
            "dnsmasq", "--keep-in-foreground", $"--port={port}", "--listen-address=127.0.0.1", "--bind-interfaces", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--pid-file=", "--log-facility=-", "--local=/#/",
            "--host-record=ready.test,192.0.2.1", .. records.Select(record => $"--{record}"),
        ];
        var server = new DnsmasqServer(OwnedProcess.Start(folder, "TERM", command), port);
        await server._process.ReadyAsync(server.AnswersAsync);
        return server;
    }

    /// <summary>A text as the option of dnsmasq that publishes it, in pieces of at most 250 characters; without commas.</summary>
    public static string Txt(string name, string text) => $"txt-record={name},{string.Join(',', text.Chunk(250).Select(piece => new string(piece)))}";

    public void Dispose() => _process.Dispose();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await new DnsResolver(Address, TimeSpan.FromSeconds(1)).FindAsync("ready.test", DnsType.A, CancellationToken.None) is { Count: 1 };
        }
        catch (DnsException)
        {
            return false;
        }
    }
}
