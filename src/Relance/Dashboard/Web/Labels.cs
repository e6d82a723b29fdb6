namespace Relance.Dashboard;

/// <summary>The codes of the service as people read them. A code without words is shown as it is.</summary>
internal static class Labels
{
    /// <summary>A standing and the colour of its badge; the word says it, the colour repeats it.</summary>
    public static (string Text, string Colour) Standing(string code) => code switch
    {
        "active" => (Words.Say("Actif", "Active"), "good"),
        "renewal-due" => (Words.Say("À renouveler", "Renewal due"), "info"),
        "grace" => (Words.Say("Échu, en grâce", "In grace"), "warn"),
        "suspended" => (Words.Say("Suspendu", "Suspended"), "bad"),
        "ended" => (Words.Say("Terminé", "Ended"), ""),
        "declined" => (Words.Say("Non renouvelé", "Declined"), ""),
        _ => (code, ""),
    };

    /// <summary>Where a message stands.</summary>
    public static (string Text, string Colour) Message(string state) => state switch
    {
        "held" => (Words.Say("En attente", "Held"), "warn"),
        "due" => (Words.Say("À envoyer", "Due"), "info"),
        "sending" => (Words.Say("En cours d’envoi", "Being sent"), "info"),
        "sent" => (Words.Say("Envoyé", "Sent"), "good"),
        "unknown" => (Words.Say("Issue inconnue", "Outcome unknown"), "bad"),
        "failed" => (Words.Say("Refusé", "Failed"), "bad"),
        "void" => (Words.Say("Annulé", "Withdrawn"), ""),
        _ => (state, ""),
    };

    /// <summary>What a shop's reminders do.</summary>
    public static (string Text, string Colour) Mode(string mode) => mode switch
    {
        "dry" => (Words.Say("Essai à blanc", "Dry run"), ""),
        "redirect" => (Words.Say("Redirigé vers l’agence", "Redirected to the agency"), "warn"),
        "live" => (Words.Say("En service", "Live"), "good"),
        _ => (mode, ""),
    };

    /// <summary>A step's name.</summary>
    public static string Step(string step) => step switch
    {
        "maintenance.notice" => Words.Say("Préavis (J-30)", "Notice (J-30)"),
        "maintenance.attention" => Words.Say("Rappel (J-7)", "Reminder (J-7)"),
        "maintenance.last-day" => Words.Say("Dernier jour (J-1)", "Last day (J-1)"),
        "maintenance.lapsed" => Words.Say("Contrat échu (J+2)", "Lapsed (J+2)"),
        "maintenance.suspension" => Words.Say("Suspension (J+7)", "Suspension (J+7)"),
        "maintenance.reactivation" => Words.Say("Proposition de reprise (J+14)", "Offer to resume (J+14)"),
        "maintenance.reactivation-2" => Words.Say("Seconde proposition (J+21)", "Second offer (J+21)"),
        "maintenance.ended" => Words.Say("Fin du contrat (J+30)", "Contract ended (J+30)"),
        "maintenance.renewed" => Words.Say("Merci, renouvelé", "Thanks, renewed"),
        "maintenance.reactivated" => Words.Say("Merci, maintenance reprise", "Thanks, care resumed"),
        "tacit.legal-notice" => Words.Say("Information légale de reconduction", "Legal notice of renewal"),
        "tacit.reminder" => Words.Say("Rappel de la date de refus", "Reminder of the last day to refuse"),
        "tacit.confirmation" => Words.Say("Reconduction confirmée", "Tacit renewal confirmed"),
        "tacit.declined" => Words.Say("Refus confirmé", "Refusal acknowledged"),
        "tacit.received" => Words.Say("Demande tardive reçue", "Late request acknowledged"),
        "tacit.ended" => Words.Say("Résiliation confirmée", "Early end acknowledged"),
        "maintenance.before-debit" => Words.Say("Avant le prélèvement", "Before the debit"),
        _ => step,
    };

