using Relance.Channels;
using Relance.Channels.Email;
using Relance.Channels.Smtp;

namespace Relance.Tests.Smtp;

/// <summary>A mail as the templates make it, and the shortest way to send one.</summary>
internal static class Drafts
{
    public static readonly Func<CancellationToken, Task> NoHandover = _ => Task.CompletedTask;

    public static MessageDraft ARenewalNotice(string id = "0194f3a0@agence.example") => new(
        id, new DateTimeOffset(2026, 12, 1, 9, 30, 0, TimeSpan.FromHours(1)), new Mailbox("Agence Lumière", "bonjour@agence.example"),
        new Mailbox("", "reponse@agence.example"), [new Mailbox("Zoé Martin", "zoe@client.example")], [],
        "Votre maintenance arrive à échéance le 31 décembre", "Bonjour Zoé,\r\n\r\nVotre contrat se termine bientôt.\r\n",
        "<p>Bonjour Zoé,</p>\r\n<p>Votre contrat se termine bientôt.</p>\r\n", [], "fr");

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static SmtpOptions To(int port) => new()
    {
        Host = "localhost",
        Port = port,
        Security = SmtpSecurity.None,
        Timeouts = new() { Connect = s_patience, Greeting = s_patience, Command = s_patience, Body = s_patience, Final = s_patience },
    };

    public static SmtpChannel Channel(SmtpOptions options) => new(options, TimeProvider.System);

    public static async Task<SendResult> SendOnceAsync(SmtpOptions options, MessageDraft? draft = null, Func<CancellationToken, Task>? handover = null, CancellationToken ct = default)
    {
        await using var channel = Channel(options);
        return await channel.SendAsync(channel.Compose(draft ?? ARenewalNotice()), handover ?? NoHandover, ct);
    }
}
