using System.Net.Sockets;

namespace Relance.Tests.Servers;

/// <summary>Postfix's <c>smtp-sink</c>: takes mail as fast as it comes and throws it away; its options make it slow or refuse.</summary>
public sealed class SmtpSink : IDisposable
{
    private readonly OwnedProcess _process;

    private SmtpSink(OwnedProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<SmtpSink> StartAsync(params string[] options)
    {
        var port = OwnedProcess.FreePort();
        string[] user = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        var process = OwnedProcess.Start(OwnedProcess.NewFolder("smtp-sink"), "TERM", ["smtp-sink", .. user, .. options, $"127.0.0.1:{port}", "1000"]);
        await process.ReadyAsync(() => AnswersAsync(port));
        return new SmtpSink(process, port);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _process.Dispose();
}
