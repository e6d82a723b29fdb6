using static Relance.Dashboard.Words;

namespace Relance.Legal;

/// <summary>The codes of legal dates as people read them, in the language of whoever asks.</summary>
internal static class LegalWords
{
    /// <summary>What a date is.</summary>
    public static string What(string code) => code switch
    {
        "window-opens" => Say("L’information peut partir", "Notice may go"),
        "send-on" => Say("L’information part", "Notice goes"),
        "alarm" => Say("Alerte : elle part aussitôt", "Alarm: it goes at once"),
        "hard-stop" => Say("Dernier jour licite", "Last lawful day"),
        "deadline" => Say("Date limite de non-reconduction", "Last day to refuse"),
        "term" => Say("Fin de la période", "Term ends"),
        _ => code,
    };

    /// <summary>What became of a notice.</summary>
    public static string Notice(string code) => code switch
    {
        "given" => Say("donnée", "given"),
        "off" => Say("interdite par une personne", "kept back by a person"),
        "blocked" => Say("impossible", "impossible"),
        "missed" => Say("manquée", "missed"),
        "open" => Say("à venir", "to come"),
        _ => code,
    };

    /// <summary>What the law sees in a client.</summary>
    public static string ClientKind(string code) => code switch
    {
        "consumer" => Say("consommateur", "consumer"),
        "business" => Say("professionnel", "business"),
        "non-professional" => Say("non-professionnel", "non-professional"),
        "public" => Say("personne publique", "public body"),
        "unknown" => Say("inconnue", "unknown"),
        _ => code,
    };
}
