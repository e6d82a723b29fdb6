using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Relance.Tests.Smtp;

/// <summary>What goes wrong.</summary>
public enum Fault
{
    None,
    Drop,
    Silence,
    Drip,
    Later,
    Closing,
    Never,
    Nonsense,
    TwoCodes,
    HugeLine,
    Endless,
    Injection,
}

/// <summary>A mail server that behaves until one stage, and misbehaves there.</summary>
internal sealed class RudeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _atStage = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Task _loop;

    public RudeServer()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public string Stage { get; init; } = "";
    public Fault Fault { get; init; }
    public bool Pipelining { get; init; } = true;
    public string More { get; init; } = "250-AUTH PLAIN LOGIN\r\n250-STARTTLS\r\n";
    public X509Certificate2? Certificate { get; init; }
    public bool ImplicitTls { get; init; }

    public bool HangsUpAfterEachMail { get; init; }

    /// <summary>What to answer instead, by verb and by how often it was heard.</summary>
    public Func<string, int, string?> Answer { get; init; } = (_, _) => null;

    /// <summary>Cancelled when a conversation comes to the stage.</summary>
    public CancellationToken AtStage => _atStage.Token;

    public ConcurrentQueue<string> Heard { get; } = [];
    public ConcurrentQueue<string> Mails { get; } = [];
    public int Connections { get; private set; }
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task ReachAsync() => _atStage.CancelAsync();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _sessions.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            _listener.Stop();
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var closing = client;
        try
        {
            await new RudeSession(this, client, _stop.Token).RunAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            Heard.Enqueue($"({e.GetType().Name})");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_sessions);
        _stop.Dispose();
        _atStage.Dispose();
        _listener.Dispose();
    }
}

internal sealed class RudeSession(RudeServer server, TcpClient client, CancellationToken stop)
{
    private readonly byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;
    private Stream _stream = client.GetStream();

    public async Task RunAsync()
    {
        if (server.ImplicitTls)
            await EncryptAsync();
        if (!await SayAsync("banner", "220 rude ESMTP"))
            return;
        while (await ReadLineAsync() is { } line)
        {
            server.Heard.Enqueue(line);
            var verb = line.Split(' ', ':')[0];
            var answer = server.Answer(verb, server.Heard.Count(heard => heard.StartsWith(verb, StringComparison.Ordinal))) ?? Polite(verb);
            if (!await SayAsync(verb, answer) || verb == "QUIT" || answer.StartsWith("421", StringComparison.Ordinal))
                return;
            if (verb == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal))
                await EncryptAsync();
            if (answer.StartsWith("354", StringComparison.Ordinal) && !Faulty(verb) && !await TakeBodyAsync())
                return;
        }
    }

    private string Polite(string verb) => verb switch
    {
        "EHLO" => "250-rude\r\n" + server.More + (server.Pipelining ? "250-PIPELINING\r\n" : "") + "250 SIZE 10000000",
        "STARTTLS" => "220 2.0.0 go ahead",
        "AUTH" => "235 2.7.0 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 2.0.0 bye",
        _ => "250 2.0.0 fine",
    };

    private async Task<bool> TakeBodyAsync()
    {
        if (server.Stage == "half-way")
        {
            for (var i = 0; i < 10; i++)
                await ReadLineAsync();
            return await SayAsync("half-way", "") && false;
        }
        var body = new StringBuilder();
        for (var line = await ReadLineAsync(); line != "."; line = await ReadLineAsync())
            body.Append(line ?? throw new IOException("The client left during the message.")).Append('\n');
        // Before the answer: whoever has read it may look at once.
        server.Mails.Enqueue(body.ToString());
        return await SayAsync("dot", "250 2.0.0 taken") && !server.HangsUpAfterEachMail;
    }

    private bool Faulty(string stage) => stage == server.Stage && server.Fault is not Fault.None;

    /// <summary>False: the conversation is over.</summary>
    private async Task<bool> SayAsync(string stage, string polite)
    {
        switch (Faulty(stage) ? server.Fault : Fault.None)
        {
            case Fault.Drop:
                return false;
            case Fault.Silence:
                await server.ReachAsync();
                await Task.Delay(Timeout.Infinite, stop);
                return false;
            case Fault.Drip:
                return await RepeatAsync("250-", "a", TimeSpan.FromMilliseconds(20));
            case Fault.HugeLine:
                return await RepeatAsync("250-", new string('a', 1000), TimeSpan.Zero);
            case Fault.Endless:
                return await RepeatAsync("", "250-again and again\r\n", TimeSpan.Zero);
            case var fault:
                await WriteAsync(Words(fault, polite));
                return fault is not Fault.Closing;
        }
    }

    private static string Words(Fault fault, string polite) => fault switch
    {
        Fault.Later => "451 4.3.0 try later\r\n",
        Fault.Closing => "421 4.3.2 closing\r\n",
        Fault.Never => "554 5.7.1 never\r\n",
        Fault.Nonsense => "HTTP/1.1 400 Bad Request\r\n\r\n",
        Fault.TwoCodes => "250-yes\r\n550 no\r\n",
        Fault.Injection => polite + "\r\n250-injected\r\n250 AUTH PLAIN\r\n",
        _ => polite + "\r\n",
    };

    private async Task<bool> RepeatAsync(string start, string text, TimeSpan pause)
    {
        await WriteAsync(start);
        while (true)
        {
            await WriteAsync(text);
            await Task.Delay(pause, stop);
        }
    }

    private async Task WriteAsync(string text)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
        await _stream.FlushAsync(stop);
    }

    private async Task EncryptAsync()
    {
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, stop);
        _stream = tls;
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (_start < _end || await FillAsync())
        {
            var next = (char)_buffer[_start++];
            if (next == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append(next);
        }
        return null;
    }

    private async Task<bool> FillAsync()
    {
        (_start, _end) = (0, await _stream.ReadAsync(_buffer, stop));
        return _end > 0;
    }
}
