using CsvHelper;
using Relance.Agency;

namespace Relance.Import;

/// <summary>One row: the cells that say something, by column.</summary>
/// <param name="Line">The line of the file on which it begins.</param>
/// <param name="Broken">Why it cannot be read as a row; null when it can.</param>
internal sealed record CsvRow(int Line, IReadOnlyDictionary<ImportColumn, string> Cells, string? Broken);

/// <summary>The rows of a file, read one by one.</summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>Rows of a file, at most.</summary>
    public const int MostRows = 100_000;

    private const int MostColumns = 200, LongestLine = 1024 * 1024, LongestName = 60;

    private static readonly ImportColumn[] s_required = [ImportColumn.Reference, ImportColumn.Client, ImportColumn.Plan, ImportColumn.Amount];

    private readonly CsvReader _reader;
    private readonly ImportColumn?[] _columns;
    private bool _malformed;

    public CsvRows(CsvFile csv)
    {
        _reader = CsvReader.Create(csv.Rewound(), new CsvReaderOptions
        {
            Separator = csv.Separator,
            Encoding = csv.Encoding,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            // No cell of ours has several lines, and one quotation mark left open must not swallow the rest of the file.
            AllowLineBreaksInQuotes = false,
            OnMalformedRecord = _ => _malformed = true,
            MaxRecordSize = LongestLine,
        }, leaveOpen: true);
        var headers = Next() ? Cells() : [];
        // Excel's own line about the separator.
        if (headers is [var hint, ..] && hint.Equals("sep=", StringComparison.OrdinalIgnoreCase))
            headers = Next() ? Cells() : [];
        _columns = Array.ConvertAll(headers.Length > MostColumns ? [] : headers, ImportColumns.Find);
        Ignored = [.. headers.Take(_columns.Length).Where((name, i) => name.Length > 0 && _columns[i] is null).Select(name => name.Length > LongestName ? name[..LongestName] + "…" : name)];
        Faults = headers.Length > MostColumns ? [new ImportFault(1, "row", $"at most {MostColumns} columns in the header")] : [.. Missing(), .. Doubled()];
    }

    /// <summary>Headers that mean nothing here.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>What is wrong with the header: no row can be read then.</summary>
    public IReadOnlyList<ImportFault> Faults { get; }

    /// <summary>The rows; empty lines are left out.</summary>
    public IEnumerable<CsvRow> Read()
    {
        for (_malformed = false; Next(); _malformed = false)
        {
            if (Cells() is var record && Array.Exists(record, cell => cell.Length > 0))
                yield return Row((int)_reader.LineNumber, record);
        }
    }

    public void Dispose() => _reader.Dispose();

    private bool Next()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException)
        {
            throw RefusedException.Invalid("file", $"lines of at most {LongestLine / 1024 / 1024} MB; one after line {_reader.LineNumber} is longer");
        }
    }

    private string[] Cells() => [.. Enumerable.Range(0, _reader.FieldCount).Select(i => _reader.GetString(i).Trim())];

    private CsvRow Row(int line, string[] record)
    {
        var cells = new Dictionary<ImportColumn, string>();
        for (var i = 0; i < Math.Min(record.Length, _columns.Length); i++)
        {
            if (_columns[i] is { } column && CsvInjection.Restore(record[i]).Trim() is { Length: > 0 } cell)
                cells[column] = cell;
        }

        var surplus = Array.FindLastIndex(record, cell => cell.Length > 0) >= _columns.Length;
        return new CsvRow(line, cells, _malformed ? "quotation marks only around a whole cell, doubled inside it, on one line"
            : surplus ? $"at most {_columns.Length} cells, as in the header" : null);
    }

    private IEnumerable<ImportFault> Missing() =>
        s_required.Where(column => !_columns.Contains(column)).Select(column => new ImportFault(1, column.Name(), "this column in the header"));

    private IEnumerable<ImportFault> Doubled() => _columns.OfType<ImportColumn>().GroupBy(column => column)
        .Where(same => same.Count() > 1).Select(same => new ImportFault(1, same.Key.Name(), "this column once in the header"));
}
