using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Import;

/// <summary>A contract as one row describes it. Dates are local dates of the shop.</summary>
internal sealed record ImportedContract
{
    public required int Line { get; init; }
    public required string Reference { get; init; }
    public required string ClientName { get; init; }
    public string? Email { get; init; }
    public long CustomerId { get; init; }
    public ClientKind Kind { get; init; }
    public string Locale { get; init; } = "fr";
    public string Phone { get; init; } = "";
    public string Address { get; init; } = "";
    public string Postcode { get; init; } = "";
    public string City { get; init; } = "";
    public string Country { get; init; } = "FR";
    public required string Plan { get; init; }
    public string? Site { get; init; }
    public required ImportedTerm Term { get; init; }
    public required Money Amount { get; init; }
    public decimal VatRate { get; init; }
    public RenewalKind Renewal { get; init; }
    public NoticePeriod? Notice { get; init; }
    public int? RenewalMonths { get; init; }
    public bool? Online { get; init; }
    public string? Product { get; init; }
    public Uri? Link { get; init; }
    public ImportedStatus Status { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public DateOnly? SuspendedOn { get; init; }

    /// <summary>Who it binds: the shop's customer, else the same name at the same address.</summary>
    public string ClientKey => CustomerId > 0 ? $"customer:{CustomerId}"
        : Email is { } email ? $"import:{email.ToLowerInvariant()}|{ClientName.ToLowerInvariant()}"
        : $"import:{Reference}";

    /// <summary>Billing details for a renewal order.</summary>
    public ShopBilling Billing => new("", Kind == ClientKind.Business ? "" : ClientName, Kind == ClientKind.Business ? ClientName : "", Email ?? "", Phone, Country)
    {
        Address1 = Address,
        Postcode = Postcode,
        City = City,
    };

    /// <summary>Tells a row that was changed from one that was imported before.</summary>
    public string Fingerprint => Values.Hash(System.Text.Encoding.UTF8.GetBytes(string.Join('\u001f', CsvExportRow.Of(this))));
}

/// <summary>The last paid term, and how long the next ones are.</summary>
internal sealed record ImportedTerm(DateOnly FirstStart, DateOnly Start, DateOnly End, int Months)
{
    /// <summary>Number of the term, counted from the first start.</summary>
    public int Number => Math.Max(1, (((End.AddDays(1).Year - FirstStart.Year) * 12) + End.AddDays(1).Month - FirstStart.Month) / Months);
}

/// <summary>Whether an imported contract still runs.</summary>
internal enum ImportedStatus
{
    Open,
    Declined,
    Ended,
}
