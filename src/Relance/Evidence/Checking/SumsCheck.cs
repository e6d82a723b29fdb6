using System.Text;
using System.Text.RegularExpressions;
using Relance.Storage;

namespace Relance.Evidence.Checking;

/// <summary>Every file against its sum, and the sums against their own.</summary>
internal static partial class SumsCheck
{
    /// <summary>Adds what does not fit; the hashes of all files, by file.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CheckAsync(DossierArchive archive, List<DossierFinding> findings, CancellationToken ct)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in archive.Names.Where(name => name != DossierFormat.Sums))
            hashes[name] = await HashAsync(archive, name, ct);
        if (!archive.Has(DossierFormat.Sums))
        {
            findings.Add(new("missing", DossierFormat.Sums, null, "it holds the sums of all files"));
            return hashes;
        }
        var text = Encoding.Latin1.GetString(await archive.BytesAsync(DossierFormat.Sums, ct));
        var odd = Compare(text, hashes).ToList();
        if (IsWhole(text))
            findings.AddRange(odd);
        else
            // Which of the two was changed cannot be told: a line or its file.
            findings.Add(new("altered", DossierFormat.Sums, null, "it was changed" + (odd.Count == 0 ? "" : $"; what it says of {string.Join(", ", odd.Select(f => f.Part).Distinct(StringComparer.Ordinal).Take(10))} does not fit")));
        return hashes;
    }

    private static IEnumerable<DossierFinding> Compare(string text, Dictionary<string, string> hashes)
    {
        var sums = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match line in Line().Matches(text))
            sums[line.Groups["name"].Value] = line.Groups["hash"].Value;
        foreach (var (name, hash) in sums)
        {
            if (!hashes.TryGetValue(name, out var actual))
                yield return new("missing", name, null, "it was exported and is not there");
            else if (actual != hash)
                yield return new("altered", name, null, actual.Length == 0 ? "it cannot be read" : "its content is not what was exported");
        }
        foreach (var name in hashes.Keys.Where(name => !sums.ContainsKey(name)))
            yield return new("added", name, null, "it was not exported");
    }

    private static bool IsWhole(string text)
    {
        var last = text.LastIndexOf("# ", StringComparison.Ordinal);
        return last > 0 && text[last..] == $"# {Values.Hash(Encoding.Latin1.GetBytes(text[..last]))}\n";
    }

    private static async Task<string> HashAsync(DossierArchive archive, string name, CancellationToken ct)
    {
        try
        {
            return await archive.HashAsync(name, ct);
        }
        catch (Exception fault) when (DossierCheck.IsBroken(fault))
        {
            return "";
        }
    }

    [GeneratedRegex(@"^(?<hash>[^\n]{64})  (?<name>[^\n]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
