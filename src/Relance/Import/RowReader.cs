using Relance.Domain.Billing;

namespace Relance.Import;

/// <summary>Turns a row into a contract, or into its faults.</summary>
internal sealed class RowReader(string currency)
{
    /// <summary>The ordinary rate in France, in percent.</summary>
    public const decimal FrenchVat = 20m;

    private static readonly Dictionary<string, ClientKind> s_kinds = Words(
        (ClientKind.Business, "business entreprise société professionnel pro company"), (ClientKind.Consumer, "consumer particulier consommateur"),
        (ClientKind.NonProfessional, "non-professional nonprofessional non-professionnel association syndic copropriété"),
        (ClientKind.PublicBody, "public-body publicbody public collectivité administration mairie"), (ClientKind.Unknown, "unknown inconnu"));

    private static readonly Dictionary<string, RenewalKind> s_renewals = Words(
        (RenewalKind.Explicit, "explicit explicite expresse manuel manuelle"), (RenewalKind.Tacit, "tacit tacite"),
        (RenewalKind.Automatic, "automatic automatique prélèvement"));

    private static readonly Dictionary<string, ImportedStatus> s_statuses = Words(
        (ImportedStatus.Open, "open active ouvert actif active en-cours"), (ImportedStatus.Declined, "declined refusé résilié"), (ImportedStatus.Ended, "ended terminé clos fini"));

    private static readonly Dictionary<string, bool?> s_yesNo = Words<bool?>((true, "yes oui true vrai 1 x"), (false, "no non false faux 0"));

    private static readonly Dictionary<string, string> s_locales = Words(
        ("fr", "fr fr-fr français french"), ("en", "en en-gb en-us anglais english"));

    /// <summary>The contract; null when there are faults.</summary>
    public (ImportedContract? Contract, IReadOnlyList<ImportFault> Faults) Read(CsvRow row)
    {
        if (row.Broken is { } why)
            return (null, [new ImportFault(row.Line, "row", why)]);
        var cells = new CellReader(row);
        var money = cells.Text(ImportColumn.Currency)?.ToUpperInvariant() ?? currency;
        if (money != currency && !Currencies.IsInUse(money))
            money = cells.Fault<string>(ImportColumn.Currency, "the three letters of a currency in use, such as EUR") ?? currency;
        var (reference, client, plan) = (cells.Required(ImportColumn.Reference), cells.Required(ImportColumn.Client), cells.Required(ImportColumn.Plan));
        var (amount, term) = (cells.Amount(ImportColumn.Amount, money), TermReader.Read(cells));
        // Read to the end all the same: a row tells all its faults at once.
        var contract = Optional(cells, new ImportedContract
        {
            Line = row.Line,
            Reference = reference ?? "",
            ClientName = client ?? "",
            Plan = plan ?? "",
            Amount = amount ?? Money.Zero(money),
            Term = term ?? new ImportedTerm(default, default, default, 1),
        });
        return cells.Faults.Count == 0 ? (contract, []) : (null, cells.Faults);
    }

    private static ImportedContract Optional(CellReader cells, ImportedContract contract)
    {
        var vat = cells.Decimal(ImportColumn.Vat, "a rate such as 20 or 5,5") ?? FrenchVat;
        if (vat >= 100)
            vat = cells.Fault<decimal>(ImportColumn.Vat, "a rate such as 20 or 5,5");
        var status = cells.Choice(ImportColumn.Status, ImportedStatus.Open, s_statuses, "open, declined or ended");
        var closedOn = cells.Date(ImportColumn.ClosedOn);
        if (status != ImportedStatus.Open && closedOn is null)
            _ = cells.Fault<DateOnly?>(ImportColumn.ClosedOn, "the day on which the contract was closed");
        var country = cells.Text(ImportColumn.Country) ?? "FR";
        if (country.Length != 2)
            country = cells.Fault<string>(ImportColumn.Country, "two letters such as FR") ?? "";
        return contract with
        {
            Email = cells.Email(ImportColumn.Email),
            CustomerId = cells.Id(ImportColumn.Customer),
            Kind = cells.Choice(ImportColumn.Kind, ClientKind.Unknown, s_kinds, "business, consumer, non-professional or public"),
            Locale = cells.Choice(ImportColumn.Locale, "fr", s_locales, "fr or en"),
            Phone = cells.Text(ImportColumn.Phone) ?? "",
            Address = cells.Text(ImportColumn.Address) ?? "",
            Postcode = cells.Text(ImportColumn.Postcode) ?? "",
            City = cells.Text(ImportColumn.City) ?? "",
            Country = country.ToUpperInvariant(),
            Site = cells.Text(ImportColumn.Site),
            VatRate = vat,
            Renewal = cells.Choice(ImportColumn.Renewal, RenewalKind.Explicit, s_renewals, "explicit, tacit or automatic"),
            Notice = cells.Notice(ImportColumn.Notice),
            RenewalMonths = cells.Number(ImportColumn.RenewalMonths, 1, 120),
            Online = cells.Choice(ImportColumn.Online, (bool?)null, s_yesNo, "yes or no"),
            Product = cells.Text(ImportColumn.Product),
            Link = cells.Link(ImportColumn.Link),
            Status = status,
            ClosedOn = status == ImportedStatus.Open ? null : closedOn,
            SuspendedOn = status == ImportedStatus.Open ? cells.Date(ImportColumn.SuspendedOn) : null,
        };
    }

    private static Dictionary<string, T> Words<T>(params ReadOnlySpan<(T Value, string Words)> choices)
    {
        var words = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (value, all) in choices)
        {
            foreach (var word in all.Split(' '))
                words[ImportColumns.Plain(word)] = value;
        }

        return words;
    }
}
