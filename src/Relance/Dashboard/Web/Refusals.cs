using Relance.Agency;

namespace Relance.Dashboard;

/// <summary>A refusal as a sentence for people.</summary>
internal static class Refusals
{
    public static string Sentence(RefusedException refused) => refused.Why switch
    {
        Refusal.NotFound => Words.Say($"Introuvable : {Expected(refused)}.", $"Not found: {Expected(refused)}."),
        Refusal.Conflict => Words.Say($"Impossible maintenant : {Expected(refused)}.", $"Not possible now: {Expected(refused)}."),
        _ => Words.Say($"Attendu : {Expected(refused)}.", $"Expected: {Expected(refused)}."),
    };

    public static int Status(RefusedException refused) => refused.Why switch
    {
        Refusal.NotFound => StatusCodes.Status404NotFound,
        Refusal.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    // The services say what they expect in English; for the fields that people fill in the page says more.
    private static string Expected(RefusedException refused)
    {
        var english = (refused.Expected.StartsWith("expected ", StringComparison.Ordinal) ? refused.Expected["expected ".Length..] : refused.Expected).TrimEnd('.');
        return (Words.Language == "fr" && refused.Why == Refusal.Invalid ? French(refused.Field) : null) ?? InFrench.Say(english);
    }

    /// <summary>What a field expects, in French; null where the service's own sentence says it.</summary>
    internal static string? French(string field) => field switch
    {
        "reason" or "note" => "quelques mots, sur une ligne",
        "until" => "un jour à venir, dans deux ans au plus",
        "siren" => "neuf chiffres dont la clé est juste",
        "iban" => "un IBAN dont la clé est juste",
        "bic" => "un BIC de 8 ou 11 caractères",
        "phone" => "un téléphone tel que 01 23 45 67 89",
        "website" => "une adresse telle que https://agence.example",
        "from" or "replyTo" => "une adresse e-mail telle que contact@agence.example",
        "key" => "une clé « ck_ » suivie de 40 chiffres et lettres",
        "secret" => "un secret « cs_ » suivi de 40 chiffres et lettres",
        "passphrase" => "une phrase d’au moins 12 caractères, celle de la sauvegarde",
        "backup" => "un fichier entier, tel que « relance backup » ou la page Réglages l’écrit, d’une version de Relance qui n’est pas plus récente que celle-ci",
        _ => null,
    };
}
