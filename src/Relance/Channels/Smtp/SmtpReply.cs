using System.Text.RegularExpressions;

namespace Relance.Channels.Smtp;

/// <summary>One answer of the server: RFC 5321 §4.2, its lines without the code, and its RFC 3463 status if it gives one.</summary>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int MostCharacters = 2_000;

    public bool Positive => Code is >= 200 and < 300;

    public string? Status => Lines.Select(line => StatusCode().Match(line)).FirstOrDefault(match => match.Success)?.Value;

    /// <summary>The server's own words, for the journal: every line with its code, cut at 2,000 characters.</summary>
    public override string ToString()
    {
        var text = string.Join('\n', Lines.Select(line => $"{Code} {line}".TrimEnd()));
        return text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…");
    }

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?= |$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusCode();
}
