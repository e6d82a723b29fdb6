using System.Globalization;
using System.Text.Json;
using Relance.Agency.Digest;
using Relance.Templates;

namespace Relance.Agency;

/// <summary>The sentences of tasks in French. One that is not here is shown in English, as are tasks stored before sentences and facts were kept apart.</summary>
internal static class TaskTexts
{
    /// <summary>French by the English pattern.</summary>
    public static IReadOnlyDictionary<string, string> French { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["{0}: {1}, to be approved until {2}."] = "{0} : {1}, à approuver jusqu’au {2}.",
        ["This client has no e-mail address: nothing can be confirmed or reminded."] = "Ce client n’a pas d’adresse e-mail : rien ne peut lui être confirmé ni rappelé.",
        ["A server refused this client's address: correct it in the shop, or call."] = "Un serveur a refusé l’adresse de ce client : corrigez-la dans la boutique, ou appelez-le.",
        ["The legal notice of {0} cannot go by e-mail: send it as a registered letter by {1}."] = "L’information légale de {0} ne peut pas partir par e-mail : envoyez-la en recommandé avant le {1} inclus.",
        ["The legal notice of {0} has not left; it is lawful until {1}: see why, or give it by registered letter before."] = "L’information légale de {0} n’est pas partie ; elle est licite jusqu’au {1} : voyez pourquoi, ou envoyez-la en recommandé avant.",
        ["No lawful notice was given by {0}: from {1} on the client may end the contract at any time, free of charge, and gets back what is not used."] = "Aucune information licite n’a été donnée au {0} : à partir du {1}, le client peut mettre fin au contrat à tout moment, sans frais, et récupère ce qui n’est pas consommé.",
        ["The term from {0} to {1} is too short for a notice of {2}: no day is lawful. Once renewed, the client may end the contract at any time, free of charge, and gets back what is not used."] = "La période du {0} au {1} est trop courte pour un préavis de {2} : aucun jour n’est licite. Une fois le contrat reconduit, le client peut y mettre fin à tout moment, sans frais, et récupère ce qui n’est pas consommé.",
        ["The term from {0} to {1} is too short for a notice of {2}: nobody could refuse in time."] = "La période du {0} au {1} est trop courte pour un préavis de {2} : personne ne pourrait refuser à temps.",
        ["The notice period of this tacit contract is not recorded: its legal notice cannot be computed, and does not go."] = "Le préavis de ce contrat tacite n’est pas enregistré : son information légale ne peut pas être calculée, et ne part pas.",
        ["The term from {0} to {1} was never paid, and the next one runs."] = "La période du {0} au {1} n’a jamais été payée, et la suivante court.",
        ["This contract renewed tacitly while a dispute or an insolvency is noted: no confirmation and no order went out."] = "Ce contrat s’est reconduit alors qu’un litige ou une procédure collective est noté : ni confirmation ni commande ne sont parties.",
        ["Its last paid term ended on {0}: does this tacit contract still run?"] = "Sa dernière période payée a pris fin le {0} : ce contrat tacite court-il encore ?",
        ["The shop's clock and ours differ by {0}: reminders wait."] = "L’horloge de la boutique et la nôtre diffèrent de {0} : les relances attendent.",
        ["The ceiling of {0} reminders a day is reached: the rest goes on the next day."] = "Le plafond de {0} relances par jour est atteint : le reste part le jour suivant.",
        ["The next reminder of this contract cannot be decided: {0}"] = "La prochaine relance de ce contrat ne peut pas être décidée : {0}",
        ["The mail server refused this message: {0}"] = "Le serveur d’envoi a refusé ce message : {0}",
        ["The mail server refuses our set-up: {0}"] = "Le serveur d’envoi refuse notre réglage : {0}",
        ["This message may or may not have been delivered: ask the mail server, then say so."] = "Ce message est peut-être arrivé, peut-être pas : demandez au serveur de messagerie, puis dites-le.",
        ["Order {0} buys a term that is already paid: refund it, count it for the next term, or open a contract for another site."] = "La commande {0} achète une période déjà payée : remboursez-la, comptez-la pour la période suivante, ou ouvrez un contrat pour un autre site.",
        ["Order {0} could renew {1} contracts of this client: say which. Their reminders wait."] = "La commande {0} peut renouveler {1} contrats de ce client : dites lequel. Leurs relances attendent.",
        ["The subscription is on hold in the shop before its last day: reminders wait."] = "L’abonnement est suspendu dans la boutique avant son dernier jour : les relances attendent.",
        ["The shop's answer cannot be read, what it is about waits: {0}"] = "La réponse de la boutique est illisible, ce dont elle parle attend : {0}",
        ["The renewal order was cancelled or trashed in the shop: did the client decline? Reminders wait."] = "La commande de renouvellement a été annulée ou mise à la corbeille dans la boutique : le client renonce-t-il ? Les relances attendent.",
        ["Order {0} was paid and is now {1}: the contract runs on until you close it."] = "La commande {0} était payée et ne l’est plus ({1}) : le contrat court jusqu’à ce que vous y mettiez fin.",
        ["Order {0} was paid after the contract was closed: refund it or open a new contract."] = "La commande {0} a été payée après la fin du contrat : remboursez-la, ou ouvrez un nouveau contrat.",
        ["Order {0} is newer than the erasure of its client: nothing is kept of who it is, and nothing is mailed."] = "La commande {0} est postérieure à l’effacement de son client : rien n’est conservé de son identité, et rien n’est envoyé.",
        ["Order {0} pays a term that is already paid: refund it or count it for the next term."] = "La commande {0} paie une période déjà payée : remboursez-la, ou comptez-la pour la période suivante.",
        ["The renewal was refunded in full: the contract is closed; agree with the client on what follows."] = "Le renouvellement a été remboursé en entier : le contrat est clos ; convenez de la suite avec le client.",
        ["A transfer or cheque was announced for order {0}: check the bank."] = "Un virement ou un chèque est annoncé pour la commande {0} : regardez le compte.",
        ["The renewal order {0} comes to {1}, the contract to {2}: correct the order. Reminders wait."] = "La commande de renouvellement {0} vaut {1}, le contrat {2} : corrigez la commande. Les relances attendent.",
        ["The price was changed by an import while order {0} is open: correct the order. Reminders wait."] = "Un import a changé le prix alors que la commande {0} est ouverte : corrigez la commande. Les relances attendent.",
        ["Order {0} paid the term; order {1} for the same term is still open: cancel it."] = "La commande {0} a payé la période ; la commande {1}, pour la même période, est encore ouverte : annulez-la.",
        ["Restored from the backup of {0}: nothing is sent until somebody has confirmed that the original is stopped (relance restore confirm)."] = "Restaurée de la sauvegarde du {0} : rien ne part tant que personne n’a confirmé que l’ancienne installation est arrêtée (relance restore confirm).",
        ["The shop refuses \"{0}\" on {1}: {2}"] = "La boutique refuse l’écriture « {0} » sur {1} : {2}",
        ["Our mail came back, {0}: call this client, then correct the address in the shop, or say 'relance client address-ok'. Reminders wait until then."] = "Notre e-mail est revenu ({0}) : appelez ce client, puis corrigez l’adresse dans la boutique, ou dites « relance client address-ok ». Les relances attendent jusque-là.",
        ["A server refuses our mails for what they are or where they come from, {0}: see 'relance doctor' (SPF, DKIM, DMARC, block lists) and ask the mail provider."] = "Un serveur refuse nos e-mails pour ce qu’ils sont ou d’où ils viennent ({0}) : voyez « relance doctor » (SPF, DKIM, DMARC, listes noires) et demandez au fournisseur.",
        ["This {0} notice did not arrive by e-mail, {1}: send it as a registered letter today."] = "Ce courrier ({0}) n’est pas arrivé par e-mail ({1}) : envoyez-le en recommandé aujourd’hui.",
        ["The notice of suspension did not arrive, {0}, and the contract is suspended: call the client, or lift the suspension. With a corrected address it goes again, and that day counts."] = "L’avis de suspension n’est pas arrivé ({0}), et le contrat est suspendu : appelez le client, ou levez la suspension. Avec une adresse corrigée, il repart, et ce jour-là compte.",
        ["The message that closes the contract did not arrive, {0}: tell the client in another way."] = "Le message de clôture du contrat n’est pas arrivé ({0}) : prévenez le client autrement.",
        ["This legal notice left by e-mail, and no way is set up by which it could come back: send it as a letter as well (docs/bounces.md)."] = "Cette information légale est partie par e-mail, et rien n’est réglé pour savoir si elle revient : envoyez-la aussi par courrier (docs/bounces.md).",
        ["The recipient's mail filter asks whether a human wrote: open its mail ('relance inbound show'), and answer it, or call the client."] = "Le filtre du destinataire demande si un humain a écrit : ouvrez son e-mail (« relance inbound show ») et répondez-y, ou appelez le client.",
        ["Somebody answered to the return path of this message: read it ('relance inbound show')."] = "Quelqu’un a répondu à l’adresse de retour de ce message : lisez-le (« relance inbound show »).",
        ["A redirected mail came back, {0}: check RedirectTo."] = "Un e-mail redirigé est revenu ({0}) : vérifiez RedirectTo.",
        ["A mail ({0}) came back and names no message of ours: see 'relance inbound list'."] = "Un e-mail ({0}) est revenu et ne nomme aucun de nos messages : voyez « relance inbound list ».",
        ["The renewal order {0} was made at {1}, the contract now costs {2}: correct the order. Reminders wait."] = "La commande de renouvellement {0} a été faite à {1}, le contrat coûte maintenant {2} : corrigez la commande. Les relances attendent.",
        ["The shop counts term {0} as paid by order {1}, which is not to be found: say whether it is paid. Reminders wait."] = "La boutique compte la période {0} comme payée par la commande {1}, introuvable : dites si elle est payée. Les relances attendent.",
        ["The shop says that this contract goes on; here it cannot: {0}."] = "La boutique dit que ce contrat continue ; ici ce n’est pas possible : {0}.",
        ["On {0} the client asked to end the contract; the deadline was {1}."] = "Le {0}, le client a demandé à mettre fin au contrat ; la date limite était le {1}.",
        ["Refused on {0}, before the contract renewed on {1}."] = "Refusé le {0}, avant la reconduction du {1}.",
        ["Another WooCommerce answers under {0} than the one that was linked: a copy, or a new installation. Nothing is sent or written for it."] = "Un autre WooCommerce que celui qui a été relié répond à {0} : une copie, ou une nouvelle installation. Rien n’est envoyé ni écrit pour elle.",
        ["The site linked as {0} now says that it is {1}: a staging copy, or it moved. Nothing is sent or written for it."] = "Le site relié comme {0} dit maintenant être {1} : une copie de préproduction, ou un déménagement. Rien n’est envoyé ni écrit pour lui.",
        ["{0} sends webhooks with the secret of {1}: a copy of the shop? They are kept and not applied."] = "{0} envoie des webhooks avec le secret de {1} : une copie de la boutique ? Ils sont conservés et ne sont pas appliqués.",
        ["The plugin was in the shop and does not answer any more: refusals and new contracts do not arrive."] = "L’extension était dans la boutique et ne répond plus : refus et nouveaux contrats n’arrivent plus.",
        ["{0} was unlinked in its administration: nothing leaves for it any more, legal notices included."] = "{0} a été déliée depuis son administration : plus rien ne part pour elle, informations légales comprises.",
        ["Refund {0} {1} by {2}."] = "Remboursez {0} {1} au plus tard le {2}.",
        ["The recipient marked our mail as spam: nothing more is sent. Call, agree on how to go on, then 'relance client address-ok'."] = "Le destinataire a classé notre e-mail comme indésirable : plus rien n’est envoyé. Appelez-le, convenez de la suite, puis « relance client address-ok ».",
    };

    /// <summary>The sentence of a task's row in a language; English unless it is French.</summary>
    public static string In(string locale, JsonElement data)
    {
        var about = data.TryGetProperty("about", out var text) ? text.ToString() : "";
        if (locale != "fr" || !data.TryGetProperty("says", out var pattern) || French.GetValueOrDefault(pattern.GetString()!) is not { } french)
            return about;
        return Fill(Typography.French(french), [.. data.GetProperty("facts").EnumerateArray().Select(fact => Said(fact.GetString()!))]);
    }

    /// <summary>A pattern with its facts.</summary>
    public static string Fill(string pattern, params object[] facts) => string.Format(CultureInfo.InvariantCulture, pattern, facts);

    private static string Said(string fact) =>
        DateOnly.TryParseExact(fact, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? DigestWords.Of("fr").Day(day)
        : DigestWords.Of("fr").Step(fact);
}
