using System.Globalization;
using System.Text;
using Relance.Agency;
using Relance.Import;

namespace Relance.Tests.Import;

/// <summary>Encodings, separators, dates and amounts as spreadsheets of two countries write them.</summary>
public sealed class Files_are_read_as_they_come
{
    private static async Task<(CsvFile File, IReadOnlyList<CsvRow> Rows)> ReadAsync(byte[] bytes)
    {
        await using var file = await CsvFile.OpenAsync(new MemoryStream(bytes), CancellationToken.None);
        using var rows = new CsvRows(file);
        return (file, [.. rows.Read()]);
    }

    private static async Task<(ImportedContract? Contract, IReadOnlyList<ImportFault> Faults)> ReadAsync(params (string Column, string Cell)[] cells)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["reference"] = "R", ["client"] = "C", ["plan"] = "P", ["amount"] = "480", ["end"] = "2026-12-31", ["months"] = "12" };
        foreach (var (column, cell) in cells)
            all[column] = cell;
        var (_, rows) = await ReadAsync(Encoding.UTF8.GetBytes($"{string.Join(';', all.Keys)}\n{string.Join(';', all.Values)}"));
        return new RowReader("EUR").Read(rows.ShouldHaveSingleItem());
    }

    [Theory]
    [InlineData("utf-8", ';')]
    [InlineData("windows-1252", ';')]
    [InlineData("windows-1252", ',')]
    [InlineData("utf-8", '\t')]
    [InlineData("utf-16", '\t')]
    public async Task Any_encoding_and_separator(string encoding, char separator)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        var (text, rows) = await ReadAsync([.. bytes.GetPreamble(), .. bytes.GetBytes(string.Join(separator, "Référence", "Client", "Formule", "Montant TTC", "Échéance") + "\r\n" + string.Join(separator, "é1", "Crêperie", "Été", "480", "31/12/2026"))]);
        text.Separator.ShouldBe(separator);
        rows.ShouldHaveSingleItem().Cells[ImportColumn.Reference].ShouldBe("é1");
        rows[0].Cells[ImportColumn.Client].ShouldBe("Crêperie");
    }

    [Fact]
    public async Task A_quotation_mark_left_open_costs_one_row()
    {
        var (_, rows) = await ReadAsync("reference;client;plan;amount\nA;\"Ouvert;P;1\nB;C;P;2\n\nD;\"Le \"\"Petit\"\"; SARL\";P;3"u8.ToArray());
        rows.Select(row => (row.Line, row.Broken is null)).ShouldBe([(2, false), (3, true), (5, true)]);
        rows[2].Cells[ImportColumn.Client].ShouldBe("Le \"Petit\"; SARL");
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 32, 10, 13, 10 })]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 20, 0 })]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b' })]
    public async Task What_is_no_CSV_is_refused(byte[] file) => (await Should.ThrowAsync<RefusedException>(() => ReadAsync(file))).Field.ShouldBe("file");

    [Fact]
    public async Task A_file_above_ten_megabytes_is_refused() =>
        (await Should.ThrowAsync<RefusedException>(() => ReadAsync(new byte[CsvFile.MostBytes + 1]))).Expected.ShouldContain("10 MB");

    [Fact]
    public async Task A_header_says_which_columns_it_lacks_or_has_twice()
    {
        await using var file = await CsvFile.OpenAsync(new MemoryStream("référence;Reference;client;montant\nA;B;C;1"u8.ToArray()), CancellationToken.None);
        using var rows = new CsvRows(file);
        rows.Faults.Select(fault => $"{fault.Line} {fault.Column}").ShouldBe(["1 plan", "1 reference"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("480", "480")]
    [InlineData("1 234,50", "1234.50")]
    [InlineData("1 234,5 €", "1234.50")]
    [InlineData("1 234,50 €", "1234.50")]
    [InlineData("1234.50", "1234.50")]
    [InlineData("1.234,50", "1234.50")]
    [InlineData("1,234.50", "1234.50")]
    [InlineData("1 234 567,00 EUR", "1234567")]
    [InlineData("1,234", null)]
    [InlineData("1.234", null)]
    [InlineData("1.234.50", null)]
    [InlineData("12 34,50", null)]
    [InlineData("12,", null)]
    [InlineData(",50", null)]
    [InlineData("-5", null)]
    [InlineData("1e5", null)]
    [InlineData("quatre cents", null)]
    [InlineData("9999999999999", null)]
    public void Amounts_are_read_or_refused_but_never_guessed(string text, string? amount) =>
        Amounts.Parse(text).ShouldBe(amount is null ? null : decimal.Parse(amount, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-12-31", true)]
    [InlineData("31/12/2026", true)]
    [InlineData("1/2/2026", true)]
    [InlineData("31.12.2026", true)]
    [InlineData("31-12-2026", true)]
    [InlineData("12/31/2026", false)]
    [InlineData("31/12/26", false)]
    [InlineData("29/02/2026", false)]
    [InlineData("0026-12-31", false)]
    [InlineData("46387", false)]
    public async Task Dates_are_French_or_ISO(string text, bool good) => ((await ReadAsync(("end", text))).Contract is not null).ShouldBe(good);

    [Theory]
    [InlineData("start=2026-01-01 end=2026-12-31 months=", "2026-01-01 2026-12-31 12")]
    [InlineData("start=2026-01-01 end=2026-03-31 months=", "2026-01-01 2026-03-31 3")]
    [InlineData("start=2026-01-31 end= months=1", "2026-01-31 2026-02-27 1")]
    [InlineData("start= end=2026-12-31 months=P12M", "2026-01-01 2026-12-31 12")]
    [InlineData("start= end= paid_until=2026-12-31 months=12", "2026-01-01 2026-12-31 12")]
    [InlineData("start=2026-01-01 end=2026-12-31 paid_until=2025-12-31 months=", "2025-01-01 2025-12-31 12")]
    [InlineData("start=2026-01-01 end=2027-01-31 months=12", "2026-01-01 2027-01-31 12")]
    [InlineData("start=2026-01-01 end=2026-12-30 months=", "months")]
    [InlineData("start= end=2026-12-31 months=", "months")]
    [InlineData("start= end= months=12", "end")]
    [InlineData("start=2027-01-01 end=2026-12-31 months=12", "end")]
    [InlineData("start=2026-01-01 end=2026-12-31 paid_until=2026-06-30 months=", "paid until")]
    [InlineData("start=2026-01-01 end=2026-12-31 first_start=2026-02-01", "first start")]
    [InlineData("months=0", "months")]
    [InlineData("months=61", "months")]
    public async Task A_term_is_known_from_any_two_of_its_ends_and_its_length(string cells, string expected)
    {
        var (contract, faults) = await ReadAsync([.. cells.Split(' ').Select(cell => cell.Split('=')).Select(cell => (cell[0].Replace('_', ' '), cell[1]))]);
        var found = contract is null ? faults.ShouldHaveSingleItem().Column
            : string.Create(CultureInfo.InvariantCulture, $"{contract.Term.Start:yyyy-MM-dd} {contract.Term.End:yyyy-MM-dd} {contract.Term.Months}");
        found.ShouldBe(expected);
    }

    [Theory]
    [InlineData("currency", "euro")]
    [InlineData("kind", "martien")]
    [InlineData("locale", "de")]
    [InlineData("email", "a@b")]
    [InlineData("email", "Jean <jean@client.example>")]
    [InlineData("email", "jean@client.example, anne@client.example")]
    [InlineData("customer", "0")]
    [InlineData("vat", "120")]
    [InlineData("renewal", "parfois")]
    [InlineData("notice", "25")]
    [InlineData("link", "javascript:alert(1)")]
    [InlineData("status", "peut-être")]
    [InlineData("closed on", "demain")]
    [InlineData("country", "France")]
    [InlineData("amount", "0")]
    [InlineData("amount", "480.005")]
    public async Task Each_wrong_cell_is_named(string column, string cell)
    {
        var fault = (await ReadAsync((column, cell))).Faults.ShouldHaveSingleItem();
        (fault.Line, fault.Column, fault.Got).ShouldBe((2, column, cell));
    }

    [Fact]
    public async Task A_row_tells_all_its_faults_at_once() =>
        (await ReadAsync(("amount", "x"), ("end", "y"), ("kind", "z"))).Faults.Select(fault => fault.Column).ShouldBe(["amount", "end", "kind"]);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+33 1")]
    [InlineData("-x")]
    [InlineData("@a")]
    [InlineData("'=x")]
    [InlineData("''")]
    [InlineData("l'atelier")]
    [InlineData("")]
    public void Formulas_are_neutralised_and_restored(string cell)
    {
        var written = CsvInjection.Neutral(cell);
        (written.Length == 0 || !"=+-@".Contains(written[0])).ShouldBeTrue();
        CsvInjection.Restore(written).ShouldBe(cell);
    }
}
