namespace Relance.Domain.Billing;

/// <summary>What the law sees in a client: it decides which notices and which penalties apply.</summary>
public enum ClientKind
{
    /// <summary>Not known yet: protected like a consumer (our cautious reading of L215-1).</summary>
    Unknown,
    /// <summary>Buys for its business.</summary>
    Business,
    /// <summary>A natural person outside any business (Code de la consommation, article liminaire).</summary>
    Consumer,
    /// <summary>A legal person not acting for business: association, co-ownership (L215-3).</summary>
    NonProfessional,
    /// <summary>State, local authority, public establishment (CCP R2192-10).</summary>
    PublicBody,
}

/// <summary>Who a contract binds, as one shop knows them.</summary>
/// <param name="Name">How the mail addresses them: the company, else first and last name.</param>
/// <param name="Email">Where the mail goes; null when the shop has none.</param>
/// <param name="Locale">Language tag of the mails, e.g. <c>fr</c>.</param>
public sealed record Client(string Name, string? Email, ClientKind Kind, string Locale);
