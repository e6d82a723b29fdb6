using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Relance.Storage;

namespace Relance.Evidence;

/// <summary>Writes an archive that depends on its content alone: entries in their order, stored as they are, without a date. The sums come last.</summary>
internal sealed class DossierZip(Stream to, CancellationToken ct) : IAsyncDisposable
{
    // The earliest that a zip can say.
    private static readonly DateTimeOffset s_noDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive _zip = new(to, ZipArchiveMode.Create, leaveOpen: true);
    private readonly StringBuilder _sums = new();

    /// <summary>Adds a file of a few bytes.</summary>
    public Task AddAsync(string name, ReadOnlyMemory<byte> bytes) => AddAsync(name, stream => stream.WriteAsync(bytes, ct).AsTask());

    /// <summary>Adds a file, as it is written.</summary>
    public async Task AddAsync(string name, Func<Stream, Task> write)
    {
        if (!DossierFormat.IsSafe(name))
            throw new ArgumentException($"name: expected plain letters, got '{name}'.", nameof(name));
        using var hash = SHA256.Create();
        await using (var entry = await Entry(name).OpenAsync(ct))
        await using (var hashed = new CryptoStream(entry, hash, CryptoStreamMode.Write))
        {
            await write(hashed);
            await hashed.FlushFinalBlockAsync(ct);
        }
        _sums.Append(Convert.ToHexStringLower(hash.Hash!)).Append("  ").Append(name).Append('\n');
    }

    /// <summary>Writes the sums of all files, and the sum of these lines: <c>sha256sum -c</c> reads the last one as a remark.</summary>
    public async Task FinishAsync()
    {
        var lines = _sums.ToString();
        await using var entry = await Entry(DossierFormat.Sums).OpenAsync(ct);
        await entry.WriteAsync(Encoding.ASCII.GetBytes($"{lines}# {Values.Hash(Encoding.ASCII.GetBytes(lines))}\n"), ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _zip.DisposeAsync();

    private ZipArchiveEntry Entry(string name)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = s_noDate;
        return entry;
    }
}
