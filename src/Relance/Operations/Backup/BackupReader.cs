using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Relance.Agency;
using Relance.Storage;

namespace Relance.Operations.Backup;

/// <summary>Reads a backup, line by line. Nothing in it is believed before <see cref="VerifyAsync"/>.</summary>
internal sealed class BackupReader : IAsyncDisposable
{
    private const int LargestSmallEntry = 16 * 1024 * 1024;
    private readonly ZipArchive _zip;
    private readonly FileStream? _copy;

    private BackupReader(ZipArchive zip, BackupManifest manifest, FileStream? copy) => (_zip, Manifest, _copy) = (zip, manifest, copy);

    public BackupManifest Manifest { get; }

    /// <summary>Opens it; a stream that cannot seek is copied to a file first.</summary>
    /// <exception cref="RefusedException">Not a backup of ours, or of a newer Relance.</exception>
    public static async Task<BackupReader> OpenAsync(Stream from, CancellationToken ct)
    {
        var copy = from.CanSeek ? null : await CopyAsync(from, ct);
        ZipArchive? zip = null;
        try
        {
            zip = await ZipArchive.CreateAsync(copy ?? from, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await SmallAsync(zip, BackupManifest.EntryName, ct), BackupManifest.Json);
            return manifest is { Format: BackupManifest.CurrentFormat, Tables: not null }
                ? new(zip, manifest, copy)
                : throw RefusedException.Invalid("backup", $"expected format {BackupManifest.CurrentFormat}; a newer Relance wrote this file");
        }
        catch (Exception fault)
        {
            if (zip is not null)
                await zip.DisposeAsync();
            if (copy is not null)
                await copy.DisposeAsync();
            throw IsBroken(fault) ? RefusedException.Invalid("backup", "expected a whole file written by 'relance backup'") : fault;
        }
    }

    /// <summary>Every byte against its hash, every row counted; the key ring.</summary>
    /// <exception cref="RefusedException">Something was changed or is missing, or the passphrase is another.</exception>
    public async Task<IReadOnlyList<SavedKey>> VerifyAsync(string? passphrase, CancellationToken ct)
    {
        byte[] envelope;
        try
        {
            foreach (var table in Manifest.Tables)
                await CompareAsync(table, ct);
            envelope = await SmallAsync(_zip, Manifest.KeysEncrypted ? KeyEnvelope.EncryptedEntry : KeyEnvelope.PlainEntry, ct);
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            throw Changed("a part");
        }
        if (Values.Hash(envelope) != Manifest.KeysHash)
            throw Changed("the key ring");
        var keys = KeyEnvelope.Open(envelope, Manifest.KeysEncrypted, passphrase, Manifest.Tables);
        KeyRingCopy.Check(keys);
        return keys.Count == Manifest.Keys ? keys : throw Changed("the key ring");
    }

    /// <summary>The rows of a table, each with its line number.</summary>
    public async IAsyncEnumerable<(long Line, JsonDocument Row)> RowsAsync(string table, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = await Entry(_zip, BackupWriter.EntryOf(table)).OpenAsync(ct);
        using var lines = new StreamReader(stream);
        for (var number = 1L; await lines.ReadLineAsync(ct) is { } line; number++)
        {
            using var row = Parse(table, number, line);
            yield return (number, row);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _zip.DisposeAsync();
        if (_copy is not null)
            await _copy.DisposeAsync();
    }

    private async Task CompareAsync(BackupTable table, CancellationToken ct)
    {
        await using var stream = await Entry(_zip, BackupWriter.EntryOf(table.Name)).OpenAsync(ct);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        var rows = 0L;
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            rows += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        if (rows != table.Rows || Convert.ToHexStringLower(hash.GetHashAndReset()) != table.Hash)
            throw Changed(table.Name);
    }

    // What the zip reader throws at a file that was changed: a broken header, a method it does not know, an end that comes early.
    private static bool IsBroken(Exception fault) => fault is InvalidDataException or EndOfStreamException or NotSupportedException or OverflowException or JsonException;

    private static RefusedException Changed(string part) => RefusedException.Invalid("backup", $"{part} was changed, or cut, since the backup was made; use another copy");

    private static JsonDocument Parse(string table, long number, string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            throw RefusedException.Invalid("backup", FormattableString.Invariant($"{table}, line {number}: expected JSON"));
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name) => zip.GetEntry(name) ?? throw RefusedException.Invalid("backup", $"expected the part {name} in it");

    private static async Task<byte[]> SmallAsync(ZipArchive zip, string name, CancellationToken ct)
    {
        var entry = Entry(zip, name);
        if (entry.Length > LargestSmallEntry)
            throw RefusedException.Invalid("backup", $"expected at most {LargestSmallEntry} bytes in {name}");
        await using var stream = await entry.OpenAsync(ct);
        var bytes = new byte[entry.Length];
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private static async Task<FileStream> CopyAsync(Stream from, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var copy = new FileStream(Path.Combine(Path.GetTempPath(), $"relance-{Values.NewId()}.backup"), options);
        await from.CopyToAsync(copy, ct);
        copy.Position = 0;
        return copy;
    }
}
