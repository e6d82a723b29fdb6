using O = Relance.Agency.TaskOutcomes;

namespace Relance.Agency;

internal static partial class TaskCatalogue
{
    private static TaskKind[] Legal() =>
    [
        new("letter", 0, [O.Done],
            ("Information légale à envoyer par lettre", "Le message n’atteint pas ce client : envoyez l’information en lettre recommandée avant le dernier jour licite, gardez la preuve de dépôt, puis notez le numéro ici. Relance la compte alors comme donnée."),
            ("Legal notice to send by letter", "The message does not reach this client: send the notice by registered letter before the last lawful day, keep the proof of posting, then note its number here. Relance then counts it as given.")),
        new("legal-notice-late", 0, [O.Done],
            ("Information légale en retard", "Elle doit partir avant le dernier jour licite et part dès que possible, à toute heure. Voyez ce qui la retient (adresse, serveur d’envoi, service arrêté) ; au besoin, lettre recommandée, puis « relance contract notice-given »."),
            ("Legal notice late", "It has to leave before its last lawful day, and does so as soon as it can, at any hour. See what keeps it (address, mail server, service stopped); if need be send a registered letter, then 'relance contract notice-given'.")),
        new("notice-missed", 2, [O.Done],
            ("Information légale manquée", "Le client peut mettre fin au contrat à tout moment, sans frais, dès sa reconduction ; les sommes non consommées lui sont remboursées sous trente jours, puis portent intérêt au taux légal (C. consom., L215-1, L241-3). Prévenez-le et convenez de la suite ; « relance law refund » calcule le remboursement."),
            ("Legal notice missed", "The client may end the contract at any time, free of charge, from its renewal on; what is not used is paid back within thirty days, then bears legal interest (C. consom., L215-1, L241-3). Tell them and agree on what follows; 'relance law refund' computes the refund.")),
        new("notice-impossible", 7, [O.Done],
            ("Aucun jour licite pour l’information légale", "La période est trop courte pour son préavis : l’information ne peut être donnée dans la fenêtre de l’article L215-1. Reconduit ainsi, un client protégé peut mettre fin au contrat à tout moment, sans frais ; « relance law refund » calcule le remboursement. Proposez un contrat à durée indéterminée, résiliable à tout moment, ou une période plus longue."),
            ("No lawful day for the legal notice", "The term is too short for its notice period: the notice cannot be given within the window of article L215-1. Renewed like this, a protected client may end the contract at any time, free of charge; 'relance law refund' computes the refund. Propose an open-ended contract that may be ended at any time, or a longer term.")),
        new("clauses-missing", 2, [O.Done],
            ("Préavis non renseigné", "Le contrat se reconduit tacitement et son préavis n’est pas connu : l’information légale ne peut être datée et ne part pas. Lisez le contrat signé, puis notez son préavis (page du contrat, ou « relance contract clauses »)."),
            ("Notice period not recorded", "The contract renews tacitly and its notice period is not known: the legal notice cannot be dated, and does not go. Read the signed contract, then record its notice period (page of the contract, or 'relance contract clauses').")),
        new("tacit-unpaid", 2, [O.Done],
            ("Période reconduite jamais payée", "Le contrat s’est reconduit et cette période n’a pas été réglée, alors que la suivante commence : appelez le client ; le contrat court tant que personne ne le résilie."),
            ("Renewed term never paid", "The contract renewed, this term was not paid, and the next one begins: call the client; the contract runs on until somebody ends it.")),
        new("renewed-unsaid", 2, [O.Done],
            ("Reconduit sans confirmation", "Le contrat s’est reconduit pendant un litige ou une procédure collective : ni confirmation ni commande. Décidez de la suite avec le client ou le mandataire."),
            ("Renewed without a confirmation", "The contract renewed during a dispute or an insolvency: neither confirmation nor order. Decide with the client or the administrator how to go on.")),
        new("tacit-historic", 7, [O.GoesOn, O.Done],
            ("Ce contrat tacite court-il encore ?", "Sa dernière période payée est finie depuis longtemps. S’il court encore, dites-le : il se reconduit jusqu’à la période en cours et ses informations légales reprennent. Sinon, rien ne part."),
            ("Does this tacit contract still run?", "Its last paid term ended long ago. If it still runs, say so: it renews up to the running term, and its legal notices go on. Otherwise nothing goes out.")),
        new("refused-late", 2, [O.Declined, O.Done],
            ("Refus reçu après la date limite", "Sur sa page, le client a demandé de mettre fin au contrat après la date limite. Acceptez, et le contrat finit au dernier jour de la période en cours, ou répondez-lui par écrit, avec la date à laquelle sa demande prend effet."),
            ("Refused after the deadline", "On their page the client asked to end the contract after the deadline. Accept, and the contract ends on the last day of the running term, or answer in writing, with the day on which their request takes effect.")),
        new("refund-due", 14, [O.Refunded, O.Done],
            ("Remboursement dû au client", "Le client a mis fin au contrat reconduit sans information licite (C. consom., L215-1) : remboursez le montant indiqué dans les trente jours. Ensuite il porte intérêt au taux légal (L241-3)."),
            ("Refund due to the client", "The client ended the contract that renewed without a lawful notice (C. consom. L215-1): pay the amount back within thirty days. After that it bears legal interest (L241-3).")),
    ];
}
