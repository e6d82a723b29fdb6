using System.Globalization;

namespace Relance.Evidence;

/// <summary>How to check a dossier without Relance: the formulas, and commands that every system has.</summary>
internal static class DossierNote
{
    public static string Of(DossierFacts facts) => string.Create(CultureInfo.InvariantCulture, $$"""
        {{(facts.Locale == "fr" ? French : English)}}

        journal.jsonl : {{facts.Head.Seq}}  {{facts.Head.Hash}}
        """) + "\n";

    private const string Commands = """
              sha256sum -c SHA256SUMS
              head -n -1 SHA256SUMS | sha256sum
              printf '%s' "$fields" | sha256sum
              printf '%s%s' "$prev" "$digest" | sha256sum
              openssl ts -verify -digest HASH -in stamps/N.tst -token_in -CAfile authority.pem
        """;

    private const string French = $"""
        COMMENT VÉRIFIER CE DOSSIER

        Avec Relance, sans base de données :  relance evidence verify dossier.zip

        Sans Relance :
        1. Chaque fichier a son empreinte SHA-256 dans SHA256SUMS ; la dernière ligne est l'empreinte des lignes qui la précèdent.
        2. Chaque ligne de journal.jsonl est une entrée du journal de la boutique, dans l'ordre. Les entrées d'autres clients n'y sont
           que par leur condensé (« digest »). Le condensé d'une entrée est l'empreinte SHA-256 de ses champs, chacun précédé de sa
           longueur en octets et de deux-points, et suivi d'une virgule : shop, seq, at, kind, subject, entry, content (vide s'il manque).
        3. L'empreinte (« hash ») d'une entrée est celle de l'empreinte précédente (« 0 » pour la première) suivie du condensé : changer,
           retirer ou ajouter une entrée change toutes les empreintes suivantes. Une ligne sans condensé ni champs date d'une version
           antérieure : elle ne peut être recalculée ici.
        4. « content » est l'empreinte SHA-256 d'un fichier du dossier, octet pour octet : les courriels tels qu'ils sont partis. Ce qui
           a été effacé depuis est nommé dans dossier.json (« erased »).
        5. Un horodatage (stamps/, RFC 3161) prouve que l'entrée de ce numéro et toutes celles d'avant existaient à son instant.

        Ce que cela ne prouve pas : sans horodatage ni copie de la dernière empreinte gardée ailleurs, qui tient la base de données pourrait
        réécrire tout le journal. La dernière entrée, son numéro et son empreinte, est à comparer avec une copie antérieure :
        {Commands}
        """;

    private const string English = $"""
        HOW TO CHECK THIS DOSSIER

        With Relance, without a database:  relance evidence verify dossier.zip

        Without Relance:
        1. Each file has its SHA-256 in SHA256SUMS; the last line there is the hash of the lines before it.
        2. Each line of journal.jsonl is an entry of the shop's journal, in order. Entries of other clients are there by their digest
           alone. The digest of an entry is the SHA-256 of its fields, each with its length in bytes and a colon before it and a comma
           after it: shop, seq, at, kind, subject, entry, content (empty where it is missing).
        3. The hash of an entry is the SHA-256 of the hash before it ("0" for the first) followed by the digest: to change, remove or add
           an entry changes every later hash. A line without digest and fields was written by an earlier version: it cannot be computed here.
        4. "content" is the SHA-256 of a file of the dossier, byte for byte: mails as they left. What was erased since is named in
           dossier.json ("erased").
        5. A time-stamp (stamps/, RFC 3161) proves that the entry of that number and all before it existed at its instant.

        What this does not prove: without a time-stamp or a copy of the last hash kept elsewhere, whoever holds the database could
        rewrite the whole journal. Compare the last entry, its number and hash, with an earlier copy:
        {Commands}
        """;
}
