namespace Relance.Import;

/// <summary>Reads the last paid term of a row from whatever of first day, last day, length and "paid until" is given.</summary>
internal static class TermReader
{
    private const int MostMonths = 60;

    /// <summary>The term; null when it cannot be known, with the fault noted.</summary>
    public static ImportedTerm? Read(CellReader cells)
    {
        var (start, end, months) = (cells.Date(ImportColumn.Start), cells.Date(ImportColumn.End), cells.Number(ImportColumn.Months, 1, MostMonths));
        var (paidUntil, firstStart) = (cells.Date(ImportColumn.PaidUntil), cells.Date(ImportColumn.FirstStart));
        if (cells.Faults.Exists(fault => IsAboutTerms(fault.Column)))
            return null;
        end ??= start is { } from && months is { } n ? from.AddMonths(n).AddDays(-1) : null;
        // Paid until alone says where the last paid term ends.
        var paidTerm = end is null && paidUntil is not null;
        end ??= paidUntil;
        if (end is not { } last)
            return cells.Fault<ImportedTerm>(ImportColumn.End, "the last day of the term, or its first day and its months");
        months ??= start is { } first ? WholeMonths(first, last) : null;
        if (months is not { } length)
            return cells.Fault<ImportedTerm>(ImportColumn.Months, start is null ? "the length of a term in months" : "the length of a term in months, since the dates are no whole months apart");
        var begin = start ?? last.AddDays(1).AddMonths(-length);
        if (begin > last)
            return cells.Fault<ImportedTerm>(ImportColumn.End, "a day after the first day of the term");
        if (firstStart > begin)
            return cells.Fault<ImportedTerm>(ImportColumn.FirstStart, "a day no later than the first day of the term");
        return Paid(cells, new ImportedTerm(firstStart ?? begin, begin, last, length), paidTerm ? null : paidUntil);
    }

    // A sheet may list the running term although only the one before it is paid.
    private static ImportedTerm? Paid(CellReader cells, ImportedTerm term, DateOnly? paidUntil)
    {
        if (paidUntil is null || paidUntil == term.End)
            return term;
        if (paidUntil != term.Start.AddDays(-1))
            return cells.Fault<ImportedTerm>(ImportColumn.PaidUntil, $"the last day of this term ({term.End:yyyy-MM-dd}) or of the one before ({term.Start.AddDays(-1):yyyy-MM-dd})");
        var before = term.Start.AddMonths(-term.Months);
        return term with { FirstStart = term.FirstStart < term.Start ? term.FirstStart : before, Start = before, End = paidUntil.Value };
    }

    private static int? WholeMonths(DateOnly start, DateOnly end)
    {
        for (var months = 1; months <= MostMonths; months++)
        {
            if (start.AddMonths(months).AddDays(-1) == end)
                return months;
        }

        return null;
    }

    private static bool IsAboutTerms(string column) =>
        ((ImportColumn[])[ImportColumn.Start, ImportColumn.End, ImportColumn.Months, ImportColumn.PaidUntil, ImportColumn.FirstStart]).Any(c => c.Name() == column);
}
