namespace Relance.Agency.Digest;

/// <summary>A day's digest, taken by one process for the time of its lease.</summary>
internal sealed record DigestClaim(DateOnly Day, string Lease);
