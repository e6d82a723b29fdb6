using System.Globalization;
using System.Text;

namespace Relance.Channels.Smtp;

/// <summary>How the connection is protected. There is no "if offered": a downgrade is never silent.</summary>
public enum SmtpSecurity
{
    /// <summary>Clear text: a relay on this machine, or a mail catcher.</summary>
    None,
    /// <summary>Port 587: begins in clear, then TLS or nothing (RFC 3207).</summary>
    StartTls,
    /// <summary>Port 465: TLS from the first byte (RFC 8314).</summary>
    Tls,
}

/// <summary>The submission server and how to treat it (settings <c>Smtp:…</c>).</summary>
internal sealed record SmtpOptions
{
    public string Host { get; init; } = "localhost";

    /// <summary>When not set: 465 for <c>tls</c>, 587 for <c>starttls</c>, 25 for <c>none</c>.</summary>
    public int? Port { get; init; }

    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>A PEM or DER file: the only root that is trusted, for a server with a private authority.</summary>
    public string? TrustedRoot { get; init; }

    /// <summary>What we call ourselves in EHLO; by default our address as a literal (RFC 5321 §4.1.4).</summary>
    public string? HelloName { get; init; }

    /// <summary>Connections at once: also the most messages whose outcome a crash can leave open.</summary>
    public int PoolSize { get; init; } = 4;

    public int MessagesPerConnection { get; init; } = 100;

    /// <summary>An unused connection is closed after this; providers drop theirs after one to five minutes.</summary>
    public TimeSpan IdleClose { get; init; } = TimeSpan.FromSeconds(45);

    public SmtpTimeouts Timeouts { get; init; } = new();

    public SendLimits Limits { get; init; } = new();

    public int EffectivePort => Port ?? Security switch { SmtpSecurity.Tls => 465, SmtpSecurity.StartTls => 587, _ => 25 };

    /// <summary>Every setting at fault, by name and with what was expected; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Host))
            yield return "Smtp:Host is empty: expected the name of the submission server.";
        if (EffectivePort is < 1 or > 65535)
            yield return $"Smtp:Port is {EffectivePort.ToString(CultureInfo.InvariantCulture)}: expected 1 to 65535.";
        if (User is null != Password is null)
            yield return $"Smtp:{(User is null ? "User" : "Password")} is missing: expected both User and Password, or neither.";
        if (PoolSize is < 1 or > 50)
            yield return "Smtp:PoolSize: expected 1 to 50 connections.";
        if (MessagesPerConnection < 1)
            yield return "Smtp:MessagesPerConnection: expected 1 or more.";
        if (TrustedRoot is not null && !File.Exists(TrustedRoot))
            yield return "Smtp:TrustedRoot: expected the path of a certificate file that exists.";
        foreach (var problem in Timeouts.Problems().Concat(Limits.Problems()))
            yield return problem;
    }

    /// <summary>A record prints its members; this one must not print its password.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{Host}:{EffectivePort}, {Security}, user {(User is null ? "none" : "set")}");
        return true;
    }
}

/// <summary>
/// How long each stage may take in all, however slowly the bytes drip. RFC 5321 §4.5.3.2 advises more for the first
/// ones, because a relay has nobody waiting; the last keeps its ten minutes, since giving up there is what makes doubles.
/// </summary>
internal sealed record SmtpTimeouts
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The banner, and each TLS handshake.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan Body { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>From the final dot to the server's word.</summary>
    public TimeSpan Final { get; init; } = TimeSpan.FromMinutes(10);

    internal IEnumerable<string> Problems() =>
        from stage in new[] { (nameof(Connect), Connect), (nameof(Greeting), Greeting), (nameof(Command), Command), (nameof(Body), Body), (nameof(Final), Final) }
        where stage.Item2 <= TimeSpan.Zero || stage.Item2 > TimeSpan.FromHours(1)
        select $"Smtp:Timeouts:{stage.Item1}: expected more than zero and at most one hour.";
}
