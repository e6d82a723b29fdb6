namespace Relance.Operations;

/// <summary>How backups are made.</summary>
public sealed record BackupSettings
{
    /// <summary>Encrypts the key ring in backups; at least twelve characters. Never printed.</summary>
    public string? Passphrase { get; init; }

    // The compiler's own ToString would print the passphrase.
    /// <inheritdoc/>
    public override string ToString() => Passphrase is null ? "no passphrase" : "a passphrase";
}

/// <summary>Who vouches for the instant of the evidence.</summary>
public sealed record EvidenceSettings
{
    /// <summary>A time-stamping authority (RFC 3161), asked once a day and at each export; null: none. May hold a token: never logged.</summary>
    public Uri? TimestampUrl { get; init; }

    /// <summary>The authority is on a private network.</summary>
    public bool TimestampAllowPrivate { get; init; }

    // The compiler's own ToString would print the address, and a token in it.
    /// <inheritdoc/>
    public override string ToString() => TimestampUrl is null ? "no time-stamps" : "time-stamps";
}

/// <summary>Who is told when something does not run.</summary>
public sealed record AlarmSettings
{
    /// <summary>Address that alarms are mailed to; null: a task and the log only.</summary>
    public string? To { get; init; }

    /// <summary>Called once a minute while all is well, so that a monitor outside notices our silence. May hold a token: never logged.</summary>
    public Uri? PingUrl { get; init; }

    /// <summary>The monitor is on a private network.</summary>
    public bool PingAllowPrivate { get; init; }

    // The compiler's own ToString would print the ping's token.
    /// <inheritdoc/>
    public override string ToString() => $"{(To is null ? "no mail" : "mail")}, {(PingUrl is null ? "no ping" : "ping")}";
}

/// <summary>The mail that tells the agency its day.</summary>
/// <param name="To">The agency's address; null: none is sent.</param>
/// <param name="At">Local time from which it leaves.</param>
public sealed record DigestSettings(string? To, TimeOnly At)
{
    /// <summary>Before the reminders leave, by default.</summary>
    public static readonly TimeOnly Morning = new(8, 0);
}

/// <summary>Where metrics and traces go.</summary>
public sealed record OtlpSettings
{
    /// <summary>Root of an OTLP collector such as <c>http://localhost:4318</c>; null: nothing is exported.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>gRPC instead of HTTP with protobuf.</summary>
    public bool Grpc { get; init; }

    /// <summary><c>name=value</c> pairs separated by commas, such as the collector's key. Never printed.</summary>
    public string? Headers { get; init; }

    /// <summary>Time between two exports of metrics.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    // The compiler's own ToString would print the headers.
    /// <inheritdoc/>
    public override string ToString() => Endpoint?.Host ?? "none";
}

/// <summary>What the log looks like.</summary>
/// <param name="Json">One JSON object per line instead of words.</param>
public sealed record LogSettings(bool Json = false);

/// <summary>How long is kept what has served.</summary>
/// <param name="InboxDays">Days that a delivery already followed stays; its body is empty already.</param>
/// <param name="FailedInboxDays">Days that a delivery nobody could read stays, body included.</param>
/// <param name="TaskDays">Days that finished tasks and written notes stay.</param>
/// <param name="MailMonths">
/// Months that the bytes of mails stay: a claim between businesses lapses five years after the service (C. com. L110-4), and a reminder may precede the end of
/// that service by a year.
/// </param>
public sealed record RetentionSettings(int InboxDays = 30, int FailedInboxDays = 90, int TaskDays = 400, int MailMonths = 72);
