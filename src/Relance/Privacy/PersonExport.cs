using System.Globalization;
using System.Text.Json;
using Relance.Agency;
using Relance.Evidence;
using Relance.Storage;

namespace Relance.Privacy;

/// <summary>Everything that is held about a person (GDPR, art. 15 and 20): one JSON document, and the mails byte for byte.</summary>
public sealed class PersonExport
{
    private static readonly JsonSerializerOptions Json = DossierFormat.Document;

    private readonly Database _database;

    internal PersonExport(Database database) => _database = database;

    /// <summary>Writes the document alone; mails are in it as base64.</summary>
    /// <param name="who">A client's id, or an e-mail address.</param>
    /// <exception cref="RefusedException">Nobody has that id or address.</exception>
    public async Task<int> WriteJsonAsync(string who, Stream to, CancellationToken ct)
    {
        var (document, files) = await ReadAsync(who, ct);
        document["files"] = files.Select(file => new { name = file.Name, base64 = Convert.ToBase64String(file.Bytes) }).ToList();
        await JsonSerializer.SerializeAsync(to, document, Json, ct);
        return files.Count;
    }

    /// <summary>Writes an archive: the document, and a file for each mail.</summary>
    /// <inheritdoc cref="WriteJsonAsync"/>
    public async Task<int> WriteZipAsync(string who, Stream to, CancellationToken ct)
    {
        var (document, files) = await ReadAsync(who, ct);
        document["files"] = files.Select(file => file.Name).ToList();
        await using var zip = new DossierZip(to, ct);
        await zip.AddAsync("person.json", JsonSerializer.SerializeToUtf8Bytes(document, Json));
        foreach (var (name, bytes) in files)
            await zip.AddAsync(name, bytes);
        await zip.FinishAsync();
        return files.Count;
    }

    private Task<(Dictionary<string, object> Document, IReadOnlyList<(string Name, byte[] Bytes)> Files)> ReadAsync(string who, CancellationToken ct) => _database.ReadAsync(
        async session =>
        {
            var person = await Person.FindAsync(session, who);
            var tables = new PersonTables(session, person);
            var document = new Dictionary<string, object>(StringComparer.Ordinal) { ["about"] = "Everything that Relance holds about one person. Instants are UTC, dates local to the shop, amounts in minor units (cents)." };
            foreach (var (name, rows) in await tables.AllAsync())
                document[name] = rows.Select(row => row.ToDictionary(cell => cell.Key, cell => Readable(cell.Key, cell.Value), StringComparer.Ordinal)).ToList();
            IReadOnlyList<(string, byte[])> files = [.. (await tables.FilesAsync()).Select(file => ($"files/{file.Hash}.{(file.Bytes.AsSpan().IndexOf("\nFrom: "u8) >= 0 ? "eml" : "txt")}", file.Bytes))];
            return (document, files);
        },
        ct);

    private static object? Readable(string column, object? value) => value switch
    {
        long at when column is "not_before" or "lease_until" || column.EndsWith("_at", StringComparison.Ordinal) || column == "at" => Values.Instant(at).UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        string text when column is "data" or "entry" => Parsed(text),
        DBNull => null,
        _ => value,
    };

    private static object Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
