using Relance.Shops;

namespace Relance.Operations.Heartbeats;

/// <summary>A dead man's switch: a monitor outside is called while all is well, and raises the alarm when the calls stop.</summary>
internal sealed partial class Ping(RelanceSettings settings, Clocks clocks, ILogger<Ping> logger) : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);
    private readonly HttpClient _http = new(OutgoingHandler.Create(settings.Alarm.PingAllowPrivate, allowInvalidCertificate: false)) { Timeout = TimeSpan.FromSeconds(10) };
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>Calls it, at most once a minute. A monitor that does not answer is logged, nothing more: it will notice itself.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        if (settings.Alarm.PingUrl is not { } url || clocks.Real - _last < s_every)
            return;
        _last = clocks.Real;
        try
        {
            using var answer = await _http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!answer.IsSuccessStatusCode)
                NotTaken(url.Host, (int)answer.StatusCode);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // The address holds a secret token; its exception does not, the host is enough.
            NoAnswer(url.Host, fault.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    [LoggerMessage(LogLevel.Warning, "The monitor {Host} answered {Status} to our ping")]
    private partial void NotTaken(string host, int status);

    [LoggerMessage(LogLevel.Warning, "The monitor {Host} does not answer our ping ({Fault})")]
    private partial void NoAnswer(string host, string fault);
}
