using System.Text.Json.Serialization;
using Relance.Legal;

namespace Relance.Evidence;

/// <summary>What a dossier is about, and where its journal ends. Dates are local to the shop.</summary>
/// <param name="Format">Version of the dossier's form: 1.</param>
/// <param name="On">The business day on which it was made: amounts that grow with time are as of this day.</param>
/// <param name="Locale">fr or en: the language of its pages.</param>
internal sealed record DossierFacts(
    int Format, DateOnly On, string Locale, DossierShop Shop, DossierContract Contract, DossierClient Client, IReadOnlyList<DossierInvoice> Invoices,
    IReadOnlyList<ErasedFile> Erased, DossierHead Head, IReadOnlyList<DossierStamp> Stamps);

/// <summary>The shop whose journal this is.</summary>
internal sealed record DossierShop(string Id, string Name, string Url, string Mode, bool Test);

/// <summary>The contract as it stands.</summary>
/// <param name="Amount">Price of the next term incl. VAT, in minor units.</param>
internal sealed record DossierContract(
    string Id, string Reference, string Source, string Plan, string Renewal, string Standing, DateOnly TermStart, DateOnly TermEnd, int TermNo, string? Notice, long Amount, string Currency,
    DateOnly? SuspendedOn, DateOnly? DeclinedOn, DateOnly? EndedOn);

/// <summary>Who the client is.</summary>
/// <param name="Kind">consumer, business, non-professional, public or unknown.</param>
internal sealed record DossierClient(string Id, string Name, string? Email, string Kind);

/// <summary>An order or invoice as the shop tells it; amounts in minor units.</summary>
internal sealed record DossierInvoice(string ExternalId, string Number, string Role, long? Term, long Total, long Paid, string Currency, DateOnly? DueOn, string Status, string PaymentMethod);

/// <summary>Bytes that the journal names and that are not here any more: retention or an erasure took them.</summary>
internal sealed record ErasedFile(string Hash, DateTimeOffset? At);

/// <summary>The last entry of the journal.</summary>
internal sealed record DossierHead(long Seq, string Hash);

/// <summary>A time-stamp (RFC 3161) over the hash of an entry: this entry and all before it existed then.</summary>
/// <param name="File">The token in the dossier.</param>
internal sealed record DossierStamp(long Seq, string Hash, DateTimeOffset At, string Authority, string File);

/// <summary>A message, and what the server answered to each attempt.</summary>
/// <param name="Mode">live: the client; redirect: the agency itself; dry: nobody.</param>
/// <param name="State">sent: a server took it.</param>
/// <param name="File">Its bytes in the dossier; null when none were written, or they are erased.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
internal sealed record DossierMessage(
    string Id, string Class, string Mode, string State, DateOnly On, string Steps, string? File, string? Hash, IReadOnlyList<DossierAttempt> Attempts, DateTimeOffset? BouncedAt, string? BounceAnswer);

/// <summary>One attempt.</summary>
/// <param name="HandedAt">When the body went out to the server.</param>
/// <param name="Answer">The server's own words.</param>
internal sealed record DossierAttempt(long N, DateTimeOffset StartedAt, DateTimeOffset? HandedAt, DateTimeOffset? FinishedAt, string? Outcome, string? Answer);

/// <summary>A computation of the law.</summary>
/// <param name="Kind">notice-window, late-payment, limitation or refund.</param>
/// <param name="About">The term or invoice.</param>
/// <param name="Missing">Why it could not be made, where it could not.</param>
internal sealed record DossierLaw(string Kind, string About, object? Result, string? Missing = null)
{
    /// <summary>The texts it rests on.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Articles => (Result as ILawAnswer)?.Articles ?? [];

    /// <summary>The computation, line by line.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Working => (Result as ILawAnswer)?.Working ?? [];
}
