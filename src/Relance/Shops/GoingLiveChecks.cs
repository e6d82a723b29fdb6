using Relance.Channels.Email;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Shops;

/// <summary>What must be in order before real clients get mail: the link, the clocks, the mail server, who writes, and who else speaks.</summary>
public sealed class GoingLiveChecks
{
    private readonly Database _database;
    private readonly RelanceSettings _settings;
    private readonly Clocks _clocks;
    private readonly ShopLinker _linker;
    private readonly ShopDoctor _doctor;
    private readonly SenderIdentities _identities;
    private readonly SmtpChannel _mail;

    internal GoingLiveChecks(Database database, RelanceSettings settings, Clocks clocks, ShopLinker linker, ShopDoctor doctor, SenderIdentities identities, SmtpChannel mail) =>
        (_database, _settings, _clocks, _linker, _doctor, _identities, _mail) = (database, settings, clocks, linker, doctor, identities, mail);

    /// <summary>Every finding but the good ones.</summary>
    internal async Task<IReadOnlyList<Finding>> ExamineAsync(string shopId, CancellationToken ct)
    {
        List<Finding> findings = [.. await LinkAsync(shopId, ct), .. await IdentityAsync(shopId, ct)];
        var shop = (await _database.ReadAsync(session => LinkedShop.FindAsync(session, shopId), ct))!;
        findings.AddRange(await _doctor.ExamineAsync(shop, ct));
        findings.Add(await MailAsync(ct));
        findings.AddRange(SettingsChecks.Warnings(_settings).Select(warning => Finding.Warning("settings", warning, "Change the setting, unless it is meant.")));
        if (shop.Test == 0 && _clocks.Business is MovedClock)
            findings.Add(Finding.Fault("clock", "The business clock is moved: real clients live in real time.", "Run the service without --clock."));
        if (shop.CursorAt is null)
            findings.Add(Finding.Fault("sync", "The shop was never read completely: the list would not be whole.", $"relance shop sync {shop.Id}"));
        if (shop.Test == 0)
            findings.AddRange(Undecided(shop));
        return [.. findings.Where(finding => finding.Level != FindingLevel.Ok).Distinct()];
    }

    // Mends the webhooks, notices a copy, measures the clock, reads the shop's own mails.
    private async Task<IReadOnlyList<Finding>> LinkAsync(string shopId, CancellationToken ct)
    {
        try
        {
            await _linker.CheckAsync(shopId, ct);
            return [];
        }
        catch (Exception fault) when (fault is ShopException or SecretUnreadableException)
        {
            return [Finding.Fault("shop", fault is ShopException ? $"The shop did not answer as it should: {fault.Message}" : fault.Message, "relance doctor")];
        }
    }

    private async Task<IReadOnlyList<Finding>> IdentityAsync(string shopId, CancellationToken ct)
    {
        var sender = await _identities.GetAsync(shopId, ct);
        var missing = sender.Missing.Select(m => Finding.Fault($"identity: {m.Field}", $"It is missing; expected {m.Expected}.", $"relance shop identity {shopId} --{Option(m.Field)} …")).ToList();
        if (sender.Logo is null)
            missing.Add(Finding.Warning("identity: logo", "There is no logo: the mails begin with their title.", $"relance shop identity {shopId} --logo logo.png"));
        return missing;
    }

    private async Task<Finding> MailAsync(CancellationToken ct)
    {
        if (_settings.Smtp.Host.Length == 0)
            return Finding.Fault("smtp", "No mail server is set: nothing can be sent.", "Set Relance:Smtp:Host, Port, Security, User and Password.");
        var probe = await _mail.ProbeAsync(ct);
        return probe.Healthy ? Finding.Ok("smtp", probe.Message) : Finding.Fault("smtp", $"The mail server cannot be used: {probe.Message}", probe.Mend ?? "Then try again.");
    }

    // Whether the shop really sends its notices hangs on a main switch that no key can read: a person has to look.
    private static IEnumerable<Finding> Undecided(LinkedShop shop)
    {
        if (shop.On(SpokenThing.RenewalNotice) is { Count: > 0 } notices && shop.Chosen(SpokenThing.RenewalNotice) is null)
        {
            yield return Finding.Fault(
                "who speaks", $"The shop may remind of renewals itself ({string.Join(", ", notices)}); clients must not hear it twice.",
                $"Look at WooCommerce > Settings > Subscriptions > Customer Notifications, then say who speaks: relance shop speaks {shop.Id} renewal-notice relance (or shop).");
        }
    }

    private static string Option(string field) => string.Concat(field.Select(c => char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));
}
