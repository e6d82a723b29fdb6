using System.Data.Common;
using Relance.Bounces;
using Relance.Channels.Email;
using Relance.Legal;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Operations;

/// <summary>Looks at settings, database, shops and mail server, and changes nothing but the database's schema.</summary>
internal sealed class Doctor(
    RelanceSettings settings, Database database, ShopDoctor shops, MachineDoctor machine, SmtpChannel mail, SenderDomainDoctor domains, BounceDoctor bounces, LawDoctor law)
{
    /// <summary>Every finding; one broken part does not keep the others from being looked at.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        List<Finding> findings = [.. Settings(), .. law.Examine()];
        var (finding, linked) = await DatabaseAsync(ct);
        findings.Add(finding);
        if (finding.Level == FindingLevel.Ok && linked.Count == 0)
            findings.Add(Finding.Warning("shop", "No shop is linked.", "relance shop add --url https://… --key ck_… --secret-file …"));
        if (finding.Level == FindingLevel.Ok)
            findings.AddRange(await machine.ExamineAsync(linked, ct));
        // Side by side: one silent shop must not make the others, or the person, wait.
        var answers = linked.Select(shop => shops.ExamineAsync(shop, ct)).ToList();
        var mailed = MailAsync(ct);
        var published = domains.ExamineAsync(linked, ct);
        foreach (var answer in answers)
            findings.AddRange(await answer);
        findings.Add(await mailed);
        findings.AddRange(await published);
        if (finding.Level == FindingLevel.Ok)
            findings.AddRange(await bounces.ExamineAsync(ct));
        return findings;
    }

    private IEnumerable<Finding> Settings()
    {
        var remarks = SettingsChecks.Warnings(settings).Select(warning => Finding.Warning("settings", warning, "Change the setting, unless it is meant.")).ToList();
        var sender = settings.Sender;
        if (sender.TradeName.Length == 0 || (sender.Email.Length == 0 && settings.Smtp.From.Length == 0))
            remarks.Add(Finding.Warning("settings", "Clients would not see who writes to them.", "Set Relance:Sender:TradeName and Relance:Sender:Email."));
        return remarks.Count > 0 ? remarks : [Finding.Ok("settings", "Read, and without a fault.")];
    }

    private async Task<(Finding Finding, IReadOnlyList<LinkedShop> Shops)> DatabaseAsync(CancellationToken ct)
    {
        try
        {
            await Migrator.MigrateAsync(database, ct);
            var linked = await database.ReadAsync(LinkedShop.AllAsync, ct);
            return (Finding.Ok("database", $"{settings.DatabaseForDisplay} answers."), linked);
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            var mend = settings.IsPostgres
                ? "Check Relance:Database: host, port, database, user and password, and that the server runs. Shops were not looked at."
                : "Check Relance:Database and Relance:DataFolder: the file must be a database of Relance that this user may write. Shops were not looked at.";
            return (Finding.Fault("database", $"{settings.DatabaseForDisplay}: {fault.Message}", mend), []);
        }
    }

    private async Task<Finding> MailAsync(CancellationToken ct)
    {
        if (settings.Smtp.Host.Length == 0)
            return Finding.Fault("smtp", "No mail server is set: nothing can be sent.", "Set Relance:Smtp:Host, Port, Security, User and Password.");
        var probe = await mail.ProbeAsync(ct);
        return probe.Healthy ? Finding.Ok("smtp", probe.Message) : Finding.Fault("smtp", probe.Message, $"{probe.Mend} Then run 'relance doctor' again.".TrimStart());
    }
}
