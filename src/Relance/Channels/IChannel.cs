namespace Relance.Channels;

/// <summary>A way to reach a client: e-mail today; SMS, letters and phone tasks are each one more class.</summary>
public interface IChannel
{
    /// <summary>The name used in sequences and storage, e.g. <c>email</c>.</summary>
    string Name { get; }

    /// <summary>When a sender that has reached its limit per minute, hour or day may go on; null: now.</summary>
    DateTimeOffset? NextAt(string sender);

    /// <summary>Turns a rendered message into the exact bytes that will leave: they are the evidence.</summary>
    /// <exception cref="FormatException">An address or header cannot be written; the message names the field.</exception>
    OutgoingMessage Compose(MessageDraft draft);

    /// <summary>Delivers the bytes to the next server.</summary>
    /// <param name="message">What <see cref="Compose"/> returned.</param>
    /// <param name="handover">Awaited right before the body goes out: after it, a broken connection means <see cref="SendOutcome.Unknown"/>.</param>
    /// <param name="ct">Aborts the attempt; a cancelled attempt returns a result, it does not throw.</param>
    Task<SendResult> SendAsync(OutgoingMessage message, Func<CancellationToken, Task> handover, CancellationToken ct);
}

/// <summary>A rendered message, before it has a wire form.</summary>
/// <param name="MessageId">Without angle brackets: <c>019…@host</c>. Stable over re-sends.</param>
/// <param name="Date">The instant printed in <c>Date:</c>, with the shop's offset.</param>
public sealed record MessageDraft(
    string MessageId, DateTimeOffset Date, Mailbox From, Mailbox? ReplyTo, IReadOnlyList<Mailbox> To, IReadOnlyList<Mailbox> Cc,
    string Subject, string Text, string Html, IReadOnlyList<InlineImage> Images, string Language, string? ReturnPath = null);

/// <summary>A name and an address; the domain may be international.</summary>
public sealed record Mailbox(string Name, string Address);

/// <summary>An image the HTML shows as <c>cid:{ContentId}</c>.</summary>
public sealed record InlineImage(string ContentId, string MediaType, string FileName, ReadOnlyMemory<byte> Bytes);

/// <summary>Exact bytes and the envelope they travel in.</summary>
/// <param name="Sender">The address in <c>From</c>, which the provider's limits count for; <paramref name="EnvelopeFrom"/> may be another for each mail.</param>
public sealed record OutgoingMessage(string MessageId, string Sender, string EnvelopeFrom, IReadOnlyList<string> EnvelopeTo, ReadOnlyMemory<byte> Bytes);

/// <summary>How an attempt ended.</summary>
public enum SendOutcome
{
    /// <summary>The next server took responsibility (2xx after the body).</summary>
    Accepted,
    /// <summary>Known not to be delivered, worth a retry: no connection, time-out or drop before hand-over, 4xx.</summary>
    Deferred,
    /// <summary>Refused for good: 5xx to this message or its recipient.</summary>
    Refused,
    /// <summary>Refused for a reason that concerns our own set-up (authentication, TLS): nothing leaves until it is mended.</summary>
    Misconfigured,
    /// <summary>The connection broke after hand-over: delivered or not, nobody knows.</summary>
    Unknown,
}

/// <summary>The outcome, with the server's own words (evidence) and its enhanced status code (RFC 3463), if any.</summary>
public sealed record SendResult(SendOutcome Outcome, string Answer, string? Status = null);
