namespace Relance.Bounces.Reading;

/// <summary>What a mail to a return path is.</summary>
internal enum InboundKind
{
    /// <summary>Not delivered, for good: the server on the way gave up.</summary>
    Bounce,
    /// <summary>Not delivered yet; the server goes on trying.</summary>
    Delayed,
    /// <summary>Delivered, or handed to a system that reports nothing (RFC 3464: delivered, relayed, expanded).</summary>
    Delivered,
    /// <summary>Out of office and the like (RFC 3834).</summary>
    AutoReply,
    /// <summary>The recipient marked it as spam, or asked to get no more (RFC 5965).</summary>
    Complaint,
    /// <summary>Asks us to prove that a human wrote: the mail waits in quarantine.</summary>
    Challenge,
    /// <summary>Somebody's answer, or anything that is none of the above.</summary>
    Other,
}

/// <summary>What was said about one recipient.</summary>
/// <param name="Addresses">The original and the final address, in lower case, as far as they were named.</param>
/// <param name="Status">Enhanced status code (RFC 3463), such as <c>5.1.1</c>.</param>
/// <param name="Diagnostic">The words of the server that refused, one line.</param>
internal sealed record RecipientReport(IReadOnlyList<string> Addresses, InboundKind Kind, string? Status, string Diagnostic);

/// <summary>A mail to a return path, understood. Recipients are named for bounces, delays and deliveries only.</summary>
internal sealed record InboundReport(InboundKind Kind, IReadOnlyList<RecipientReport> Recipients)
{
    public static InboundReport Of(InboundKind kind) => new(kind, []);

    /// <summary>What was said about this address; when it is not named (aliases, forwards), the gravest thing said.</summary>
    public RecipientReport? About(string address) =>
        Recipients.FirstOrDefault(recipient => recipient.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase)) ?? Recipients.MinBy(recipient => recipient.Kind);
}
