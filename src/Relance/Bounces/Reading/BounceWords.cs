using System.Text.RegularExpressions;

namespace Relance.Bounces.Reading;

/// <summary>What servers say in words, where their codes tell nothing: English and French, as the large providers put it.</summary>
internal static partial class BounceWords
{
    /// <summary>The meaning of a refusal's words; null when they tell nothing.</summary>
    public static Verdict? Of(string words) => words switch
    {
        _ when NotNow().IsMatch(words) => Verdict.Soft,
        // « blocked: user unknown » is about the address; « unknown user … blacklisted » does not occur.
        _ when Nobody().IsMatch(words) => Verdict.Hard,
        _ when NotYou().IsMatch(words) => Verdict.Blocked,
        _ => null,
    };

    [GeneratedRegex(
        @"mailbox (is )?full|over ?quota|quota (exceeded|dépassé)|exceeded .{0,40}(quota|storage)|insufficient (system )?storage|out of storage|bo[îi]te .{0,40}pleine|"
        + @"gr[ea]y-?list|try again later|temporar|timed? ?out|too many (connections|messages|recipients)|retry time not reached|retry timeout exceeded|could not connect|connection refused|(host|server) (is )?not responding|espace .{0,30}insuffisant|réessayer plus tard",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotNow();

    [GeneratedRegex(
        @"(user|recipient|mailbox|account|address|destinataire|addressee) .{0,60}(unknown|not found|(does|do) not exist|doesn'?t exist|no longer|not available|unavailable|disabled|inactive|invalid|suspended|closed|inconnue?|n['’ ]existe (pas|plus)|désactivée?|fermée?)|"
        + @"(unknown|no such|invalid|inactive|disabled|nonexistent|non-existent|bad destination) (user|recipient|mailbox|account|address|local)|no mailbox (here|by that name)|not a valid (user|recipient|mailbox)|"
        + @"(adresse|compte|utilisateur|destinataire|bo[îi]te) .{0,60}(inconnue?|inexistante?|invalide|désactivée?|fermée?|suspendue?|n['’ ]existe (pas|plus))|address rejected|recipient rejected|user doesn'?t have a|"
        + @"(domain|host|domaine|hôte) .{0,60}(not found|does not exist|inconnu|n['’ ]existe pas)|nxdomain|(name service error|unrouteable address|unknown host)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nobody();

    [GeneratedRegex(
        @"spam|black-?list|block-?list|blocked|blocked using|reputation|\b(spf|dkim|dmarc|rbl|dnsbl)\b|polic(y|ies)|unsolicited|banned|listed (at|in|by)|junk|virus|content rejected|message (size|too large)|too (big|large)|access denied|refused by|not authori[sz]ed|sender .{0,30}(rejected|denied|verify failed)|"
        + @"ind[ée]sirable|trop volumineux|bloqué|liste noire|non autorisée?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotYou();
}
