using System.Net;
using Relance.Channels;
using Relance.Channels.Email;
using Relance.Storage;

namespace Relance.Operations.Heartbeats;

/// <summary>A mail to the agency itself, by the same mail server as all others.</summary>
internal sealed partial class AlarmMail(SmtpChannel channel, RelanceSettings settings, Clocks clocks, ILogger<AlarmMail> logger)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>Whether the settings name somebody to tell, and a mail server.</summary>
    public bool IsWanted => settings.Alarm.To is not null && settings.Smtp.Host.Length > 0;

    /// <summary>Sends it; whether the server took it.</summary>
    public async Task<bool> SendAsync(string subject, string text, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_limit);
        var from = settings.Smtp.From.Length > 0 ? settings.Smtp.From : settings.Sender.Email;
        var whole = $"{text}\n\n{settings.PublicUrl}";
        var result = await channel.SendAsync(channel.Compose(new MessageDraft(
            $"{Values.NewId()}@{from[(from.LastIndexOf('@') + 1)..]}", TimeZoneInfo.ConvertTime(clocks.Real, settings.Calendar.TimeZone), new("Relance", from), null,
            [new("", settings.Alarm.To!)], [], subject, whole, $"<p>{WebUtility.HtmlEncode(whole).Replace("\n\n", "</p><p>", StringComparison.Ordinal)}</p>", [], "fr")),
            static _ => Task.CompletedTask, limit.Token);
        if (result.Outcome != SendOutcome.Accepted)
            NotSent(result.Outcome, result.Answer);
        return result.Outcome == SendOutcome.Accepted;
    }

    [LoggerMessage(LogLevel.Error, "An alarm could not be mailed: {Outcome}, {Answer}")]
    private partial void NotSent(SendOutcome outcome, string answer);
}
