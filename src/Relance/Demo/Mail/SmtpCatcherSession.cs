using System.Net.Sockets;
using System.Text;

namespace Relance.Demo.Mail;

/// <summary>One client of the catcher: enough of RFC 5321 for well-behaved clients, pipelining included.</summary>
internal sealed class SmtpCatcherSession(SmtpCatcher catcher, TcpClient client)
{
    private const int LargestMessage = 20_000_000;
    private static readonly string[] s_extensions = ["250-catcher", "250-PIPELINING", "250-8BITMIME", "250-ENHANCEDSTATUSCODES", $"250 SIZE {LargestMessage}"];
    private readonly List<string> _to = [];
    private string? _from;

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            using (client)
                await TalkAsync(new BufferedStream(client.GetStream()), ct);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client left, or the demo ends: a catcher has nobody to tell.
        }
    }

    private async Task TalkAsync(Stream stream, CancellationToken ct)
    {
        client.NoDelay = true;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await SayAsync(stream, "220 catcher ESMTP", ct);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            var answer = Answer(line);
            await SayAsync(stream, answer, ct);
            if (answer.StartsWith("354", StringComparison.Ordinal))
                await SayAsync(stream, await TakeAsync(reader, ct), ct);
            if (answer.StartsWith("221", StringComparison.Ordinal))
                return;
        }
    }

    private string Answer(string line)
    {
        var verb = line.Split(' ', ':')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                return string.Join("\r\n", s_extensions);
            case "MAIL":
                (_from, var known) = (Path(line), _from is not null);
                return known ? "503 5.5.1 Nested MAIL command" : "250 2.1.0 Ok";
            case "RCPT" when _from is not null:
                var refusal = catcher.Refusal(Path(line));
                if (refusal is null)
                    _to.Add(Path(line));
                return refusal ?? "250 2.1.5 Ok";
            case "DATA":
                return _to.Count > 0 ? "354 End data with <CR><LF>.<CR><LF>" : "554 5.5.1 No valid recipients";
            case "RSET":
                Forget();
                return "250 2.0.0 Ok";
            case "NOOP":
                return "250 2.0.0 Ok";
            case "QUIT":
                return "221 2.0.0 Bye";
            default:
                return "503 5.5.1 Bad sequence or unknown command";
        }
    }

    private async Task<string> TakeAsync(StreamReader reader, CancellationToken ct)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line == ".")
            {
                catcher.Keep(_from!, [.. _to], Encoding.Latin1.GetBytes(text.ToString()));
                Forget();
                return "250 2.0.0 Ok: caught";
            }
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            if (text.Length > LargestMessage)
                break;
        }
        throw new IOException("The client left during the message, or it is too large.");
    }

    private void Forget()
    {
        _from = null;
        _to.Clear();
    }

    private static string Path(string line) => line.Split('<', '>') is [_, var path, ..] ? path : "";

    private static async Task SayAsync(Stream stream, string answer, CancellationToken ct)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), ct);
        await stream.FlushAsync(ct);
    }
}
