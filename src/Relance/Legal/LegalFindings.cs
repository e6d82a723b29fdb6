using System.Globalization;
using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Templates;

namespace Relance.Legal;

/// <summary>Looks at one contract and says what is not in order, in French or English.</summary>
internal sealed class LegalFindings(LegalContract contract, string locale)
{
    private readonly List<LegalFinding> _found = [];
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(locale == "fr" ? "fr-FR" : "en-GB");

    private bool Covered => NoticeWindow.Covers(contract.Stored.ClientKind);

    public IReadOnlyList<LegalFinding> All()
    {
        if (contract.IsTacit)
            Tacit();
        else if (Covered)
            Add("automatic-renewal", false, null, "Paiement automatique et client protégé : si le contrat se renouvelle tacitement, l’information de L215-1 est due, et rien ne l’envoie.",
                "Paid automatically, client covered: if the contract renews tacitly the notice of L215-1 is due, and nothing sends it.",
                "Lisez le contrat ; s’il est tacite, dites-le dans la règle du produit.", "Read the contract; if it is tacit, say so in its product rule.", Article.RenewalNotice);
        if (contract.Stored.ClientKind == ClientKind.Unknown)
            Add("client-kind-unknown", false, null, "Nature du client inconnue : il est traité comme protégé.", "The kind of client is not known: it is treated as covered.",
                $"relance client kind {contract.Stored.ClientId} consumer|business|non-professional|public", null, Article.Definitions, Article.NonProfessionals);
        return _found;
    }

    private void Tacit()
    {
        // The right to end it lasts as long as the term that began without a notice.
        if (contract.State.NoticeMissed is { } missed && missed.TermNo >= contract.State.TermNo - 1)
            Missed(missed.Latest, missed.WasTooShort);
        if (contract.Window is { } window)
            Notice(window);
        else
            Add("no-notice-period", true, null, "Durée de préavis inconnue : aucune date ne peut être calculée, aucune information ne part.", "The notice period is not recorded: no date can be computed, no notice goes.",
                $"relance contract clauses {contract.Stored.Id} --notice P2M", null, Article.RenewalNotice);
        Clauses();
    }

    private void Notice(NoticeWindow window)
    {
        var notice = contract.NoticeOf(window, running: true);
        if (notice == "blocked")
            Add("notice-blocked", true, null, $"La dernière date licite, le {Day(window.Deadline.AddMonths(-1))}, précède le début de la période : aucune information ne peut être licite. Une fois le contrat reconduit, le client peut y mettre fin à tout moment, sans frais.",
                $"The latest lawful date, {Day(window.Deadline.AddMonths(-1))}, lies before the term begins: no notice can be lawful. Once renewed, the client may end the contract at any time, free of charge.",
                "Proposez un contrat à durée indéterminée ; relance law refund calcule ce qui reviendrait au client.", "Propose an open-ended contract; relance law refund computes what would go back to the client.", Article.RenewalNotice);
        else if (notice == "missed" && contract.State.NoticeMissed?.TermNo != contract.State.TermNo)
            Missed(window.Latest!.Value, tooShort: false);
        else if (notice == "off")
            Add("notice-off", false, window.Latest, $"Une personne a interdit l’envoi de l’information : {contract.State.NoticeOff!.Reason}", $"A person has kept the notice from going: {contract.State.NoticeOff.Reason}",
                $"relance contract legal-notice-on {contract.Stored.Id}", null, Article.RenewalNotice);
        else if (notice == "open" && contract.Today >= window.AlarmFrom)
            Add("near-hard-stop", true, window.Latest, $"L’information n’est pas partie ; elle n’est licite que jusqu’au {Day(window.Latest!.Value)}.", $"The notice has not gone; it is lawful until {Day(window.Latest.Value)} only.",
                "Regardez pourquoi elle attend ; au besoin, envoyez une lettre recommandée et notez-la.", "See why it waits; if need be send a registered letter and note it.", Article.RenewalNotice);
        if (notice == "open" && window.Covered && contract.Email is null)
            Add("no-address", true, window.Latest, "Aucune adresse e-mail valable : l’information doit partir par lettre.", "No e-mail address that works: the notice must go by letter.",
                "Complétez l’adresse, ou envoyez une lettre et notez-la.", "Complete the address, or send a letter and note it.", Article.RenewalNotice);
    }

    private void Missed(DateOnly latest, bool tooShort) => Add("notice-missed", true, null,
        $"{(tooShort ? "La période était trop courte pour une information licite" : $"Aucune information licite avant le {Day(latest)}")} : à compter de la reconduction, le client peut mettre fin au contrat à tout moment, sans frais ; l’avance non exécutée est remboursée sous 30 jours.",
        $"{(tooShort ? "The term was too short for a lawful notice" : $"No lawful notice before {Day(latest)}")}: from the renewal on the client may end the contract at any time, free of charge; what is paid in advance goes back within 30 days.",
        tooShort ? "relance law refund calcule ce qui revient au client ; proposez un contrat à durée indéterminée." : "Si elle a été donnée autrement, notez-la : relance contract notice-given. Sinon, relance law refund calcule ce qui revient au client.",
        tooShort ? "relance law refund computes what goes back to the client; propose an open-ended contract." : "If it was given another way, note it: relance contract notice-given. If not, relance law refund computes what goes back to the client.", Article.RenewalNotice, Article.RefundInterest);

    private void Clauses()
    {
        if (contract.State.RenewalMonths is null)
            Add("no-renewal-duration", false, null, "Durée de reconduction non renseignée : sans elle, le contrat reconduit est à durée indéterminée.", "The renewal duration is not recorded: without one the renewed contract is open-ended.",
                $"relance contract clauses {contract.Stored.Id} --renewal-months 12", null, Article.FixedTerm);
        if (Covered && contract.State.ConcludedOnline is null)
            Add("online-unknown", false, null, "Conclu en ligne ou non : à renseigner, la fonction de résiliation en ligne en dépend.", "Concluded online or not: to be recorded, the function to end it online depends on it.",
                $"relance contract clauses {contract.Stored.Id} --online true|false", null, Article.OnlineTermination);
    }

    // The command is the same in both languages.
    private void Add(string kind, bool fault, DateOnly? until, string french, string english, string mendFrench, string? mendEnglish, params Article[] articles) => _found.Add(new LegalFinding(
        kind, fault ? "fault" : "warning", contract.Stored.Id, contract.Reference, contract.Stored.ClientId, contract.Client, contract.Shop, until,
        locale == "fr" ? Typography.French(french) : english, mendEnglish is null ? mendFrench : locale == "fr" ? Typography.French(mendFrench) : mendEnglish, [.. articles.Select(article => article.ToString())]));

    private string Day(DateOnly day) => day.ToString("d MMMM yyyy", _culture);
}