    /// <summary>Several steps, as the journal lists them.</summary>
    public static string Steps(string steps) => string.Join(", ", steps.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Step));

    /// <summary>Why something has not gone.</summary>
    public static string Reason(string code) => code switch
    {
        "paid" => Words.Say("payé", "paid"),
        "declined" => Words.Say("le client ne renouvelle pas", "the client declined"),
        "ended" => Words.Say("le contrat est clos", "the contract is closed"),
        "cancelled" => Words.Say("annulé ou remboursé dans la boutique", "cancelled or refunded in the shop"),
        "before-baseline" => Words.Say("antérieur à la mise en service : jamais de rattrapage", "due before the service started here: no backlog is sent"),
        "superseded" => Words.Say("une étape plus récente est due", "a later step is due"),
        "merged-into-next" => Words.Say("trop proche de l’étape suivante, qui partira", "too close to the next step, which will go"),
        "expired" => Words.Say("les jours où ce message est vrai sont passés", "the days on which it is true are over"),
        "prerequisite-missing" => Words.Say("l’étape dont il dépend n’est pas partie", "the step it builds on was not sent"),
        "not-due" => Words.Say("pas encore dû", "not due yet"),
        "outside-window" => Words.Say("hors des heures d’envoi", "outside the sending hours"),
        "minimum-gap" => Words.Say("trop proche du message précédent", "too close to the previous message"),
        "daily-slot" => Words.Say("cette personne a déjà un message ce jour-là", "this person already has a message that day"),
        "paused" => Words.Say("en pause", "paused"),
        "transfer-announced" => Words.Say("virement ou chèque annoncé", "a transfer or cheque was announced"),
        "no-address" => Words.Say("aucune adresse e-mail", "no e-mail address"),
        "address-refused" => Words.Say("adresse refusée par son serveur", "the address was refused by its server"),
        "already-planned" => Words.Say("planifié", "planned"),
        "needs-decision" => Words.Say("une personne doit décider", "a person must decide"),
        "sequence-not-built" => Words.Say("ce type de contrat n’est pas encore pris en charge", "this kind of contract is not handled yet"),
        "sequence-done" => Words.Say("toutes les étapes sont faites", "all steps are done"),
        "restored" => Words.Say("restaurée : confirmez que l’ancienne installation est arrêtée", "restored: confirm that the former installation is stopped"),
        "shop-unreachable" => Words.Say("la boutique ne répond pas", "the shop does not answer"),
        "site-mismatch" => Words.Say("la boutique annonce une autre adresse : une copie ?", "the shop says another address: a copy?"),
        "daily-ceiling" => Words.Say("plafond quotidien atteint", "the daily ceiling is reached"),
        "awaiting-approval" or "approval" => Words.Say("attend une approbation", "awaits approval"),
        "renewal-order" => Words.Say("attend la commande de renouvellement", "waits for the renewal order"),
        "not-approved" => Words.Say("non approuvé à temps", "not approved in time"),
        "rejected-by-person" => Words.Say("refusé par une personne", "rejected by a person"),
        "disputed" => Words.Say("contesté par le client", "disputed by the client"),
        "insolvent" => Words.Say("procédure collective : relances interdites", "insolvency: dunning is forbidden"),
        "clock-skew" => Words.Say("l’heure de la boutique diffère de la nôtre", "the shop’s clock differs from ours"),
        "shop-speaks" => Words.Say("la boutique l’envoie elle-même", "the shop sends it itself"),
        "renewed" => Words.Say("reconduit tacitement", "renewed tacitly"),
        "notice-off" => Words.Say("information légale désactivée par une personne", "legal notice switched off by a person"),
        "notice-impossible" => Words.Say("aucun jour licite : la période est trop courte", "no lawful day: the term is too short"),
        "clauses-missing" => Words.Say("préavis du contrat non renseigné", "the notice period is not recorded"),
        "refused" => Words.Say("refusé par le serveur", "refused by the server"),
        "bounced" => Words.Say("revenu non remis", "bounced"),
        _ => code,
    };

    /// <summary>What the law sees in a client.</summary>
    public static string Kind(string code) => code switch
    {
        "consumer" => Words.Say("particulier", "consumer"),
        "business" => Words.Say("entreprise", "business"),
        "non-professional" => Words.Say("non-professionnel (association, copropriété)", "non-professional (association, co-ownership)"),
        "public" => Words.Say("personne publique", "public body"),
        _ => Words.Say("inconnu : protégé comme un particulier", "unknown: protected like a consumer"),
    };

    /// <summary>A flag on a contract or client.</summary>
    public static string Flag(string flag) => flag == "dispute" ? Words.Say("Litige", "Dispute") : Words.Say("Procédure collective", "Insolvency");

    /// <summary>What a pause holds.</summary>
    public static string Scope(string scope) => scope switch
    {
        "all" => Words.Say("Toutes les relances", "All reminders"),
        "shop" => Words.Say("Boutique", "Shop"),
        "client" => Words.Say("Client", "Client"),
        _ => Words.Say("Contrat", "Contract"),
    };

    /// <summary>How a contract renews.</summary>
    public static string Renewal(string kind) => kind switch
    {
        "tacit" => Words.Say("tacite", "tacit"),
        "automatic" => Words.Say("automatique", "automatic"),
        _ => Words.Say("sur paiement du client", "when the client pays"),
    };
}
