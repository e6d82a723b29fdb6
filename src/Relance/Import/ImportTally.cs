using Relance.Domain.Billing;

namespace Relance.Import;

/// <summary>What one row came to.</summary>
internal sealed record RowResult(RowOutcome Outcome, ImportFault? Fault);

/// <summary>Counts an import.</summary>
internal sealed class ImportTally(IReadOnlyList<string> ignored)
{
    private readonly List<ImportFault> _faults = [];
    private readonly int[] _outcomes = new int[Enum.GetValues<RowOutcome>().Length];

    /// <summary>The header has faults: no row was read.</summary>
    public bool IsHeaderFaulty { get; init; }

    /// <summary>Rows read.</summary>
    public int Rows { get; set; }

    /// <summary>Rows left out.</summary>
    public int FaultyRows { get; private set; }

    /// <summary>Rows that are over with.</summary>
    public int Done => FaultyRows + _outcomes.Sum();

    /// <summary>A row, or the header, is left out.</summary>
    public void Refuse(IReadOnlyList<ImportFault> faults)
    {
        FaultyRows++;
        _faults.AddRange(faults.Take(ImportReport.MostFaults - _faults.Count));
    }

    /// <summary>Rows that were applied, or tried.</summary>
    public void Add(IReadOnlyList<RowResult> results)
    {
        foreach (var result in results)
        {
            if (result.Fault is { } fault)
                Refuse([fault]);
            else
                _outcomes[(int)result.Outcome]++;
        }
    }

    public ImportReport Report(bool dryRun, bool written) => new(
        dryRun, written, Rows, Of(RowOutcome.Made), Of(RowOutcome.Changed), Of(RowOutcome.Unchanged), Of(RowOutcome.FromShop), FaultyRows,
        [.. _faults.OrderBy(fault => fault.Line)], ignored);

    private int Of(RowOutcome outcome) => _outcomes[(int)outcome];
}

/// <summary>What only a look at the whole file shows.</summary>
internal sealed class FileChecks
{
    private readonly Dictionary<string, int> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Line, ClientKind Kind, string Locale)> _clients = new(StringComparer.Ordinal);

    /// <summary>A contradiction to an earlier row; null when there is none.</summary>
    public ImportFault? Check(ImportedContract row)
    {
        if (!_references.TryAdd(row.Reference, row.Line))
            return new ImportFault(row.Line, ImportColumn.Reference.Name(), $"a reference of its own; line {_references[row.Reference]} has it already", row.Reference);
        if (_clients.TryAdd(row.ClientKey, (row.Line, row.Kind, row.Locale)))
            return null;
        var first = _clients[row.ClientKey];
        return first.Kind != row.Kind ? Differs(row, ImportColumn.Kind, first.Line)
            : first.Locale != row.Locale ? Differs(row, ImportColumn.Locale, first.Line)
            : null;
    }

    private static ImportFault Differs(ImportedContract row, ImportColumn column, int line) =>
        new(row.Line, column.Name(), $"the same as in line {line}, which is about the same client");
}
