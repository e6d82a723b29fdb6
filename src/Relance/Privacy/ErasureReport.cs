namespace Relance.Privacy;

/// <summary>What an erasure does, or would do.</summary>
/// <param name="Done">False: only looked at.</param>
/// <param name="Clients">Everybody behind the address, in all shops.</param>
/// <param name="Contracts">What becomes of each contract's evidence.</param>
/// <param name="Files">Mails and words erased now.</param>
/// <param name="KeptFiles">Those kept as evidence until their day.</param>
/// <param name="Withdrawn">Messages that had not left, and do not any more.</param>
/// <param name="Deliveries">Webhook deliveries about the person that were kept, unread or failed, and are deleted.</param>
public sealed record ErasureReport(bool Done, IReadOnlyList<PersonClient> Clients, IReadOnlyList<ErasedContract> Contracts, int Files, int KeptFiles, int Withdrawn, int Deliveries);

/// <summary>A contract of somebody who is forgotten.</summary>
/// <param name="KeepUntil">Its evidence is erased after this day, the end of the limitation period; null: now.</param>
/// <param name="Articles">The texts that day rests on.</param>
public sealed record ErasedContract(string Id, string Reference, string Standing, DateOnly CompletedOn, DateOnly? KeepUntil, IReadOnlyList<string> Articles);
