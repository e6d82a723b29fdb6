namespace Relance.Bounces.Reading;

/// <summary>What a bounce means.</summary>
internal enum Verdict
{
    /// <summary>This address takes no mail: nothing more is sent to it.</summary>
    Hard,
    /// <summary>Not this time: mailbox full, server gone for days, expired greylisting.</summary>
    Soft,
    /// <summary>Refused for who we are or what we wrote: the sender's problem, not the address's.</summary>
    Blocked,
}

/// <summary>Decides what a bounce means: a telling status code first (RFC 3463), then the server's words, then its reply code.</summary>
internal static class Verdicts
{
    /// <summary>Without anything telling it is soft: three of those in a row count like a hard one.</summary>
    public static Verdict Of(string? status, string words) =>
        (status is null ? null : OfStatus(status)) ?? BounceWords.Of(words) ?? OfClass(status);

    private static Verdict? OfStatus(string status) => status switch
    {
        // The system of the recipient's address: 5.1.7 and 5.1.8 are about ours (RFC 3463 §3.2).
        "5.1.7" or "5.1.8" => Verdict.Blocked,
        "5.1.0" => null,
        _ when status.StartsWith("5.1.", StringComparison.Ordinal) => Verdict.Hard,
        "5.2.1" => Verdict.Hard,
        "5.2.2" or "5.2.4" => Verdict.Soft,
        // Too large for this mailbox, or this system.
        "5.2.3" or "5.3.4" => Verdict.Blocked,
        "5.4.4" => Verdict.Hard,
        "5.4.6" or "5.4.7" => Verdict.Soft,
        _ when status.StartsWith("5.6.", StringComparison.Ordinal) || status.StartsWith("5.7.", StringComparison.Ordinal) => Verdict.Blocked,
        _ when status[0] == '4' => Verdict.Soft,
        _ => null,
    };

    // 5.1.0 without a telling word is still about the address.
    private static Verdict OfClass(string? status) => status is "5.1.0" ? Verdict.Hard : Verdict.Soft;
}
