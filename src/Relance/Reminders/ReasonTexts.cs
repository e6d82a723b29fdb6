using System.Globalization;

namespace Relance.Reminders;

/// <summary>A reason code in words.</summary>
/// <param name="Because">Why the step does not go, or not now.</param>
/// <param name="Change">What would have to change; empty where nothing can.</param>
public sealed record ReasonText(string Because, string Change);

/// <summary>What each code of a <see cref="Domain.Reminders.SkipReason"/>, and each other reason a step or message is given, means to a person; in French and English.</summary>
public static class ReasonTexts
{
    private static readonly Dictionary<string, (ReasonText En, ReasonText Fr)> s_texts = new(StringComparer.Ordinal)
    {
        ["paid"] = Text("the term is paid", "", "le terme est payé", ""),
        ["declined"] = Text("the client declined", "if the client changes their mind, reopen the contract", "le client a refusé", "si le client change d’avis, rouvrez le contrat"),
        ["ended"] = Text("the contract is closed", "", "le contrat est clos", ""),
        ["cancelled"] = Text("the contract, order or subscription was cancelled, refunded or deleted", "restore it in the shop", "le contrat, la commande ou l’abonnement a été annulé, remboursé ou supprimé", "rétablissez-le dans la boutique"),
        ["before-baseline"] = Text("it was due before the shop was linked or changed its mode: no backlog is ever sent", "", "il était dû avant la liaison de la boutique ou son changement de mode : aucun retard accumulé n’est envoyé", ""),
        ["superseded"] = Text("a later step is right by now, or was sent", "", "une étape ultérieure est désormais la bonne, ou a été envoyée", ""),
        ["merged-into-next"] = Text("the next step is closer than the minimum gap: the later one goes", "a smaller MinimumGapDays", "l’étape suivante est plus proche que l’intervalle minimal : c’est elle qui part", "un MinimumGapDays plus petit"),
        ["expired"] = Text("the days on which it is true are over", "", "les jours où il est exact sont passés", ""),
        ["prerequisite-missing"] = Text("the step it builds on was not sent", "", "l’étape dont il dépend n’a pas été envoyée", ""),
        ["not-due"] = Text("it is not due yet", "", "il n’est pas encore dû", ""),
        ["outside-window"] = Text("it is a closed day, or outside the sending hours", "the calendar settings", "c’est un jour fermé, ou hors des heures d’envoi", "les réglages du calendrier"),
        ["minimum-gap"] = Text("the previous step was too recent", "a smaller MinimumGapDays", "l’étape précédente est trop récente", "un MinimumGapDays plus petit"),
        ["daily-slot"] = Text("this person already gets a message that day", "", "cette personne reçoit déjà un message ce jour-là", ""),
        ["paused"] = Text("it is paused", "remove the pause", "il est en pause", "levez la pause"),
        ["transfer-announced"] = Text("a transfer or cheque is announced: harder steps wait seven days", "mark it paid once the money is there", "un virement ou un chèque est annoncé : les étapes plus fermes attendent sept jours", "marquez-le payé dès réception"),
        ["no-address"] = Text("there is no address to write to", "give the client an e-mail address in the shop", "il n’y a pas d’adresse où écrire", "donnez une adresse e-mail au client dans la boutique"),
        ["address-refused"] = Text("a server refused this address", "correct the address in the shop", "un serveur a refusé cette adresse", "corrigez l’adresse dans la boutique"),
        ["already-planned"] = Text("its message is planned and has not left yet", "", "son message est planifié et n’est pas encore parti", ""),
        ["needs-decision"] = Text("a person has to decide first", "answer the open task", "une personne doit d’abord décider", "répondez à la tâche ouverte"),
        ["sequence-not-built"] = Text("this kind of contract has no sequence yet", "", "ce type de contrat n’a pas encore de séquence", ""),
        ["sequence-done"] = Text("every step is done", "", "toutes les étapes sont faites", ""),
        ["restored"] = Text("the shop comes from a backup: nobody has said yet that the original is stopped", "relance restore confirm", "la boutique vient d’une sauvegarde : personne n’a encore dit que l’ancienne installation est arrêtée", "relance restore confirm"),
        ["shop-unreachable"] = Text("the shop does not answer: nothing leaves without asking it", "get the shop to answer (relance doctor)", "la boutique ne répond pas : rien ne part sans l’interroger", "rétablissez la boutique (relance doctor)"),
        ["daily-ceiling"] = Text("the shop's daily ceiling is reached", "a higher DailyCeiling", "le plafond quotidien de la boutique est atteint", "un DailyCeiling plus élevé"),
        ["awaiting-approval"] = Text("it waits for a person's approval", "approve or reject it", "il attend l’accord d’une personne", "approuvez-le ou rejetez-le"),
        ["approval"] = Text("it waits for a person's approval", "approve or reject it", "il attend l’accord d’une personne", "approuvez-le ou rejetez-le"),
        ["renewal-order"] = Text("its renewal order is being made in the shop", "", "sa commande de renouvellement est en cours de création dans la boutique", ""),
        ["clock-skew"] = Text("our clock and the shop's differ by more than an hour", "set the clocks (NTP)", "notre horloge et celle de la boutique diffèrent de plus d’une heure", "réglez les horloges (NTP)"),
        ["site-mismatch"] = Text("the shop gives another address than the one it was linked under: it may be a copy", "link the right shop", "la boutique donne une autre adresse que celle de sa liaison : c’est peut-être une copie", "liez la bonne boutique"),
        ["shop-speaks"] = Text("the shop says this itself, by a mail of its own", "switch that mail off in WooCommerce, or say that Relance speaks (relance shop speaks)", "la boutique le dit elle-même, par son propre e-mail", "désactivez cet e-mail dans WooCommerce, ou dites que Relance parle (relance shop speaks)"),
        ["renewed"] = Text("the contract renewed tacitly", "", "le contrat a été reconduit tacitement", ""),
        ["notice-off"] = Text("a person said that the legal notice must not go", "switch the legal notice on again", "une personne a dit que l’information légale ne doit pas partir", "rétablissez l’information légale"),
        ["notice-impossible"] = Text("the term is too short for its notice: no day is lawful (C. consom. L215-1)", "propose an open-ended contract", "la période est trop courte pour son préavis : aucun jour n’est licite (C. consom., L215-1)", "proposez un contrat à durée indéterminée"),
        ["clauses-missing"] = Text("the contract's notice period is not recorded", "record it (relance contract clauses)", "le préavis du contrat n’est pas renseigné", "renseignez-le (relance contract clauses)"),
        ["mode-changed"] = Text("the shop's mode changed", "", "le mode de la boutique a changé", ""),
        ["refused"] = Text("the mail server refused the message", "see the open task", "le serveur de messagerie a refusé le message", "voyez la tâche ouverte"),
    };

    /// <summary>A code in words; a code without words is given back as it is.</summary>
    /// <param name="locale">A tag that begins with <c>fr</c> gives French, any other English.</param>
    public static ReasonText Of(string code, string locale = "en") => s_texts.TryGetValue(code, out var text)
        ? locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? text.Fr : text.En
        : new ReasonText(code.Replace('-', ' '), "");

    /// <summary>Whether a code has words.</summary>
    internal static bool Knows(string code) => s_texts.ContainsKey(code);

    /// <summary>A day, for an English sentence: Monday 4 January 2027.</summary>
    internal static string Day(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    private static (ReasonText, ReasonText) Text(string because, string change, string car, string changer) => (new(because, change), new(car, changer));
}
