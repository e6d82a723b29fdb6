using System.Text.RegularExpressions;

namespace Relance.Bounces.Reading;

/// <summary>Status codes in what servers write: enhanced ones (RFC 3463) and those of SMTP (RFC 5321).</summary>
internal static partial class StatusCode
{
    /// <summary>The first enhanced code in a text: <c>5.1.1</c>, also as <c>#5.1.1</c>; never a part of an IP address.</summary>
    public static string? In(string text) => Enhanced().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>The first SMTP reply code of a refusal in a text: 400 to 599.</summary>
    public static string? Reply(string text) => Smtp().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>Says whether it failed, and not why.</summary>
    public static bool IsGeneric(string? status) => status is null || status.EndsWith(".0.0", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d]|\.\d)", RegexOptions.None, 1000)]
    private static partial Regex Enhanced();

    [GeneratedRegex(@"(?<![\d.])[45]\d\d(?=[ -][^\d]|[ -][45]\.\d|$)", RegexOptions.None, 1000)]
    private static partial Regex Smtp();
}
