using System.Xml.Linq;
using Relance.Agency;
using Relance.Storage;

namespace Relance.Operations.Backup;

/// <summary>Reads and writes whole keys of the key ring, wherever it lies.</summary>
internal static class KeyRingCopy
{
    private const string Prefix = "key-ring:";

    /// <summary>Every key.</summary>
    public static async Task<IReadOnlyList<SavedKey>> ReadAsync(Session session, RelanceSettings settings)
    {
        if (session.Dialect == Dialect.Postgres)
            return [.. (await session.QueryAsync<Row>("SELECT key AS Key, value AS Value FROM instance WHERE key LIKE 'key-ring:%' ORDER BY key")).Select(row => new SavedKey(row.Key[Prefix.Length..], row.Value))];
        var folder = KeyRing.Folder(settings);
        if (!Directory.Exists(folder))
            return [];
        var keys = new List<SavedKey>();
        foreach (var file in Directory.GetFiles(folder, "*.xml").Order(StringComparer.Ordinal))
            keys.Add(new(Path.GetFileNameWithoutExtension(file), await File.ReadAllTextAsync(file)));
        return keys;
    }

    /// <summary>Adds keys; those already there stay. Returns what takes them away again, should the restore fail after all.</summary>
    public static async Task<Action> WriteAsync(Session session, RelanceSettings settings, IReadOnlyList<SavedKey> keys)
    {
        var added = new List<string>();
        var files = new FileKeyRing(KeyRing.Folder(settings));
        foreach (var key in keys)
        {
            if (session.Dialect == Dialect.Postgres)
            {
                await session.ExecuteAsync("INSERT INTO instance (key, value) VALUES (@Key, @Xml) ON CONFLICT (key) DO NOTHING", new { Key = Prefix + key.Name, key.Xml });
                continue;
            }
            var path = Path.Combine(KeyRing.Folder(settings), $"{key.Name}.xml");
            if (File.Exists(path))
                continue;
            files.StoreElement(XElement.Parse(key.Xml), key.Name);
            added.Add(path);
        }
        return () => added.ForEach(File.Delete);
    }

    /// <summary>A key's name becomes a file's name.</summary>
    /// <exception cref="RefusedException">A name that could lead elsewhere, or text that is not XML.</exception>
    public static void Check(IReadOnlyList<SavedKey> keys)
    {
        foreach (var key in keys)
        {
            if (key.Name.Length is 0 or > 100 || !key.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'))
                throw RefusedException.Invalid("backup", "expected keys named by letters, digits and hyphens");
            try
            {
                _ = XElement.Parse(key.Xml);
            }
            catch (System.Xml.XmlException)
            {
                throw RefusedException.Invalid("backup", $"expected XML in the key {key.Name}");
            }
        }
    }

    private sealed class Row
    {
        public string Key { get; init; } = "";
        public string Value { get; init; } = "";
    }
}
