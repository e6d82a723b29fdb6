using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Relance.Tests.Servers;

/// <summary>
/// Debian's Postfix, a private instance: takes mail for any domain, over clear text, STARTTLS or TLS, and delivers it to
/// one mailbox. <c>gone@client.example</c> is accepted and then bounces. <c>unknown@client.example</c> is refused for good, <c>later@client.example</c> for now. Needs root.
/// </summary>
public sealed partial class PostfixServer : IDisposable
{
    public const string User = "agence";
    public const string Password = "motdepasse-é-secret";
    private readonly OwnedProcess _process;
    private readonly TestAuthority _authority;
    private readonly SaslServer _sasl;

    private PostfixServer(OwnedProcess process, TestAuthority authority, SaslServer sasl, int port, int tlsPort) =>
        (_process, _authority, _sasl, Port, TlsPort) = (process, authority, sasl, port, tlsPort);

    /// <summary>Clear text, and STARTTLS for who asks; AUTH only after it.</summary>
    public int Port { get; }

    /// <summary>TLS from the first byte.</summary>
    public int TlsPort { get; }

    /// <summary>Trusts this server, whose name is <c>localhost</c>.</summary>
    public string RootFile => _authority.RootFile;

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(_process.Folder, "mail.log");

    /// <summary>The mails in the mailbox, as delivered (Postfix puts its own headers in front, and ends lines with LF).</summary>
    public IReadOnlyList<string> Mails
    {
        get
        {
            var inbox = Path.Combine(_process.Folder, "mail/box/new");
            return Directory.Exists(inbox) ? [.. Directory.GetFiles(inbox).Order(StringComparer.Ordinal).Select(File.ReadAllText)] : [];
        }
    }

    /// <summary>One for each delivered mail, doubles included.</summary>
    public IReadOnlyList<string> MessageIds => [.. Mails.Select(mail => MessageId().Match(mail).Groups["id"].Value)];

    /// <summary>From now on, what comes to <c>retours.example</c> is posted to the service, as docs/bounces.md says; before, it waits in the queue.</summary>
    public void HandOver(Uri inbound, string secret)
    {
        var script = Path.Combine(_process.Folder, "mail/hand-over");
        File.WriteAllText(script, $"""
            #!/bin/sh
            curl -sf -m 60 --data-binary @- -H "Authorization: Bearer {secret}" -H "Content-Type: message/rfc822" -H "X-Original-To: $1" {inbound} || exit 75

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
    }

    /// <summary>Waits until that many mails are in the mailbox (not still being written beside it); the caller then counts.</summary>
    public async Task DeliveredAsync(int count)
    {
        for (var i = 0; i < 600 && Mails.Count < count; i++)
            await Task.Delay(50);
    }

    public static async Task<PostfixServer> StartAsync()
    {
        if (Environment.UserName != "root")
            throw new InvalidOperationException("Postfix starts as root only: run the tests as root, as tests/run.sh says.");
        var (folder, authority, sasl) = (OwnedProcess.NewFolder("postfix"), new TestAuthority(), new SaslServer(User, Password));
        var (port, tlsPort) = (OwnedProcess.FreePort(), OwnedProcess.FreePort());
        PostfixConfiguration.Write(folder, port, tlsPort, sasl.Port, authority);
        // start-fg leaves its daemon behind when it is signalled; Postfix must be told to stop.
        var process = OwnedProcess.Start(folder, "TERM", "sh", "-c", "trap 'postfix -c \"$PWD/conf\" stop' TERM; postfix -c \"$PWD/conf\" start-fg & wait; wait");
        await process.ReadyAsync(() => AnswersAsync(port));
        return new PostfixServer(process, authority, sasl, port, tlsPort);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return await client.GetStream().ReadAsync(new byte[3]) == 3;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _sasl.Dispose();
        _authority.Dispose();
    }

    [GeneratedRegex(@"^Message-ID:\s*<(?<id>[^>]+)>", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MessageId();
}
