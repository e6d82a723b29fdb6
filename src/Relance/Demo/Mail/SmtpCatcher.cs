using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Relance.Demo.Mail;

/// <summary>A mail server that keeps everything and forwards nothing: for the demo, and for tests. Loopback only.</summary>
internal sealed class SmtpCatcher : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Task, bool> _sessions = new();
    private readonly List<CaughtMail> _mails = [];
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Task _loop;

    public SmtpCatcher(TimeProvider clock)
    {
        _clock = clock;
        _listener.Start();
        _loop = AcceptAsync();
    }

    /// <summary>Called for each mail, on the connection's thread, before the server says 250.</summary>
    public Action<CaughtMail>? Caught { get; set; }

    /// <summary>While set, every recipient gets this answer: a server that takes nothing for now.</summary>
    public string? Deferral { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>A snapshot, in the order of arrival.</summary>
    public IReadOnlyList<CaughtMail> Mails
    {
        get
        {
            lock (_gate)
                return [.. _mails];
        }
    }

    /// <summary>From now on this address is answered 550: the mailbox does not exist.</summary>
    public void Refuse(string address) => _refused[address] = "550 5.1.1 <" + address + ">: Recipient address rejected: User unknown";

    /// <summary>The address is taken again.</summary>
    public void Accept(string address) => _refused.TryRemove(address, out _);

    internal string? Refusal(string address) => _refused.GetValueOrDefault(address) ?? Deferral;

    internal void Keep(string from, IReadOnlyList<string> to, byte[] bytes)
    {
        var mail = CaughtMail.Read(from, to, bytes, _clock.GetUtcNow());
        lock (_gate)
            _mails.Add(mail);
        Caught?.Invoke(mail);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                var session = new SmtpCatcherSession(this, client).RunAsync(_stop.Token);
                _sessions[session] = true;
                _ = session.ContinueWith(done => _sessions.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            _listener.Stop();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_sessions.Keys);
        _stop.Dispose();
        _listener.Dispose();
    }
}
