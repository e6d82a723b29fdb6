using System.Security.Cryptography;

namespace Relance.Operations.Dns;

/// <summary><c>tag=value; tag=value</c>, as DKIM and DMARC write their records (RFC 6376 §3.2).</summary>
internal static class TagList
{
    /// <summary>The tags, the first of each; null where the text is no such list.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                return null;
            tags.TryAdd(part[..at].Trim(), part[(at + 1)..].Trim());
        }

        return tags;
    }
}

/// <summary>The public key under which receivers check the provider's signature (RFC 6376 §3.6.1).</summary>
/// <param name="Fault">Why it cannot be used; null when it can.</param>
/// <param name="Bits">Of an RSA key; 0 for Ed25519.</param>
/// <param name="Testing">Receivers are asked to take no notice of it (<c>t=y</c>).</param>
internal sealed record DkimKey(string? Fault, int Bits, bool Testing)
{
    /// <summary>Reads the record of a selector.</summary>
    public static DkimKey Read(string record)
    {
        if (TagList.Read(record) is not { } tags || tags.GetValueOrDefault("v", "DKIM1") != "DKIM1")
            return new DkimKey("it is no DKIM record (v=DKIM1)", 0, false);
        var testing = tags.GetValueOrDefault("t", "").Split(':').Contains("y");
        var key = string.Concat((tags.GetValueOrDefault("p") ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (key.Length == 0)
            return new DkimKey("its key is empty: it was withdrawn (p=)", 0, testing);
        return tags.GetValueOrDefault("k", "rsa") switch
        {
            "ed25519" => new DkimKey(Decode(key) is { Length: 32 } ? null : "its key is no Ed25519 key (p=)", 0, testing),
            "rsa" => Rsa(key, testing),
            var other => new DkimKey($"no receiver knows keys of the kind '{other}' (k=)", 0, testing),
        };
    }

    // RFC 8301: receivers take no RSA key below 1024 bits; 2048 is what it should have.
    private static DkimKey Rsa(string key, bool testing)
    {
        using var rsa = RSA.Create();
        try
        {
            if (Decode(key) is not { } bytes)
                return new DkimKey("its key is no base64 (p=)", 0, testing);
            rsa.ImportSubjectPublicKeyInfo(bytes, out _);
            return new DkimKey(rsa.KeySize < 1024 ? $"its key has {rsa.KeySize} bits, receivers want 1024 at least" : null, rsa.KeySize, testing);
        }
        catch (CryptographicException)
        {
            return new DkimKey("its key is no RSA key (p=)", 0, testing);
        }
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}

/// <summary>What receivers shall do with mail in the domain's name that proves itself by neither SPF nor DKIM (RFC 7489).</summary>
/// <param name="Domain">Where it was found: the domain itself, or one above it (§6.6.3).</param>
/// <param name="Policy"><c>none</c>, <c>quarantine</c> or <c>reject</c>; null where the record says none of them.</param>
/// <param name="StrictSpf">The return path must be of the very same domain (<c>aspf=s</c>).</param>
internal sealed record DmarcPolicy(string Domain, int Records, string? Policy, bool StrictSpf)
{
    private const string Version = "v=DMARC1";

    /// <summary>Reads the policy that holds for a domain; null without one.</summary>
    /// <exception cref="DnsException">The domain could not be asked about.</exception>
    public static async Task<DmarcPolicy?> ReadAsync(DnsResolver dns, string domain, CancellationToken ct)
    {
        // Upwards to the last two labels: without the list of public suffixes a domain such as co.uk is asked as well, and has none.
        for (var at = domain; at.Contains('.', StringComparison.Ordinal); at = at[(at.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            var records = (await dns.FindAsync("_dmarc." + at, DnsType.Txt, ct) ?? []).Where(text => text.StartsWith(Version, StringComparison.Ordinal)).ToList();
            if (records.Count > 0)
                return Of(at, records, at != domain);
        }

        return null;
    }

    private static DmarcPolicy Of(string at, List<string> records, bool above)
    {
        var tags = TagList.Read(records[0]) ?? new Dictionary<string, string>();
        var policy = above && tags.TryGetValue("sp", out var below) ? below : tags.GetValueOrDefault("p");
        return new DmarcPolicy(at, records.Count, policy is "none" or "quarantine" or "reject" ? policy : null, tags.GetValueOrDefault("aspf") == "s");
    }
}
