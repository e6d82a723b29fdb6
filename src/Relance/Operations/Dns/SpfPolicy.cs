using System.Net;
using System.Net.Sockets;

namespace Relance.Operations.Dns;

/// <summary>Which machines may send for a domain (RFC 7208).</summary>
/// <param name="Records">The records found; exactly one is right.</param>
/// <param name="Lookups">Further questions that a receiver must ask; more than ten, and it refuses the record (§4.6.4).</param>
/// <param name="Faults">What makes it void.</param>
/// <param name="All">What it says about all other machines: <c>+</c>, <c>?</c>, <c>~</c>, <c>-</c>; null where it says nothing.</param>
internal sealed record SpfPolicy(IReadOnlyList<string> Records, int Lookups, IReadOnlyList<string> Faults, char? All)
{
    /// <summary>Questions that a receiver asks, at most (§4.6.4).</summary>
    public const int MostLookups = 10;

    private const string Version = "v=spf1";

    /// <summary>Reads the policy of a domain, and of those it includes.</summary>
    /// <exception cref="DnsException">The domain could not be asked about.</exception>
    public static async Task<SpfPolicy> ReadAsync(DnsResolver dns, string domain, CancellationToken ct)
    {
        var records = await RecordsAsync(dns, domain, ct);
        if (records is not [var record])
            return new SpfPolicy(records, 0, [], null);
        var reading = new Reading(dns);
        await reading.FollowAsync(domain, record, ct);
        return new SpfPolicy(records, reading.Lookups, reading.Faults, AllOf(record) ?? reading.Redirected);
    }

    /// <summary>All records of one domain as one.</summary>
    public static string Merged(IReadOnlyList<string> records) => string.Join(' ',
        records.SelectMany(Terms).Where(term => !IsAll(term)).Distinct(StringComparer.OrdinalIgnoreCase).Prepend(Version).Append("~all"));

    private static async Task<IReadOnlyList<string>> RecordsAsync(DnsResolver dns, string domain, CancellationToken ct) =>
        [.. (await dns.FindAsync(domain, DnsType.Txt, ct) ?? []).Where(text => text.Equals(Version, StringComparison.OrdinalIgnoreCase) || text.StartsWith(Version + " ", StringComparison.OrdinalIgnoreCase))];

    private static IEnumerable<string> Terms(string record) => record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    private static bool IsAll(string term) => term.TrimStart('+', '-', '~', '?').Equals("all", StringComparison.OrdinalIgnoreCase);

    private static char? AllOf(string record) => Terms(record).FirstOrDefault(IsAll) is { } all ? all[0] is 'a' or 'A' ? '+' : all[0] : null;

    private sealed class Reading(DnsResolver dns)
    {
        public int Lookups { get; private set; }

        public List<string> Faults { get; } = [];

        public char? Redirected { get; private set; }

        public async Task FollowAsync(string domain, string record, CancellationToken ct)
        {
            foreach (var term in Terms(record))
            {
                var (name, value) = Split(term.TrimStart('+', '-', '~', '?'));
                if (name is "include" or "redirect")
                    await IncludedAsync(domain, name, value, ct);
                else if (name is "a" or "mx" or "ptr" or "exists")
                    Lookups++;
                else if (!IsKnown(name, value) && !IsModifier(term))
                    Faults.Add($"'{term}' of {domain} is no term of SPF");
            }
        }

        // Past the limit nothing more is to be learnt, and a record that includes itself ends there too.
        private async Task IncludedAsync(string domain, string name, string target, CancellationToken ct)
        {
            if (++Lookups > MostLookups || target.Contains('%', StringComparison.Ordinal))
                return;
            var records = DnsMessage.IsName(target) ? await RecordsAsync(dns, target, ct) : [];
            if (records is not [var record])
            {
                Faults.Add($"'{name}' of {domain} leads to '{target}', which has {records.Count} SPF records");
                return;
            }

            if (name == "redirect")
                Redirected ??= AllOf(record);
            await FollowAsync(target, record, ct);
        }

        private static bool IsKnown(string name, string value) => name == "all"
            || (name is "ip4" or "ip6" && IPAddress.TryParse(value.Split('/')[0], out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6) == (name == "ip6"));

        // Unknown modifiers are passed over (§6), unknown mechanisms are an error (§5).
        private static bool IsModifier(string term) => term.IndexOf('=', StringComparison.Ordinal) > 0 && !term.AsSpan(0, term.IndexOf('=', StringComparison.Ordinal)).ContainsAny(":/+-~?");

        // a/24, a:host/24, redirect=host.
        private static (string Name, string Value) Split(string term)
        {
            var at = term.AsSpan().IndexOfAny(':', '=', '/');
            return at < 0 ? (term.ToLowerInvariant(), "") : (term[..at].ToLowerInvariant(), term[(at + 1)..]);
        }
    }
}
