using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace Relance.Evidence.Checking;

/// <summary>Reads a dossier that anybody may have written. Nothing is unpacked to the disk, and no more is read than the file itself has bytes.</summary>
internal sealed class DossierArchive : IAsyncDisposable
{
    private const int MostFiles = 100_000;
    private const int LongestLine = 1024 * 1024;
    private const int LargestDocument = 64 * 1024 * 1024;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _files;

    private DossierArchive(ZipArchive zip, Dictionary<string, ZipArchiveEntry> files) => (_zip, _files) = (zip, files);

    public IReadOnlyCollection<string> Names => _files.Keys;

    public bool Has(string name) => _files.ContainsKey(name);

    /// <summary>Opens it; what is odd about the archive itself goes to the findings.</summary>
    /// <exception cref="InvalidDataException">Not a zip, or one that no dossier can be.</exception>
    public static async Task<DossierArchive> OpenAsync(Stream from, List<DossierFinding> findings, CancellationToken ct)
    {
        var zip = await ZipArchive.CreateAsync(from, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
        if (zip.Entries.Count > MostFiles)
            throw new InvalidDataException($"it has {zip.Entries.Count} files, expected {MostFiles} at most");
        var (files, room) = (new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal), from.Length);
        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName;
            // Stored as they are, files are never larger than the archive: whatever is will be a bomb.
            if (entry.Length != entry.CompressedLength || (room -= entry.Length) < 0)
                findings.Add(new("unsafe", Shown(name), null, "it is compressed, or larger than the archive: a dossier stores its files as they are"));
            else if (!DossierFormat.IsSafe(name))
                findings.Add(new("unsafe", Shown(name), null, "its name could lead out of the folder it is unpacked to"));
            else if (!files.TryAdd(name, entry))
                findings.Add(new("added", name, null, "it is there more than once"));
        }
        if (zip.Comment.Length > 0)
            findings.Add(new("altered", "archive", null, "the archive has a remark, which no dossier has"));
        return new(zip, files);
    }

    /// <summary>SHA-256 of a file.</summary>
    public async Task<string> HashAsync(string name, CancellationToken ct)
    {
        await using var stream = await _files[name].OpenAsync(ct);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }

    /// <summary>A file of limited size.</summary>
    /// <exception cref="InvalidDataException">It is larger, or broken.</exception>
    public async Task<byte[]> BytesAsync(string name, CancellationToken ct)
    {
        var entry = _files[name];
        if (entry.Length > LargestDocument)
            throw new InvalidDataException($"it has {entry.Length} bytes, expected {LargestDocument} at most");
        await using var stream = await entry.OpenAsync(ct);
        var bytes = new byte[entry.Length];
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    /// <summary>The lines of a file, without their ends; null for one that is longer than any of ours.</summary>
    public async IAsyncEnumerable<byte[]?> LinesAsync(string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = await _files[name].OpenAsync(ct);
        var reader = PipeReader.Create(stream);
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return buffer.Slice(0, end).ToArray();
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }
            if (buffer.Length > LongestLine || (read.IsCompleted && buffer.Length > 0))
            {
                yield return buffer.Length > LongestLine ? null : buffer.ToArray();
                break;
            }
            if (read.IsCompleted)
                break;
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
        await reader.CompleteAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _zip.DisposeAsync();

    // A hostile name must not paint a terminal.
    private static string Shown(string name) => string.Concat(name.Take(120).Select(c => char.IsControl(c) ? '?' : c));
}
