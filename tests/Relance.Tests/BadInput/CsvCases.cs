using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Relance.Agency;
using Relance.Import;
using Relance.Tests.Billing;

namespace Relance.Tests.BadInput;

/// <summary>Files of contracts as spreadsheets, people and attackers write them.</summary>
internal static class CsvCases
{
    private const string Header = "reference;client;email;plan;start;months;amount";
    private const string Row = "M-1;Atelier Moreau;contact@moreau.example;Maintenance;2026-01-01;12;480.00";

    public static Family Import { get; } = new("Contracts from a file", "Files given to `relance import --dry-run` for a shop in euros with one product, `MAINT-12`. A fault is told as line, column, what was expected and what is there; rows without one count as made.", ImportAsync);

    public static Family Export { get; } = new("Contracts to a file", "Clients imported under these names, as `relance export` writes them: a spreadsheet runs a cell that begins like a formula.", ExportAsync);

    private static IEnumerable<(string, byte[])> Cases => [.. Files, .. Headers, .. Cells];

    private static IEnumerable<(string, byte[])> Files =>
    [
        ("nothing", []),
        ("blank lines", Text("\r\n \r\n\r\n")),
        ("a header and no row", Text(Header)),
        ("an Excel workbook", [(byte)'P', (byte)'K', 3, 4, 20, 0, 6, 0]),
        ("a zero byte in a cell", Text($"{Header}\n{Row.Replace("Moreau", "Mor\0eau", StringComparison.Ordinal)}")),
        ("an image", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13]),
        ("one byte over ten megabytes", new byte[CsvFile.MostBytes + 1]),
        ("a line of two megabytes", Text($"{Header}\n{Row}{new string(' ', 2 * 1024 * 1024)}")),
        ("100,001 rows", Text(Header + string.Concat(Enumerable.Repeat("\nx", CsvRows.MostRows + 1)))),
        ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Text($"{Header}\n{Row}")]),
        ("UTF-8 with a mark only", [0xEF, 0xBB, 0xBF]),
        ("Windows-1252", Encoded(1252, $"Référence;Client;Formule;Échéance;Durée;Montant\nM-1;Crêperie;Été;31/12/2026;12;480,00")),
        ("UTF-16, little end first", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"{Header}\n{Row}")]),
        ("UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes($"{Header}\n{Row}")]),
        ("UTF-16 without a mark", Encoding.Unicode.GetBytes($"{Header}\n{Row}")),
        ("half a UTF-16 letter at the end", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"{Header}\n{Row}"), 65]),
        ("UTF-8 broken in one cell: read as Windows-1252", [.. Text($"{Header}\nM-1;Caf"), 0xE9, .. Text(";contact@moreau.example;Maintenance;2026-01-01;12;480.00")]),
        ("lines ended by carriage returns alone", Text($"{Header}\r{Row}")),
        ("commas", Text($"{Header}\n{Row}".Replace(';', ','))),
        ("tabs", Text($"{Header}\n{Row}".Replace(';', '\t'))),
        ("`sep=,` before the header", Text($"sep=,\n{Header}\n{Row}".Replace(';', ','))),
        ("bars", Text($"{Header}\n{Row}".Replace(';', '|'))),
        ("another separator in the row", Text($"{Header}\n{Row.Replace(';', ',')}")),
        ("HTML", Text("<!DOCTYPE html><html><body>404</body></html>")),
        ("JSON", Text("""[{"reference":"M-1"}]""")),
    ];

    private static IEnumerable<(string, byte[])> Headers =>
    [
        ("no header", Text(Row)),
        ("a header without `amount`", Text($"{Header.Replace(";amount", "", StringComparison.Ordinal)}\n{Row}")),
        ("a header with `client` and `nom`", Text($"{Header};nom\n{Row};x")),
        ("columns nobody knows", Text($"{Header};couleur;<b>x</b>\n{Row};rouge;1")),
        ("100,000 columns", Text(Header + new string(';', 100_000))),
        ("a row of 100,000 cells", Text($"{Header}\n{Row}{string.Concat(Enumerable.Repeat(";x", 100_000))}")),
        ("a row cut short", Text($"{Header}\nM-1;Atelier Moreau")),
        ("one cell too many", Text($"{Header}\n{Row};surplus")),
        ("the same reference twice", Text($"{Header}\n{Row}\n{Row}")),
        ("one client of two kinds", Text($"{Header};kind\n{Row};business\n{Row.Replace("M-1", "M-2", StringComparison.Ordinal)};consumer")),
        ("a quotation mark left open", Text($"{Header}\nM-1;\"Atelier;contact@moreau.example;Maintenance;2026-01-01;12;480.00\n{Row}")),
        ("a quotation mark inside a cell", Text($"{Header}\n{Row.Replace("Atelier", "Ate\"lier", StringComparison.Ordinal)}")),
        ("text after a quoted cell", Text($"{Header}\n{Row.Replace("Atelier Moreau", "\"Atelier\"Moreau", StringComparison.Ordinal)}")),
        ("quotation marks doubled", Text($"{Header}\n{Row.Replace("Atelier Moreau", "\"Le \"\"Petit\"\"; SARL\"", StringComparison.Ordinal)}")),
        ("a line break in a cell", Text($"{Header}\n{Row.Replace("Atelier Moreau", "\"Atelier\nMoreau\"", StringComparison.Ordinal)}")),
    ];

    private static IEnumerable<(string, byte[])> Cells =>
    [
        .. Each("start", "31/02/2026", "29/02/2026", "29/02/2024", "01/01/26", "2026-1-1", "2026-13-01", "12/31/2026", "46023", "1er janvier 2026", "0001-01-01", "2200-01-01", "2026-01-01T00:00:00", "٢٠٢٦-٠١-٠١"),
        .. Each("amount", "1 234,50", "1.234,50", "1,234.50", "1,234", "1.234", "12 34,50", "-5", "0", "0,001", "1e3", "NaN", "9999999999999", "999999999999,99", "480,00 $", "480 €", "(480)", "=1+1", "٤٨٠"),
        .. Each("months", "0", "-1", "1,5", "61", "douze", "12 mois", "P12M", "P1Y", "99999999999"),
        .. Each("email", "pas une adresse", "a@b@c.example", "Jean <jean@client.example>", "jean@client.example; anne@client.example", "jean@client.example\tBcc: x@y.example", "mailto:jean@client.example"),
        .. Each("reference", "", new string('x', 201), "M\u0007"),
        .. More("product", "INCONNU", "999999", "MAINT-12", "-1"),
        .. More("currency", "EURO", "€", "ZZZ", "JPY", "usd"),
        .. More("kind", "martien"), .. More("vat", "120", "-5", "20 %"), .. More("country", "France", "fr"), .. More("link", "javascript:alert(1)", "ftp://x.example/", "https://payer.example/1"),
        .. More("status", "peut-être", "ended"), .. More("customer", "0", "douze", "99999999999999999999"), .. More("paid until", "2020-01-01", "2025-12-31"), .. More("notice", "25"), .. More("first start", "2027-01-01"),
    ];

    // A cell of the columns that every case has.
    private static IEnumerable<(string, byte[])> Each(string column, params IEnumerable<string> cells) => cells.Select(cell =>
    {
        var row = Row.Split(';');
        row[Array.IndexOf(Header.Split(';'), column)] = $"\"{cell}\"";
        return (Name(column, cell), Text($"{Header}\n{string.Join(';', row)}"));
    });

    // A cell of a column besides.
    private static IEnumerable<(string, byte[])> More(string column, params IEnumerable<string> cells) =>
        cells.Select(cell => (Name(column, cell), Text($"{Header};{column}\n{Row};\"{cell}\"")));

    private static string Name(string column, string cell) => $"`{column}` = {(cell.Length is 0 ? "nothing" : cell.Length > 60 ? $"{cell.Length} characters" : $"`{cell}`")}";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Encoded(int page, string text) => CodePagesEncodingProvider.Instance.GetEncoding(page)!.GetBytes(text);

    private static async Task<IReadOnlyList<Answered>> ImportAsync()
    {
        await using var world = await BillingWorld.LinkedAsync();
        var import = world.Services.GetRequiredService<CsvImport>();
        return await Family.EachAsync(Cases, async file =>
        {
            try
            {
                using var csv = new MemoryStream(file);
                return Shown(await import.RunAsync(world.ShopId, csv, dryRun: true, Actor.CommandLine, CancellationToken.None));
            }
            catch (RefusedException refused)
            {
                return $"refused: {refused.Field}: {refused.Expected}";
            }
        });
    }

    private static string Shown(ImportReport report) => string.Join("; ", (string[])
    [
        $"{report.Made} made", .. report.Faults.Select(fault => fault.ToString()), .. report.IgnoredColumns.Count > 0 ? [$"ignored: {string.Join(", ", report.IgnoredColumns)}"] : Array.Empty<string>(),
    ]);

    private static async Task<IReadOnlyList<Answered>> ExportAsync()
    {
        string[] names = ["=1+1", "=HYPERLINK(\"https://x.example\";\"Payer\")", "+33 1 23 45", "-x", "@SUM(A1)", "'=x", "l'Atelier", "Le \"Petit\"; SARL", "<script>alert(1)</script>"];
        await using var world = await BillingWorld.LinkedAsync();
        using var csv = new MemoryStream(Text(Header + string.Concat(names.Select((name, i) => $"\nM-{i};\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\";c{i}@client.example;Maintenance;2026-01-01;12;480.00"))));
        await world.Services.GetRequiredService<CsvImport>().RunAsync(world.ShopId, csv, dryRun: false, Actor.CommandLine, CancellationToken.None);
        using var written = new MemoryStream();
        await world.Services.GetRequiredService<CsvExport>().WriteAsync(world.ShopId, written, CancellationToken.None);
        var lines = Encoding.UTF8.GetString(written.ToArray()).Split("\r\n");
        return [.. names.Select((name, i) => new Answered($"`{name}`", $"`{lines.Single(line => line.StartsWith($"M-{i};", StringComparison.Ordinal)).Split($"c{i}@")[0]}…`"))];
    }
}
