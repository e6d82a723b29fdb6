namespace Relance.Evidence.Checking;

/// <summary>One thing that is not as it was exported.</summary>
/// <param name="Kind">altered, missing, added, unsafe, unreadable, or untrusted: a time-stamp that somebody else signed.</param>
/// <param name="Part">The file of the dossier; <c>archive</c> for the zip itself.</param>
/// <param name="Entry">Number of the journal's entry, where it is one.</param>
/// <param name="Message">What it is, for people.</param>
public sealed record DossierFinding(string Kind, string Part, long? Entry, string Message);

/// <summary>Whether a dossier is as it was exported.</summary>
/// <param name="Reference">The contract it is about.</param>
/// <param name="Entries">Lines of the journal that were read.</param>
/// <param name="Clear">Of these, in clear.</param>
/// <param name="Head">Hash of the last entry: to be compared with a copy kept elsewhere.</param>
/// <param name="Stamps">Time-stamps, each with what they prove.</param>
public sealed record DossierVerdict(
    bool Whole, string? Reference, int Files, long Entries, long Clear, string? Head, IReadOnlyList<CheckedStamp> Stamps, IReadOnlyList<DossierFinding> Findings);

/// <summary>A time-stamp that was looked at.</summary>
/// <param name="Seq">This entry and all before it existed at its instant.</param>
/// <param name="At">The authority's instant.</param>
/// <param name="Signer">Who signed it.</param>
/// <param name="Trusted">Signed under the authority that was given; null where none was.</param>
public sealed record CheckedStamp(long Seq, DateTimeOffset? At, string? Signer, bool? Trusted);
