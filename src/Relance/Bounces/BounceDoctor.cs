using Relance.Operations;
using Relance.Storage;

namespace Relance.Bounces;

/// <summary>The part of <c>doctor</c> that looks at how mails come back. Whether the domain takes mail (MX) is the sender check's.</summary>
internal sealed class BounceDoctor(RelanceSettings settings, Database database, Clocks clocks)
{
    private const string Check = "bounces";

    /// <summary>The database is up to date.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        var (arrived, blocked) = await database.ReadAsync(CountAsync, ct);
        List<Finding> findings = [Setup(arrived)];
        if (blocked > 0)
            findings.Add(Finding.Warning(Check, $"{blocked} mails of the last 7 days were refused for who sends them or what they say.", "Check SPF, DKIM and DMARC of the sender's domain and the block lists, and ask the mail provider."));
        return findings;
    }

    private Finding Setup(long arrived) => settings.Bounces switch
    {
        { ReturnPath: null } => Finding.Warning(Check, "Mails that cannot be delivered later on are not seen: no return path is set.", "Set Relance:Bounces:ReturnPath, and have your mail server hand over what comes back (docs/bounces.md)."),
        { InboundSecret: null } when arrived == 0 => Finding.Warning(Check, "A return path is set, and nothing has ever come in by 'relance inbound'; POST /inbound/mail is off.", "Set Relance:Bounces:InboundSecret, or have your mail server call 'relance inbound' (docs/bounces.md)."),
        _ => Finding.Ok(Check, $"Each mail has its own return path; {arrived} came back so far."),
    };

    private async Task<(long Arrived, long Blocked)> CountAsync(Session session) => (
        await session.ValueAsync<long>("SELECT COUNT(*) FROM inbound_mail"),
        await session.ValueAsync<long>("SELECT COUNT(*) FROM message WHERE bounce_kind = 'blocked' AND bounced_at > @Since", new { Since = clocks.Now.AddDays(-7).Millis() }));
}
