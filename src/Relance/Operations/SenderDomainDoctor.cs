using Relance.Operations.Dns;
using Relance.Shops;

namespace Relance.Operations;

/// <summary>The part of <see cref="Doctor"/> that looks at the domains mails come from: SPF, DKIM and DMARC decide whether they arrive.</summary>
internal sealed class SenderDomainDoctor(RelanceSettings settings)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);

    // RFC 2606 and 6761: nobody publishes anything there.
    private static readonly string[] s_reserved = ["example", "test", "invalid", "localhost"];

    private readonly DnsResolver _dns = new(settings.Dns.Server, s_limit);

    /// <summary>Each domain in the <c>From</c> of a shop, or of the settings.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<LinkedShop> shops, CancellationToken ct)
    {
        var own = ShopSender.Of(new LinkedShop(), settings).From;
        var domains = shops.Select(shop => ShopSender.Of(shop, settings).From).DefaultIfEmpty(own).Select(DomainOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        var findings = await Task.WhenAll(domains.Select(domain => ExamineAsync(domain, ct)));
        return [.. findings.SelectMany(of => of)];
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(string domain, CancellationToken ct)
    {
        var check = $"domain {domain}";
        if (settings.Dns.Server is null && s_reserved.Contains(domain.Split('.')[^1], StringComparer.OrdinalIgnoreCase))
            return [Finding.Ok(check, "A name for examples and tests: nothing was looked up.")];
        try
        {
            if (await _dns.FindAsync(domain, DnsType.Txt, ct) is null)
                return [Finding.Fault(check, "There is no such domain: receivers refuse mail from it.", "Correct the address in From (Relance:Smtp:From, Relance:Sender:From, or the shop's identity).")];
            var envelope = EnvelopeOf(domain);
            var dmarc = await DmarcPolicy.ReadAsync(_dns, domain, ct);
            return [.. await SpfAsync(envelope, ct), await DkimAsync(domain, ct), Dmarc(domain, dmarc), .. Aligned(domain, envelope, dmarc), .. await ReturnAsync(envelope, ct)];
        }
        catch (DnsException silent)
        {
            return [Finding.Warning(check, $"SPF, DKIM and DMARC could not be looked up: {silent.Message}.", "Let this machine reach a name server on port 53, or set Relance:Dns:Server.")];
        }
    }

    // SPF is about the domain of the return path (RFC 7208 §2.4).
    private async Task<IReadOnlyList<Finding>> SpfAsync(string domain, CancellationToken ct)
    {
        var (check, spf) = ($"SPF {domain}", await SpfPolicy.ReadAsync(_dns, domain, ct));
        if (spf.Records.Count == 0)
            return [Finding.Warning(check, "It publishes no SPF record: receivers cannot tell your mail server from a forger's.", $"Publish: {domain}. TXT \"v=spf1 {Server()} ~all\"")];
        if (spf.Records.Count > 1)
            return [Finding.Fault(check, $"It publishes {spf.Records.Count} SPF records, which voids them all (RFC 7208, 3.2).", $"Keep one only: {domain}. TXT \"{SpfPolicy.Merged(spf.Records)}\"")];
        if (spf.Lookups > SpfPolicy.MostLookups)
            return [Finding.Fault(check, "Its SPF record makes receivers ask more than 10 questions, which voids it (RFC 7208, 4.6.4).", "Take includes of services out of it that no longer send for you.")];
        if (spf.Faults.Count > 0)
            return [Finding.Fault(check, $"Its SPF record is void: {string.Join("; ", spf.Faults)}.", $"Correct {domain}. TXT \"{spf.Records[0]}\"")];
        return [spf.All switch
        {
            '+' => Finding.Fault(check, "Its SPF record lets everybody send in its name (+all).", $"End it with ~all: {domain}. TXT \"{SpfPolicy.Merged(spf.Records)}\""),
            null or '?' => Finding.Warning(check, "Its SPF record says nothing about other machines.", $"End it with ~all: {domain}. TXT \"{SpfPolicy.Merged(spf.Records)}\""),
            _ => Finding.Ok(check, $"\"{spf.Records[0]}\", {spf.Lookups} of 10 further questions."),
        }];
    }

    private async Task<Finding> DkimAsync(string domain, CancellationToken ct)
    {
        var check = $"DKIM {domain}";
        if (settings.Mail.DkimSelector is not { } selector)
            return Finding.Warning(check, "Not checked: the selector of your mail provider is not known.", "Set Relance:Mail:DkimSelector; it is the s= in the DKIM-Signature of a mail that you received from yourself.");
        var name = $"{selector}._domainkey.{domain}";
        if (await _dns.FindAsync(name, DnsType.Txt, ct) is not [var record, ..])
            return Finding.Fault(check, $"Nothing is published under {name}: the provider's signature proves nothing.", $"Publish what your mail provider gives for it: {name}. TXT \"v=DKIM1; k=rsa; p=…\", or a CNAME. Or correct Relance:Mail:DkimSelector.");
        var key = DkimKey.Read(record);
        if (key.Fault is { } fault)
            return Finding.Fault(check, $"{name}: {fault}.", $"Publish the provider's present key: {name}. TXT \"v=DKIM1; k=rsa; p=…\"");
        if (key.Testing)
            return Finding.Warning(check, $"{name} is marked as a test (t=y): receivers take no notice of the signature.", "Take t=y out of the record.");
        return key.Bits is > 0 and < 2048
            ? Finding.Warning(check, $"{name} holds an RSA key of {key.Bits} bits; 2048 is what receivers expect (RFC 8301).", "Have your mail provider make a key of 2048 bits.")
            : Finding.Ok(check, $"{name} holds {(key.Bits > 0 ? $"an RSA key of {key.Bits} bits" : "an Ed25519 key")}.");
    }

    private static Finding Dmarc(string domain, DmarcPolicy? dmarc)
    {
        var check = $"DMARC {domain}";
        var publish = $"_dmarc.{dmarc?.Domain ?? domain}. TXT \"v=DMARC1; p=none; rua=mailto:postmaster@{dmarc?.Domain ?? domain}\"";
        return dmarc switch
        {
            null => Finding.Warning(check, "It publishes no DMARC policy: large providers ask one of senders of many mails.", $"Publish: {publish}"),
            { Records: > 1 } => Finding.Fault(check, $"_dmarc.{dmarc.Domain} holds {dmarc.Records} policies, which voids them (RFC 7489, 6.6.3).", $"Keep one only: {publish}"),
            { Policy: null } => Finding.Fault(check, $"The policy under _dmarc.{dmarc.Domain} says neither none, quarantine nor reject (p=).", $"Publish: {publish}"),
            _ => Finding.Ok(check, $"_dmarc.{dmarc.Domain} asks for {dmarc.Policy}."),
        };
    }

    // Relaxed: both of the domain that publishes the policy, or one below the other.
    private static IEnumerable<Finding> Aligned(string domain, string envelope, DmarcPolicy? dmarc)
    {
        if (dmarc is not { Policy: not null } || (dmarc.StrictSpf ? Is(envelope, domain) : IsWithin(envelope, dmarc.Domain) || IsWithin(dmarc.Domain, envelope)))
            yield break;
        yield return Finding.Warning(
            $"DMARC {domain}", $"The return path is of {envelope}, which does not count for {domain}: mails pass by DKIM alone.", $"Have them signed as {domain}, or give Relance:Bounces:ReturnPath an address of {domain}.");
    }

    // A domain without MX takes mail at its own address (RFC 5321 §5.1); one with MX "." takes none (RFC 7505).
    private async Task<IReadOnlyList<Finding>> ReturnAsync(string envelope, CancellationToken ct)
    {
        var hosts = await _dns.FindAsync(envelope, DnsType.Mx, ct) ?? [];
        var takes = hosts.Count > 0 ? hosts.Any(host => host.Length > 0) : await _dns.FindAsync(envelope, DnsType.A, ct) is { Count: > 0 };
        return takes ? [] : [Finding.Warning($"MX {envelope}", "It takes no mail: what cannot be delivered never comes back.", $"Publish: {envelope}. MX 10 followed by the host that takes its mail.")];
    }

    private string EnvelopeOf(string from) => settings.Bounces.ReturnPath is { } path ? DomainOf(path) ?? from : from;

    private string Server() => settings.Smtp.Host is { Length: > 0 } host && Uri.CheckHostName(host) == UriHostNameType.Dns ? $"a:{host}" : "include:(what your mail provider names)";

    private static string? DomainOf(string address) => address.LastIndexOf('@') is >= 0 and var at ? Ascii(address[(at + 1)..]) : null;

    // Published in the letters of the DNS (RFC 5891).
    private static string Ascii(string domain) => Uri.TryCreate($"mailto:x@{domain}", UriKind.Absolute, out var mail) ? mail.IdnHost : domain;

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsWithin(string domain, string above) => Is(domain, above) || domain.EndsWith("." + above, StringComparison.OrdinalIgnoreCase);
}
