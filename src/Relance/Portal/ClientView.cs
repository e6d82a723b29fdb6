using Relance.Domain.Billing;
using Relance.Operations;

namespace Relance.Portal;

/// <summary>What a client's page shows: their own contract, and nothing of anybody else.</summary>
/// <param name="ClientName">As the shop knows it.</param>
/// <param name="Locale">The client's language.</param>
/// <param name="Reference">As the mails print it.</param>
/// <param name="TermNo">The number of the running term.</param>
/// <param name="Term">The running term.</param>
/// <param name="Next">The term that would follow.</param>
/// <param name="Price">Of the next term, incl. VAT.</param>
/// <param name="Agency">Who the contract is with.</param>
/// <param name="AgencyName">Its name.</param>
/// <param name="Mailed">What is decided now is confirmed by e-mail.</param>
/// <param name="Choice">What can be done today.</param>
/// <param name="DecidedOn">When it was declined or ended.</param>
/// <param name="AskedOn">When an end was asked for after the deadline, while the agency has not answered.</param>
public sealed record ClientView(
    string ClientName, string Locale, string Reference, string Plan, string? Site, int TermNo, Term Term, Term Next, Money Price, SenderSettings Agency, string AgencyName,
    bool Mailed, ClientChoice Choice, DateOnly? DecidedOn, DateOnly? AskedOn);
