using Relance.Domain.Billing;
using Relance.Operations;

namespace Relance.Shops;

/// <summary>A field of a sender's identity that is wrong or missing, by its name in JSON, and what was expected.</summary>
public sealed record SenderFault(string Field, string Expected);

/// <summary>What a sender's identity must be to be kept, and what it must hold before a shop goes live.</summary>
public static class SenderRules
{
    private const string OneLine = "one line of text";
    private const string AnAddress = "one e-mail address such as contact@agence.example";
    private const string Nothing = "";

    /// <summary>The identity as kept (without spaces in SIREN, IBAN and BIC, empty as null), and every field that cannot be.</summary>
    public static (SenderSettings Sender, IReadOnlyList<SenderFault> Faults) Normalise(SenderSettings given)
    {
        var faults = new List<SenderFault>();
        var sender = new SenderSettings
        {
            TradeName = Checked("tradeName", given.TradeName, OneLine, SettingsRules.Line) ?? Nothing,
            LegalForm = Checked("legalForm", given.LegalForm, OneLine, SettingsRules.Line),
            Siren = Checked("siren", given.Siren, "nine digits with a valid check digit (Luhn)", SettingsRules.Siren),
            Address = Checked("address", given.Address, OneLine, SettingsRules.Line),
            Phone = Checked("phone", given.Phone, "a telephone number such as 01 23 45 67 89 or +33 1 23 45 67 89", Phone),
            Email = Checked("email", given.Email, AnAddress, SettingsRules.Email) ?? Nothing,
            From = Checked("from", given.From, AnAddress, SettingsRules.Email) ?? Nothing,
            ReplyTo = Checked("replyTo", given.ReplyTo, AnAddress, SettingsRules.Email) ?? Nothing,
            Iban = Checked("iban", given.Iban, "an IBAN with valid check digits (ISO 13616, modulo 97)", SettingsRules.Iban),
            Bic = Checked("bic", given.Bic, "a BIC of 8 or 11 characters", SettingsRules.Bic),
            Website = Checked("website", given.Website, "an address such as https://agence.example", text => SettingsRules.Url(text)?.ToString()),
            Mediator = Checked("mediator", given.Mediator, OneLine, SettingsRules.Line),
        };
        return (sender, faults);

        string? Checked(string field, string? text, string expected, Func<string, string?> normalise)
        {
            if (string.IsNullOrWhiteSpace(text))
                return null;
            var value = normalise(text.Trim());
            if (value is null)
                faults.Add(new(field, expected));
            return value;
        }
    }

    /// <summary>What a real shop still needs before it goes live: the mentions that a business mail must carry, and whom answers reach.</summary>
    /// <param name="sender">The identity, with the settings' defaults filled in.</param>
    /// <param name="kinds">Whom the shop sells to: consumers must be told the mediator (Code de la consommation, L616-1).</param>
    public static IReadOnlyList<SenderFault> Missing(SenderSettings sender, IReadOnlyCollection<ClientKind> kinds)
    {
        (string Field, string? Value, string Expected)[] required =
        [
            ("tradeName", sender.TradeName, "the name that clients know"),
            ("legalForm", sender.LegalForm, "the legal form and capital, such as « SARL au capital de 8 000 € » (Code de commerce, R123-238)"),
            ("siren", sender.Siren, "the SIREN, nine digits (Code de commerce, R123-237)"),
            ("address", sender.Address, "the postal address of the head office"),
            ("phone", sender.Phone, "a telephone number: every mail names a direct contact"),
            ("from", sender.From, "the address that mails come from"),
            ("replyTo", sender.ReplyTo, "the address that answers reach"),
            ("iban", sender.Iban, "the IBAN, for clients who pay by transfer"),
        ];
        var missing = required.Where(r => string.IsNullOrEmpty(r.Value)).Select(r => new SenderFault(r.Field, r.Expected)).ToList();
        if (string.IsNullOrEmpty(sender.Mediator) && kinds.Contains(ClientKind.Consumer))
            missing.Add(new("mediator", "the consumer mediator's name and address or site: consumers are among the clients (Code de la consommation, L616-1)"));
        return missing;
    }

    // E.164 has 15 digits at most; French short numbers have four.
    private static string? Phone(string text) =>
        text.Count(char.IsAsciiDigit) is >= 4 and <= 15 && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '\u00A0' or '\u202F' or '.' or '-' or '(' or ')' or '+') ? text : null;
}
