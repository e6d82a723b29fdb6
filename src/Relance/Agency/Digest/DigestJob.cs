using Relance.Channels;
using Relance.Operations;

namespace Relance.Agency.Digest;

/// <summary>Mails the agency its day, once, in the morning or as soon as the service runs after it; nothing on a day without content.</summary>
internal sealed partial class DigestJob(AgencyReads reads, DigestClaims claims, DigestMail mail, RelanceSettings settings, Clocks clocks, ILogger<DigestJob> logger) : IJobBody
{
    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var local = TimeZoneInfo.ConvertTime(clocks.Now, settings.Calendar.TimeZone).DateTime;
        if (settings.Digest.To is not { } to || TimeOnly.FromDateTime(local) < settings.Digest.At || await claims.TakeAsync(DateOnly.FromDateTime(local), ct) is not { } claim)
            return 0;
        var today = await reads.TodayAsync(settings.Words.Locale, ct);
        if (!DigestPage.HasContent(today))
        {
            await claims.EmptyAsync(claim, ct);
            return 0;
        }

        var result = await mail.SendAsync(to, today, (hash, abort) => claims.HandAsync(claim, hash, abort), ct);
        await claims.FinishAsync(claim, result);
        if (result.Outcome == SendOutcome.Accepted)
            return 1;
        NotSent(result.Outcome, result.Answer);
        return 0;
    }

    [LoggerMessage(LogLevel.Error, "The morning digest could not be mailed: {Outcome}, {Answer}")]
    private partial void NotSent(SendOutcome outcome, string answer);
}
