using System.Globalization;
using System.Text;

namespace Relance.Import;

/// <summary>The columns of an import, in the order in which an export writes them.</summary>
internal enum ImportColumn
{
    Reference, Client, Email, Customer, Kind, Locale, Phone, Address, Postcode, City, Country,
    Plan, Site, FirstStart, Start, End, Months, PaidUntil, Amount, Currency, Vat, Renewal, Notice, RenewalMonths, Online, Product, Link,
    Status, ClosedOn, SuspendedOn,
}

/// <summary>What columns are called, in English and in French; capitals, accents and punctuation do not matter.</summary>
internal static class ImportColumns
{
    private static readonly Dictionary<ImportColumn, string[]> s_names = new()
    {
        [ImportColumn.Reference] = ["reference", "référence", "contract", "contrat", "numéro de contrat", "n° contrat", "id"],
        [ImportColumn.Client] = ["client", "client name", "customer name", "name", "nom", "nom du client", "raison sociale", "société"],
        [ImportColumn.Email] = ["email", "e-mail", "mail", "courriel", "adresse e-mail", "adresse mail", "e-mail du client"],
        [ImportColumn.Customer] = ["customer", "customer id", "shop customer", "n° client", "numéro client", "identifiant client"],
        [ImportColumn.Kind] = ["kind", "client kind", "type", "type de client", "nature"],
        [ImportColumn.Locale] = ["locale", "language", "langue"],
        [ImportColumn.Phone] = ["phone", "telephone", "téléphone", "tél"],
        [ImportColumn.Address] = ["address", "adresse", "rue"],
        [ImportColumn.Postcode] = ["postcode", "zip", "code postal", "cp"],
        [ImportColumn.City] = ["city", "town", "ville"],
        [ImportColumn.Country] = ["country", "pays"],
        [ImportColumn.Plan] = ["plan", "formule", "forfait", "offre", "prestation", "produit souscrit"],
        [ImportColumn.Site] = ["site", "site url", "website", "url du site", "site web"],
        [ImportColumn.FirstStart] = ["first start", "contract start", "début du contrat", "premier début", "date de souscription"],
        [ImportColumn.Start] = ["start", "term start", "début", "date de début", "début de période"],
        [ImportColumn.End] = ["end", "term end", "fin", "date de fin", "échéance", "date d'échéance", "fin de période"],
        [ImportColumn.Months] = ["months", "term months", "mois", "durée", "durée en mois", "durée (mois)"],
        [ImportColumn.PaidUntil] = ["paid until", "paid to", "payé jusqu'au", "réglé jusqu'au"],
        [ImportColumn.Amount] = ["amount", "price", "montant", "montant ttc", "prix", "prix ttc", "amount incl vat"],
        [ImportColumn.Currency] = ["currency", "devise", "monnaie"],
        [ImportColumn.Vat] = ["vat", "vat rate", "tva", "taux de tva", "taux tva"],
        [ImportColumn.Renewal] = ["renewal", "renewal kind", "renouvellement", "reconduction", "type de renouvellement"],
        [ImportColumn.Notice] = ["notice", "notice months", "notice period", "préavis", "préavis (mois)"],
        [ImportColumn.RenewalMonths] = ["renewal months", "renewal duration", "durée de reconduction", "durée de reconduction (mois)", "reconduction (mois)"],
        [ImportColumn.Online] = ["online", "concluded online", "en ligne", "conclu en ligne", "souscrit en ligne"],
        [ImportColumn.Product] = ["product", "product id", "sku", "produit", "id produit", "ugs"],
        [ImportColumn.Link] = ["link", "payment link", "lien", "lien de paiement"],
        [ImportColumn.Status] = ["status", "statut", "état"],
        [ImportColumn.ClosedOn] = ["closed on", "clos le", "date de clôture"],
        [ImportColumn.SuspendedOn] = ["suspended on", "suspendu le", "date de suspension"],
    };

    private static readonly Dictionary<string, ImportColumn> s_byName =
        s_names.SelectMany(column => column.Value.Select(name => (Name: Plain(name), column.Key))).Distinct().ToDictionary(x => x.Name, x => x.Key, StringComparer.Ordinal);

    /// <summary>The English name: what exports write and faults say.</summary>
    public static string Name(this ImportColumn column) => s_names[column][0];

    /// <summary>The column of a header; null for one that means nothing here.</summary>
    public static ImportColumn? Find(string header) => s_byName.TryGetValue(Plain(header), out var column) ? column : null;

    /// <summary>Lower case, without accents, letters and digits only.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.ToLowerInvariant(c));
        }

        return plain.ToString();
    }
}
