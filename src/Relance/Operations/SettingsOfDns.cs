using System.Net;

namespace Relance.Operations;

/// <summary>The mails as receivers see them.</summary>
/// <param name="DkimSelector">Under which name of <c>_domainkey</c> the mail provider's key is published (RFC 6376 §3.1); null: DKIM is not checked.</param>
public sealed record MailSettings(string? DkimSelector = null);

/// <summary>Looking up what the sender's domain publishes.</summary>
/// <param name="Server">A recursive name server; null: those of this machine.</param>
public sealed record DnsSettings(IPEndPoint? Server = null)
{
    private const int Port = 53;

    /// <summary>An IP address, with a port where it is not 53; null when it is none.</summary>
    internal static IPEndPoint? Parse(string text) => IPEndPoint.TryParse(text, out var server) ? new(server.Address, server.Port == 0 ? Port : server.Port) : null;
}
