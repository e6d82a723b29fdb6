namespace Relance.Import;

/// <summary>What an import did, or with a dry run would do.</summary>
/// <param name="DryRun">Nothing was to be written.</param>
/// <param name="Written">Whether anything was written: false in a dry run, and in a strict import with a fault.</param>
/// <param name="Rows">Rows read, the header apart.</param>
/// <param name="Made">Contracts made.</param>
/// <param name="Changed">Contracts that the file changes.</param>
/// <param name="Unchanged">Contracts that are as the file says.</param>
/// <param name="FromShop">Contracts that the shop's own orders opened: the shop is the truth about them, so they are left alone.</param>
/// <param name="FaultyRows">Rows left out, each with at least one fault.</param>
/// <param name="Faults">The first <see cref="MostFaults"/> faults, in the order of the file.</param>
/// <param name="IgnoredColumns">Headers that mean nothing here.</param>
public sealed record ImportReport(
    bool DryRun, bool Written, int Rows, int Made, int Changed, int Unchanged, int FromShop, int FaultyRows,
    IReadOnlyList<ImportFault> Faults, IReadOnlyList<string> IgnoredColumns)
{
    /// <summary>Faults listed, at most; the rows are counted all the same.</summary>
    public const int MostFaults = 1000;
}

/// <summary>One fault of one row.</summary>
/// <param name="Line">Line of the file on which the row begins; the header is line 1.</param>
/// <param name="Column">The column, by its English name.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Got">What the cell says, shortened; null where nothing is there.</param>
public sealed record ImportFault(int Line, string Column, string Expected, string? Got = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}, {Column}: expected {Expected}{(Got is null ? "" : $", got '{Got}'")}";
}
