using System.Globalization;
using Relance.Domain.Billing;
using Relance.Storage;

namespace Relance.Import;

/// <summary>The cells of a contract, in the order of <see cref="ImportColumn"/>: what an import reads back.</summary>
internal static class CsvExportRow
{
    /// <summary>The header.</summary>
    public static IEnumerable<string> Header => Enum.GetValues<ImportColumn>().Select(column => column.Name());

    /// <summary>The cells.</summary>
    public static IEnumerable<string> Of(ImportedContract contract) => Enum.GetValues<ImportColumn>().Select(column => Cell(contract, column) ?? "");

    private static string? Cell(ImportedContract c, ImportColumn column) => column switch
    {
        ImportColumn.Reference => c.Reference,
        ImportColumn.Client => c.ClientName,
        ImportColumn.Email => c.Email,
        ImportColumn.Customer => c.CustomerId > 0 ? c.CustomerId.ToString(CultureInfo.InvariantCulture) : null,
        ImportColumn.Kind => c.Kind.Code(),
        ImportColumn.Locale => c.Locale,
        ImportColumn.Phone => c.Phone,
        ImportColumn.Address => c.Address,
        ImportColumn.Postcode => c.Postcode,
        ImportColumn.City => c.City,
        ImportColumn.Country => c.Country,
        ImportColumn.Plan => c.Plan,
        ImportColumn.Site => c.Site,
        ImportColumn.FirstStart => c.Term.FirstStart.Text(),
        ImportColumn.Start => c.Term.Start.Text(),
        ImportColumn.End => c.Term.End.Text(),
        ImportColumn.Months => c.Term.Months.ToString(CultureInfo.InvariantCulture),
        ImportColumn.PaidUntil => c.Term.End.Text(),
        ImportColumn.Amount => c.Amount.Major.ToString(CultureInfo.InvariantCulture),
        ImportColumn.Currency => c.Amount.Currency,
        ImportColumn.Vat => c.VatRate.ToString("0.##", CultureInfo.InvariantCulture),
        ImportColumn.Renewal => c.Renewal.ToString().ToLowerInvariant(),
        ImportColumn.Notice => c.Notice?.ToString(),
        ImportColumn.RenewalMonths => c.RenewalMonths?.ToString(CultureInfo.InvariantCulture),
        ImportColumn.Online => c.Online switch { true => "yes", false => "no", _ => null },
        ImportColumn.Product => c.Product,
        ImportColumn.Link => c.Link?.ToString(),
        ImportColumn.Status => c.Status.ToString().ToLowerInvariant(),
        ImportColumn.ClosedOn => c.ClosedOn?.Text(),
        ImportColumn.SuspendedOn => c.SuspendedOn?.Text(),
        _ => throw new InvalidOperationException($"column: {column} is not written."),
    };
}
