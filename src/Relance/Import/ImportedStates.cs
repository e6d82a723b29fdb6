using Relance.Billing;
using Relance.Shops;

namespace Relance.Import;

/// <summary>What a row says about a contract's state.</summary>
internal static class ImportedStates
{
    /// <summary>The state of a contract never seen before.</summary>
    /// <param name="today">The day of the import: what was due before it is history.</param>
    public static ContractState New(ImportedContract row, DateOnly today) => Described(new ContractState
    {
        FirstStart = row.Term.FirstStart,
        TermNo = row.Term.Number,
        TermStart = row.Term.Start,
        TermEnd = row.Term.End,
        BaselineOn = today,
        DeclinedOn = row.Status == ImportedStatus.Declined ? row.ClosedOn : null,
        EndedOn = row.Status == ImportedStatus.Ended ? row.ClosedOn : null,
        SuspendedOn = row.SuspendedOn,
    }, row);

    /// <summary>The state with everything the row describes, its term apart.</summary>
    public static ContractState Described(ContractState state, ImportedContract row)
    {
        var lines = Lines(row);
        return (state with
        {
            Months = row.Term.Months,
            Kind = row.Renewal,
            RenewalMonths = row.RenewalMonths ?? state.RenewalMonths,
            ConcludedOnline = row.Online ?? state.ConcludedOnline,
            PlanName = row.Plan,
            Amount = row.Amount.Minor,
            Currency = row.Amount.Currency,
            CustomerId = row.CustomerId,
            Billing = row.Billing,
            Lines = lines.SequenceEqual(state.Lines) ? state.Lines : lines,
            SiteUrl = row.Site,
            ViewUrl = row.Link,
            VatRate = row.VatRate,
            ImportedRow = row.Fingerprint,
            ImportedEnd = row.Term.End,
        }).WithNotice(row.Notice);
    }

    // Without a product there is nothing to order in the shop: mails carry the link given, and the bank details.
    private static IReadOnlyList<NewOrderLine> Lines(ImportedContract row) => row.Product is { } product
        ? [new NewOrderLine(long.Parse(product, System.Globalization.CultureInfo.InvariantCulture), 0, 1, row.Amount with { Minor = Net(row) })]
        : [];

    private static long Net(ImportedContract row) => (long)Math.Round(row.Amount.Minor / (1 + (row.VatRate / 100)), MidpointRounding.AwayFromZero);
}
