using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Relance.Evidence.Checking;

/// <summary>Checks a dossier by itself: no database, no settings, no network.</summary>
internal static class DossierCheck
{
    /// <summary>Whether it is as it was exported, and what is not.</summary>
    /// <param name="authorities">Certificates under which time-stamps must be signed; null: they are read, and trusted by nobody.</param>
    public static async Task<DossierVerdict> VerifyAsync(Stream from, X509Certificate2Collection? authorities, CancellationToken ct)
    {
        var findings = new List<DossierFinding>();
        try
        {
            await using var archive = await DossierArchive.OpenAsync(from, findings, ct);
            return await VerifyAsync(archive, authorities, findings, ct);
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            findings.Add(new("unreadable", "archive", null, $"it cannot be read as an archive: {fault.Message}"));
            return new(Whole: false, null, 0, 0, 0, null, [], findings);
        }
    }

    /// <summary>What the zip reader throws at a file that was changed: a broken header, a method it does not know, an end that comes early.</summary>
    internal static bool IsBroken(Exception fault) => fault is InvalidDataException or EndOfStreamException or NotSupportedException or OverflowException or ArgumentException or IOException;

    private static async Task<DossierVerdict> VerifyAsync(DossierArchive archive, X509Certificate2Collection? authorities, List<DossierFinding> findings, CancellationToken ct)
    {
        var hashes = await SumsCheck.CheckAsync(archive, findings, ct);
        var facts = await FactsAsync(archive, findings, ct);
        var walk = new JournalWalk(findings);
        foreach (var stamp in facts?.Stamps ?? [])
            walk.Hashes[stamp.Seq] = "";
        if (archive.Has(DossierFormat.Journal))
        {
            await foreach (var line in archive.LinesAsync(DossierFormat.Journal, ct))
                walk.Next(line);
        }
        if (facts is not null)
            Compare(facts, walk, hashes, findings);
        var stamps = facts is null ? [] : await StampsAsync(archive, facts, walk, authorities, findings, ct);
        return new(findings.Count == 0, facts?.Contract.Reference, archive.Names.Count, walk.Last, walk.Clear, walk.Head, stamps, findings);
    }

    private static async Task<DossierFacts?> FactsAsync(DossierArchive archive, List<DossierFinding> findings, CancellationToken ct)
    {
        if (!archive.Has(DossierFormat.Facts))
            return null;
        try
        {
            var facts = JsonSerializer.Deserialize<DossierFacts>(await archive.BytesAsync(DossierFormat.Facts, ct), DossierFormat.Document);
            if (facts is { Format: DossierFormat.Version, Head: not null, Erased: not null, Stamps: not null, Contract: not null })
                return facts;
            findings.Add(new("unreadable", DossierFormat.Facts, null, $"expected a dossier of format {DossierFormat.Version}"));
        }
        catch (Exception fault) when (fault is JsonException || IsBroken(fault))
        {
            findings.Add(new("altered", DossierFormat.Facts, null, "it cannot be read"));
        }
        return null;
    }

    private static void Compare(DossierFacts facts, JournalWalk walk, IReadOnlyDictionary<string, string> hashes, List<DossierFinding> findings)
    {
        if (walk.Last < facts.Head.Seq)
            findings.Add(new("missing", DossierFormat.Journal, walk.Last + 1, $"entries {walk.Last + 1} to {facts.Head.Seq} are not there: the journal was cut at its end"));
        else if (walk.Last != facts.Head.Seq || walk.Head != facts.Head.Hash)
            findings.Add(new("altered", DossierFormat.Journal, walk.Last, $"its last entry is not the one that {DossierFormat.Facts} names"));
        var here = hashes.Values.Concat(facts.Erased.Select(file => file.Hash)).ToHashSet(StringComparer.Ordinal);
        foreach (var (entry, hash) in walk.Contents.Where(named => !here.Contains(named.Value)))
            findings.Add(new("missing", DossierFormat.Journal, entry, $"entry {entry} names a file of SHA-256 {hash}, which is not there as it was, and not erased"));
    }

    private static async Task<IReadOnlyList<CheckedStamp>> StampsAsync(
        DossierArchive archive, DossierFacts facts, JournalWalk walk, X509Certificate2Collection? authorities, List<DossierFinding> findings, CancellationToken ct)
    {
        var stamps = new List<CheckedStamp>();
        foreach (var stamp in facts.Stamps.Where(stamp => archive.Has(stamp.File)))
            stamps.Add(StampCheck.Check(stamp, await archive.BytesAsync(stamp.File, ct), walk.Hashes[stamp.Seq], authorities, findings));
        return stamps;
    }
}
