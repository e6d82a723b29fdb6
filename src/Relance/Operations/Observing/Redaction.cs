using System.Text.RegularExpressions;

namespace Relance.Operations.Observing;

/// <summary>The last guard of the log: whatever an exception or a server's answer repeats, addresses and keys do not get into it.</summary>
/// <remarks>Names cannot be told from words: no message of ours has one, and a test reads the whole log of a story for them.</remarks>
internal static partial class Redaction
{
    /// <summary>The text without e-mail addresses, consumer keys, clients' links, credentials in addresses and bank accounts.</summary>
    public static string Of(string text)
    {
        if (text.Contains('@', StringComparison.Ordinal))
            text = Address().Replace(Credentials().Replace(text, "://…@"), "…@…");
        return Account().Replace(Sealed().Replace(Key().Replace(text, "${kind}…"), "${kind}…"), "${kind}…");
    }

    [GeneratedRegex("""[^\s<>"'(),:;\[\]@=/]{1,64}@[^\s<>"'(),:;\[\]@=/]{1,255}""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex("""://[^/\s@]+@""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Credentials();

    [GeneratedRegex("""\b(?<kind>c[ks]_)[0-9A-Za-z_]{8,}""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();

    // What data protection sealed begins so; a client's link may also come changed.
    [GeneratedRegex("""(?<kind>CfDJ8|/c/)[0-9A-Za-z_%-]{4,}""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Sealed();

    [GeneratedRegex("""\b(?<kind>[A-Z]{2}[0-9]{2})(?:[ ]?[0-9A-Z]{4}){3,7}(?:[ ]?[0-9A-Z]{1,3})?\b""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Account();
}
