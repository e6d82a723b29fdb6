namespace Relance.Import;

/// <summary>A spreadsheet runs a cell that begins like a formula: an export puts an apostrophe before it, an import takes it away again.</summary>
/// <remarks>OWASP, "CSV Injection".</remarks>
internal static class CsvInjection
{
    private const string Starts = "=+-@\t\r";

    /// <summary>The cell as it may be written.</summary>
    public static string Neutral(string cell) => cell.Length > 0 && (Starts.Contains(cell[0]) || IsNeutral(cell)) ? $"'{cell}" : cell;

    /// <summary>The cell as it was.</summary>
    public static string Restore(string cell) => IsNeutral(cell) ? cell[1..] : cell;

    // An apostrophe before an apostrophe that was there already: what is taken away is what was put.
    private static bool IsNeutral(string cell) => cell.Length > 1 && cell[0] == '\'' && (Starts.Contains(cell[1]) || cell[1] == '\'');
}
