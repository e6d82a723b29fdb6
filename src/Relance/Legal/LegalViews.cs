namespace Relance.Legal;

/// <summary>The legal dates that come, of contracts that renew tacitly.</summary>
/// <param name="Contracts">Open contracts that renew tacitly, with or without a date in these days.</param>
/// <param name="Dates">In order. Terms after the running one are there as if each contract went on.</param>
public sealed record LegalCalendar(DateOnly From, DateOnly To, int Contracts, IReadOnlyList<LegalDate> Dates);

/// <summary>One legal date. Local dates.</summary>
/// <param name="What">window-opens, send-on, alarm, hard-stop (last lawful day of the notice), deadline (last day to refuse) or term.</param>
/// <param name="Reference">As the legal notice prints it.</param>
/// <param name="ClientKind">consumer, business, non-professional, public or unknown.</param>
/// <param name="TermEnd">The last day of the term it is about.</param>
/// <param name="Covered">Whether C. consom. L215-1 protects the client.</param>
/// <param name="Notice">What became of the notice: given, off (a person said so), blocked (no lawful day exists), missed or open.</param>
public sealed record LegalDate(
    DateOnly On, string What, string ContractId, string Reference, string ClientId, string Client, string ClientKind, string Shop, DateOnly TermEnd, bool Covered, string Notice);

/// <summary>What is not in order for the law, the worst first.</summary>
/// <param name="On">The day that was looked at.</param>
/// <param name="Contracts">Open contracts that renew tacitly or automatically.</param>
public sealed record LegalAudit(DateOnly On, int Contracts, IReadOnlyList<LegalFinding> Findings);

/// <summary>One thing that is not in order.</summary>
/// <param name="Kind">Such as client-kind-unknown, notice-blocked, near-hard-stop or no-notice-period.</param>
/// <param name="Level">fault: the law is or will be missed; warning: something must be known.</param>
/// <param name="Until">The last day on which it can be mended, where there is one.</param>
/// <param name="Message">What it is, for people.</param>
/// <param name="Mend">What to do.</param>
/// <param name="Articles">The texts it rests on.</param>
public sealed record LegalFinding(
    string Kind, string Level, string ContractId, string Reference, string ClientId, string Client, string Shop, DateOnly? Until, string Message, string Mend, IReadOnlyList<string> Articles);
