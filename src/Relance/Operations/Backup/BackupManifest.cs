using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relance.Operations.Backup;

/// <summary>One table in a backup.</summary>
/// <param name="Rows">Number of rows, one line each.</param>
/// <param name="Hash">SHA-256 of the uncompressed lines, lower-case hex.</param>
public sealed record BackupTable(string Name, long Rows, string Hash);

/// <summary>What a backup holds; the last entry of the file, since only then are the hashes known.</summary>
/// <param name="Format">Version of the file's format: 1.</param>
/// <param name="Schema">Number of the newest migration of the database that was saved.</param>
/// <param name="MadeAt">Instant of the snapshot, real time, milliseconds UTC.</param>
/// <param name="Keys">Number of keys in the key ring.</param>
/// <param name="KeysHash">SHA-256 of the key ring's entry as stored.</param>
/// <param name="KeysEncrypted">Whether a passphrase is needed to read the key ring.</param>
public sealed record BackupManifest(
    int Format, string Relance, long Schema, string Database, long MadeAt, IReadOnlyList<BackupTable> Tables, int Keys, string KeysHash, bool KeysEncrypted)
{
    internal const int CurrentFormat = 1;
    internal const string EntryName = "manifest.json";

    /// <summary>All rows of all tables.</summary>
    [JsonIgnore]
    public long Rows => Tables.Sum(table => table.Rows);

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
