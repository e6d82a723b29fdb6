using System.Text.Json;
using Relance.Journal;

namespace Relance.Evidence.Checking;

/// <summary>Follows the chain of a dossier's journal, and names the very line that does not fit.</summary>
internal sealed class JournalWalk(List<DossierFinding> findings)
{
    // After a line that does not fit, the next may continue what it says or what it should say: whichever fits tells which was changed.
    private string[] _before = [ChainEntry.Genesis];
    private long _line;

    /// <summary>The number of the last entry, and of those in clear.</summary>
    public long Last { get; private set; }

    public long Clear { get; private set; }

    /// <summary>The last hash, as the line says it.</summary>
    public string? Head { get; private set; }

    /// <summary>Hashes by entry that a time-stamp may be over; files that entries in clear name.</summary>
    public Dictionary<long, string> Contents { get; } = [];

    /// <summary>The hash of an entry, for those asked for.</summary>
    public Dictionary<long, string> Hashes { get; } = [];

    /// <summary>Looks at the next line.</summary>
    /// <param name="bytes">Null: longer than any of ours.</param>
    public void Next(byte[]? bytes)
    {
        _line++;
        if (bytes is null || Read(bytes) is not { } line)
        {
            Odd("altered", Last + 1, "it is not a line that was exported");
            (_before, Last) = ([], Last + 1);
            return;
        }
        if (line.Seq <= Last)
        {
            Odd("added", line.Seq, $"entry {line.Seq} is there twice, or out of its place");
            return;
        }
        if (line.Seq > Last + 1)
        {
            Odd("missing", Last + 1, line.Seq == Last + 2 ? "it is not there" : $"entries {Last + 1} to {line.Seq - 1} are not there");
            _before = [];
        }
        Follow(line);
        (Last, Head) = (line.Seq, line.Hash);
        if (Hashes.ContainsKey(line.Seq))
            Hashes[line.Seq] = line.Hash;
    }

    private void Follow(JournalLine line)
    {
        if (line.Digest is null && line.Entry is null)
        {
            // Of an earlier version: there is nothing to compute, the next entry in clear names this hash.
            _before = [line.Hash];
            return;
        }
        var clear = line.Entry is null ? null : Entry(line);
        var (digest, prev) = (clear?.Digest ?? line.Digest!, clear?.PrevHash);
        var fits = prev is null
            ? _before.Length == 0 || _before.Any(before => ChainEntry.Link(before, digest) == line.Hash)
            : (_before.Length == 0 || _before.Contains(prev)) && clear!.Fits;
        if (clear is not null)
            Clear++;
        if (clear?.ContentHash is { } content)
            Contents[line.Seq] = content;
        if (!fits)
            Odd("altered", line.Seq, "its hash is not the one that its content and its place give");
        _before = fits ? [line.Hash] : [line.Hash, .. _before.Append(prev).OfType<string>().Select(before => ChainEntry.Link(before, digest))];
    }

    // Read and written again it must be the same text: JSON has many ways to say one thing.
    private static JournalLine? Read(byte[] bytes)
    {
        try
        {
            var line = JsonSerializer.Deserialize<JournalLine>(bytes, DossierFormat.Line);
            return line is not null && JsonSerializer.SerializeToUtf8Bytes(line, DossierFormat.Line).AsSpan().SequenceEqual(bytes) ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ChainEntry Entry(JournalLine line) => new()
    {
        ShopId = line.Shop ?? "",
        Seq = line.Seq,
        At = line.At ?? 0,
        Kind = line.Kind ?? "",
        SubjectId = line.Subject ?? "",
        Entry = line.Entry!,
        ContentHash = line.Content,
        PrevHash = line.Prev ?? "",
        Hash = line.Hash,
    };

    private void Odd(string kind, long entry, string message) => findings.Add(new(kind, DossierFormat.Journal, entry, FormattableString.Invariant($"line {_line}, entry {entry}: {message}")));
}
