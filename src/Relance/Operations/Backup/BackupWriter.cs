using System.Buffers;
using System.Data;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Relance.Storage;

namespace Relance.Operations.Backup;

/// <summary>Writes one consistent snapshot, row by row: memory does not grow with the database.</summary>
internal sealed class BackupWriter(Database database, RelanceSettings settings, TimeProvider clock, IProgress<BackupProgress>? progress)
{
    private const int Chunk = 64 * 1024;
    private const int RowsPerReport = 50_000;

    /// <summary>Writes the whole file; the stream need not be able to seek.</summary>
    public async Task<BackupManifest> WriteAsync(Stream to, KeyCover cover, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        // Readers hold nobody up: WAL on SQLite, row versions on PostgreSQL.
        await using var snapshot = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var session = new Session(connection, snapshot, database.Dialect, ct);
        var schema = await session.ValueAsync<long>("SELECT MAX(number) FROM migration");
        var made = clock.GetUtcNow();
        var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        await using (zip)
        {
            var tables = new List<BackupTable>();
            foreach (var table in (await TableCatalogue.InOrderAsync(session)).Where(TableCatalogue.IsSaved))
                tables.Add(await TableAsync(zip, session, table, ct));
            // After the snapshot: a key made meanwhile does no harm, a missing one would.
            var keys = await KeyRingCopy.ReadAsync(session, settings);
            var envelope = KeyEnvelope.Seal(keys, cover, tables);
            await EntryAsync(zip, cover.Passphrase is null ? KeyEnvelope.PlainEntry : KeyEnvelope.EncryptedEntry, envelope, ct);
            var manifest = new BackupManifest(
                BackupManifest.CurrentFormat, Version, schema, database.Dialect.ToString().ToLowerInvariant(), made.Millis(), tables, keys.Count, Values.Hash(envelope), cover.Passphrase is not null);
            await EntryAsync(zip, BackupManifest.EntryName, JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifest.Json), ct);
            return manifest;
        }
    }

    private static string Version => typeof(BackupWriter).Assembly.GetName().Version!.ToString(3);

    private async Task<BackupTable> TableAsync(ZipArchive zip, Session session, string table, CancellationToken ct)
    {
        var total = await session.ValueAsync<long>(TableCatalogue.Count(table));
        await using var command = session.Raw(await TableCatalogue.SelectAsync(session, table));
        await using var rows = await command.ExecuteReaderAsync(ct);
        await using var entry = await zip.CreateEntry(EntryOf(table), CompressionLevel.Fastest).OpenAsync(ct);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new ArrayBufferWriter<byte>(2 * Chunk);
        await using var json = new Utf8JsonWriter(buffer, Rows.Options);
        var done = 0L;
        while (await rows.ReadAsync(ct))
        {
            Rows.Write(json, rows);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount >= Chunk)
                await FlushAsync();
            if (++done % RowsPerReport == 0)
                progress?.Report(new(table, done, total));
        }
        await FlushAsync();
        progress?.Report(new(table, done, total));
        return new(table, done, Convert.ToHexStringLower(hash.GetHashAndReset()));

        async Task FlushAsync()
        {
            hash.AppendData(buffer.WrittenSpan);
            await entry.WriteAsync(buffer.WrittenMemory, ct);
            buffer.ResetWrittenCount();
        }
    }

    /// <summary>Where a table lies in the file.</summary>
    public static string EntryOf(string table) => $"tables/{table}.jsonl";

    private static async Task EntryAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await entry.WriteAsync(bytes, ct);
    }
}

/// <summary>How far a backup or a restore is.</summary>
public sealed record BackupProgress(string Table, long Rows, long Total);
