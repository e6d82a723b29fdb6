using Relance.Billing;

namespace Relance.Outbox;

/// <summary>Links to a client's own pages about one contract, sealed and bound to one purpose.</summary>
public interface IClientLinks
{
    /// <summary>Where the client refuses the renewal of the running term; null when it cannot be refused there any more.</summary>
    /// <param name="now">Business instant from which the link is valid.</param>
    Uri? Refuse(StoredContract contract, DateTimeOffset now);

    /// <summary>Where the client ends the contract (« résilier votre contrat », C. consom. L215-1-1).</summary>
    /// <param name="now">Business instant from which the link is valid.</param>
    Uri? Terminate(StoredContract contract, DateTimeOffset now);
}
