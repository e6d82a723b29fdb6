using System.Globalization;
using Relance.Reminders;

namespace Relance.Agency.Digest;

/// <summary>The digest's words in one language.</summary>
internal sealed record DigestWords(
    string Language, string Subject, string GoingOut, string Awaiting, string Bounced, string Overdue, string Silent, string Until, string Colon, string Dry, string Redirected, string MoreText)
{
    private static readonly DigestWords s_french = new(
        "fr", "Votre journée du", "Part aujourd’hui", "Attend votre accord", "N’est pas arrivé", "Tâches en retard", "Boutiques muettes", "jusqu’au", "\u00A0:",
        " – à blanc\u00A0: ne part pas", " – redirigé vers vous", "… et {0} de plus");

    private static readonly DigestWords s_english = new(
        "en", "Your day,", "Going out today", "Awaiting your approval", "Did not arrive", "Overdue tasks", "Silent shops", "until", ":",
        " – dry run: does not leave", " – redirected to you", "… and {0} more");

    private static readonly Dictionary<string, (string Fr, string En)> s_steps = new(StringComparer.Ordinal)
    {
        ["maintenance.notice"] = ("annonce de l’échéance", "renewal notice"),
        ["maintenance.before-debit"] = ("information avant le prélèvement", "information before the debit"),
        ["maintenance.attention"] = ("rappel avant l’échéance", "reminder before the end"),
        ["maintenance.last-day"] = ("rappel de la veille", "reminder of the last day"),
        ["maintenance.lapsed"] = ("échéance passée", "term over"),
        ["maintenance.suspension"] = ("suspension", "suspension"),
        ["maintenance.reactivation"] = ("offre de reprise", "offer to resume"),
        ["maintenance.reactivation-2"] = ("seconde offre de reprise", "second offer to resume"),
        ["maintenance.ended"] = ("clôture du contrat", "contract closed"),
        ["maintenance.renewed"] = ("renouvellement confirmé", "renewal confirmed"),
        ["tacit.legal-notice"] = ("information légale de reconduction", "legal notice of renewal"),
        ["tacit.reminder"] = ("rappel de la date de refus", "reminder of the last day to refuse"),
        ["tacit.confirmation"] = ("reconduction confirmée", "tacit renewal confirmed"),
        ["tacit.ended"] = ("résiliation confirmée", "early end acknowledged"),
        ["tacit.declined"] = ("refus confirmé", "refusal acknowledged"),
        ["tacit.received"] = ("demande tardive reçue", "late request acknowledged"),
        ["maintenance.reactivated"] = ("reprise confirmée", "resumption confirmed"),
    };

    /// <summary>The words of <c>fr</c> or <c>en</c>.</summary>
    public static DigestWords Of(string language) => language == "fr" ? s_french : s_english;

    public string Day(DateOnly day) => day.ToString(Language == "fr" ? "dd/MM/yyyy" : "d MMMM yyyy", CultureInfo.InvariantCulture);

    public string Mode(string mode) => mode switch { "dry" => Dry, "redirect" => Redirected, _ => "" };

    public string More(int count) => string.Format(CultureInfo.InvariantCulture, MoreText, count);

    public string Because(string code) => ReasonTexts.Of(code, Language).Because;

    /// <summary>Who gets which step of which contract.</summary>
    public string Steps(string client, IReadOnlyList<MessageItem> items) => $"{client}{Colon} {string.Join(", ", items.Select(item => $"{Step(item.Step)} {item.Reference}"))}";

    /// <summary>A step in words. One without words here, such as one of a sequence added later, shows its code.</summary>
    public string Step(string code) => s_steps.TryGetValue(code, out var step) ? (Language == "fr" ? step.Fr : step.En) : code;
}
