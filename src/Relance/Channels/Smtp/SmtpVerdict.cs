namespace Relance.Channels.Smtp;

/// <summary>Where a conversation stands; the order is the order of the protocol.</summary>
internal enum SmtpStage
{
    Connect,
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Recipient,
    Data,
    Body,
    /// <summary>The connection is between two messages.</summary>
    Idle,
}

/// <summary>What an answer means for the message; the table is in <c>docs/smtp.md</c>.</summary>
internal static class SmtpVerdict
{
    public static SendOutcome Of(SmtpStage stage, SmtpReply reply) => reply.Code switch
    {
        >= 200 and < 300 when stage is SmtpStage.Body => SendOutcome.Accepted,
        >= 400 and < 500 => SendOutcome.Deferred,
        // RFC 4954 §6: "authenticate first", "too weak", "bad credentials", "needs encryption": never the message's fault.
        530 or 534 or 535 or 538 => SendOutcome.Misconfigured,
        // RFC 5321 §4.5.3.1.10: old servers say 552 for "too many recipients", which passes.
        552 when stage is SmtpStage.Recipient && reply.Status is null => SendOutcome.Deferred,
        >= 500 => stage < SmtpStage.Mail ? SendOutcome.Misconfigured : SendOutcome.Refused,
        // An answer that has no meaning here: after the body nobody knows, before it nothing left.
        _ => stage is SmtpStage.Body ? SendOutcome.Unknown : SendOutcome.Deferred,
    };
}

/// <summary>An attempt that is over, before or after hand-over; carries what the caller is told.</summary>
internal sealed class SmtpFailure(SendResult result, Exception? inner = null) : Exception(result.Answer, inner)
{
    public SendResult Result => result;

    /// <summary>421: the server closes this connection whatever we do (RFC 5321 §3.8); another one may serve.</summary>
    public bool ServerCloses { get; private init; }

    public static SmtpFailure From(SmtpStage stage, SmtpReply reply) =>
        new(new(SmtpVerdict.Of(stage, reply), reply.ToString(), reply.Status)) { ServerCloses = reply.Code == 421 };

    public static SmtpFailure Misconfigured(string what, Exception? inner = null) => new(new(SendOutcome.Misconfigured, what), inner);
}
