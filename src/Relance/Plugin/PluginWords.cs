using Relance.Templates;

namespace Relance.Plugin;

/// <summary>What happened to a contract, for the boxes of the plugin; what people there need not know has no words.</summary>
internal static class PluginWords
{
    private static readonly Dictionary<string, (string French, string English)> s_words = new(StringComparer.Ordinal)
    {
        ["contract"] = ("Contrat ouvert", "Contract opened"),
        ["sent"] = ("Envoyé", "Sent"),
        ["refused"] = ("Refusé par le serveur du destinataire", "Refused by the recipient's server"),
        ["deferred"] = ("Reporté par le serveur du destinataire", "Deferred by the recipient's server"),
        ["bounced"] = ("Revenu sans être remis", "Came back undelivered"),
        ["came-back-delivered"] = ("Remis", "Delivered"),
        ["paid"] = ("Payé", "Paid"),
        ["marked-paid"] = ("Noté payé par l’agence", "Marked paid by the agency"),
        ["renewed-tacitly"] = ("Reconduit tacitement", "Renewed tacitly"),
        ["declined"] = ("Non renouvelé", "Declined"),
        ["ended"] = ("Terminé", "Ended"),
        ["reopened"] = ("Rouvert", "Reopened"),
        ["refused-late"] = ("Refus après la date limite", "Refused after the deadline"),
        ["paused"] = ("Relances en pause", "Reminders paused"),
        ["pause-removed"] = ("Pause levée", "Pause removed"),
        ["flag-set"] = ("Relances arrêtées", "Reminders stopped"),
        ["flag-cleared"] = ("Relances reprises", "Reminders go on"),
        ["legal-notice-given"] = ("Information légale donnée autrement", "Legal notice given another way"),
        ["legal-notice-missed"] = ("Information légale manquée", "Legal notice missed"),
        ["paid-after-end"] = ("Payé après la fin", "Paid after the end"),
    };

    /// <summary>A kind of the journal in words, with the messages it is about; null for one that is not shown.</summary>
    public static string? Of(string kind, string steps, string locale)
    {
        if (!s_words.TryGetValue(kind, out var words))
            return null;
        var french = locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
        var text = french ? Typography.French(words.French) : words.English;
        return steps.Length == 0 ? text : french ? Typography.French($"{words.French} : {steps}") : $"{text}: {steps}";
    }
}
