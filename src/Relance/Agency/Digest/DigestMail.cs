using Relance.Channels;
using Relance.Channels.Email;
using Relance.Operations;
using Relance.Storage;
using Relance.Templates;

namespace Relance.Agency.Digest;

/// <summary>Writes the digest and hands it to the same mail server as all others.</summary>
internal sealed class DigestMail(SmtpChannel channel, RelanceSettings settings, Clocks clocks)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>Sends it.</summary>
    /// <param name="to">The agency's address.</param>
    /// <param name="handover">Given the hash of the exact bytes, right before they go.</param>
    public async Task<SendResult> SendAsync(string to, TodayView today, Func<string, CancellationToken, Task> handover, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_limit);
        var from = settings.Smtp.From.Length > 0 ? settings.Smtp.From : settings.Sender.Email;
        var page = new DigestPage(DigestWords.Of(settings.Words.Locale), settings.PublicUrl);
        var html = page.Html(today);
        var outgoing = channel.Compose(new MessageDraft(
            $"{Values.NewId()}@{from[(from.LastIndexOf('@') + 1)..]}", TimeZoneInfo.ConvertTime(clocks.Now, settings.Calendar.TimeZone), new("Relance", from), null,
            [new("", to)], [], page.Subject(today), HtmlToText.Convert(html), html, [], settings.Words.Locale));
        return await channel.SendAsync(outgoing, abort => handover(Values.Hash(outgoing.Bytes.Span), abort), limit.Token);
    }
}
