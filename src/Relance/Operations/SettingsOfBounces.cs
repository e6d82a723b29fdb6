namespace Relance.Operations;

/// <summary>How mails that could not be delivered come back.</summary>
public sealed record BounceSettings
{
    /// <summary>What stands for the message in a return path.</summary>
    public const string Token = "{token}";

    /// <summary>The return path of each message, with <see cref="Token"/> in it; null: mails come back to <c>Smtp:From</c>, where nobody reads them for us.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>What the mail server shows at <c>POST /inbound/mail</c>; null: the route refuses everything.</summary>
    public string? InboundSecret { get; init; }

    // The compiler's own ToString would print the secret.
    /// <inheritdoc/>
    public override string ToString() => $"{ReturnPath}";

    /// <summary>An address, or a pattern with the token set apart from letters and digits; null when it is neither.</summary>
    /// <remarks>RFC 5321 §4.5.3.1.1: 64 octets before the @. RFC 5233: <c>+</c> is what mail servers split at.</remarks>
    internal static string? Pattern(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1)
            return null;
        var pattern = text.Contains(Token, StringComparison.Ordinal) ? text : $"{text[..at]}+{Token}{text[at..]}";
        var parts = pattern.Split(Token);
        if (parts is not [var before, var after] || (before.Length > 0 && char.IsAsciiLetterOrDigit(before[^1])) || char.IsAsciiLetterOrDigit(after[0]) || !after.Contains('@', StringComparison.Ordinal))
            return null;
        var sample = before + new string('a', Bounces.ReturnPathToken.Length) + after;
        return SettingsRules.Email(sample) is not null && sample.LastIndexOf('@') <= 64 ? pattern : null;
    }
}
