using Relance.Channels.Smtp;

namespace Relance.Channels.Email;

/// <summary>What <c>relance doctor</c> says of the mail server.</summary>
/// <param name="Mend">The one thing to try; null where the message says it.</param>
internal sealed record SmtpProbe(bool Healthy, string Message, string? Mend = null)
{
    /// <summary>The one thing to try, by what went wrong.</summary>
    internal static string? MendOf(SendResult failure, SmtpOptions options)
    {
        bool Says(string words) => failure.Answer.Contains(words, StringComparison.Ordinal);
        if (Says("does not offer STARTTLS"))
            return "Set Smtp:Security to tls and Smtp:Port to 465, or ask the provider which it serves.";
        if (Says("certificate"))
            return "Set Smtp:Host to the name in the certificate, have the provider renew it, or set Smtp:TrustedRoot for an authority of your own.";
        if (Says("TLS with"))
            return "Check that Smtp:Security fits the port: tls for 465, starttls for 587.";
        if (Says("AUTH") || failure.Answer.StartsWith("53", StringComparison.Ordinal))
            return "Check Smtp:User and Smtp:Password; many providers want a password made for applications.";
        if (Says("password is never sent"))
            return null;
        if (Says("waiting for the greeting"))
            return $"Something listens there but does not speak first: check Smtp:Port and Smtp:Security ({options.Security} now).";
        return Says("connecting")
            ? "Check Smtp:Host and Smtp:Port, and that this machine may connect to it."
            : "Ask the provider why it refuses this machine.";
    }
}
