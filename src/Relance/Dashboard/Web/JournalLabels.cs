using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>What the journal says of contracts and messages, as people read it: a test reads its kinds off the sources.</summary>
internal static class JournalLabels
{
    /// <summary>What happened, by the entry's kind.</summary>
    public static string Event(string kind) => kind switch
    {
        "planned" => Words.Say("Planifié", "Planned"),
        "skipped" => Words.Say("Étape sautée", "Step skipped"),
        "message" => Words.Say("E-mail", "E-mail"),
        "sent" => Words.Say("Envoyé", "Sent"),
        "refused" => Words.Say("Refusé par le serveur", "Refused by the server"),
        "deferred" => Words.Say("Reporté par le serveur", "Deferred by the server"),
        "misconfigured" => Words.Say("Réglages d’envoi refusés par le serveur", "Our settings refused by the server"),
        "unknown" => Words.Say("Issue inconnue", "Outcome unknown"),
        "delivered-by-word" => Words.Say("Remis, selon une personne", "Delivered, a person says"),
        "sent-again" => Words.Say("À renvoyer, à la demande d’une personne", "To be sent again, at a person’s request"),
        "bounced" => Words.Say("Revenu non remis", "Bounced"),
        "undelivered-again" => Words.Say("À renvoyer à la nouvelle adresse", "To be sent to the new address"),
        "approved" => Words.Say("Approuvé", "Approved"),
        "rejected" => Words.Say("Refusé", "Rejected"),
        "approval-withdrawn" => Words.Say("Approbation retirée", "Approval withdrawn"),
        "post-back" => Words.Say("Inscrit dans la boutique", "Written to the shop"),
        _ => CameBack(kind) ?? OfContract(kind) ?? OfLaw(kind) ?? OfPeople(kind) ?? kind,
    };

    /// <summary>How an attempt to send ended; null while it runs.</summary>
    public static string Attempt(string? outcome) => outcome switch
    {
        null => Words.Say("En cours", "Under way"),
        "accepted" => Words.Say("Accepté par le serveur", "Accepted by the server"),
        "abandoned" => Words.Say("Abandonné avant la remise", "Given up before it was handed over"),
        _ => Event(outcome),
    };

    /// <summary>Who did it: the person's name, and for others what they are.</summary>
    public static string Who(string actor) => actor.Split(':', 2) switch
    {
        [Actor.OfPerson, var name] => name,
        [Actor.OfCommandLine, var name] => Words.Say($"ligne de commande ({name})", $"command line ({name})"),
        [Actor.OfKey, var name] => Words.Say($"clé d’API « {name} »", $"API key \"{name}\""),
        [Actor.OfClient, _] => Words.Say("le client", "the client"),
        [Actor.OfShop or Actor.OfPlugin, var name] => Words.Say($"boutique ({name})", $"shop ({name})"),
        _ => actor,
    };

    private static string? OfContract(string kind) => kind switch
    {
        "contract" => Words.Say("Contrat ouvert", "Contract opened"),
        "imported" => Words.Say("Contrat importé", "Contract imported"),
        "import-changed" => Words.Say("Modifié par un import", "Changed by an import"),
        "taken-over" => Words.Say("Suivi par l’extension", "Followed by the plugin"),
        "paid" => Words.Say("Payé", "Paid"),
        "marked-paid" => Words.Say("Paiement noté", "Payment recorded"),
        "paid-after-end" => Words.Say("Payé après la fin", "Paid after the end"),
        "price-approved" => Words.Say("Prix approuvé", "Price approved"),
        "purchase-assigned" => Words.Say("Achat rattaché", "Purchase assigned"),
        "goes-on" => Words.Say("Le contrat continue", "The contract goes on"),
        "declined" => Words.Say("Non renouvelé", "Declined"),
        "ended" => Words.Say("Terminé", "Ended"),
        "closed" => Words.Say("Contrat clos", "Contract closed"),
        "reopened" => Words.Say("Contrat rouvert", "Contract reopened"),
        _ => null,
    };

    private static string? OfLaw(string kind) => kind switch
    {
        "clauses-set" => Words.Say("Clauses notées", "Clauses recorded"),
        "legal-notice-off" => Words.Say("Information légale désactivée", "Legal notice switched off"),
        "legal-notice-on" => Words.Say("Information légale rétablie", "Legal notice switched on"),
        "legal-notice-given" => Words.Say("Information légale donnée autrement", "Legal notice given another way"),
        "legal-notice-missed" => Words.Say("Information légale manquée", "Legal notice missed"),
        "renewed-tacitly" => Words.Say("Reconduit tacitement", "Renewed tacitly"),
        "refused-late" => Words.Say("Refus reçu après la date limite", "Refused after the deadline"),
        "site-linked" => Words.Say("Site relié", "Site linked"),
        "site-notice-shown" => Words.Say("Avis de suspension affiché sur le site", "Notice of suspension shown on the site"),
        "site-notice-hidden" => Words.Say("Avis de suspension retiré du site", "Notice of suspension taken off the site"),
        _ => null,
    };

    private static string? OfPeople(string kind) => kind switch
    {
        "paused" => Words.Say("Mis en pause", "Paused"),
        "pause-removed" => Words.Say("Pause levée", "Pause removed"),
        "flag-set" => Words.Say("Litige ou procédure noté", "Dispute or insolvency recorded"),
        "flag-cleared" => Words.Say("Litige ou procédure levé", "Dispute or insolvency cleared"),
        "task-closed" => Words.Say("Tâche traitée", "Task closed"),
        "task-postponed" => Words.Say("Tâche remise à plus tard", "Task put off"),
        "task-reopened" => Words.Say("Tâche rouverte", "Task reopened"),
        "client-kind" => Words.Say("Type de client noté", "Kind of client recorded"),
        "client-erased" => Words.Say("Client effacé", "Client erased"),
        "client-readmitted" => Words.Say("Client réadmis", "Client readmitted"),
        "address-changed" => Words.Say("Nouvelle adresse", "New address"),
        "address-ok" => Words.Say("Adresse rétablie", "Address accepted again"),
        _ => null,
    };

    // What came back about a message that is no refusal.
    private static string? CameBack(string kind) => kind switch
    {
        "came-back-delayed" => Words.Say("Remise retardée", "Delivery delayed"),
        "came-back-delivered" => Words.Say("Remise confirmée", "Delivery confirmed"),
        "came-back-auto-reply" => Words.Say("Réponse automatique", "Automatic reply"),
        "came-back-complaint" => Words.Say("Signalé comme indésirable", "Reported as spam"),
        "came-back-challenge" => Words.Say("Preuve d’expéditeur demandée", "Asked to prove the sender"),
        "came-back-other" => Words.Say("Réponse reçue", "Answer received"),
        _ => null,
    };
}
