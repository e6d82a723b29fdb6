namespace Relance.Operations;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Clear text: for a relay on this machine only.</summary>
    None,
    /// <summary>STARTTLS, required (RFC 3207); usually port 587.</summary>
    StartTls,
    /// <summary>TLS from the first byte (RFC 8314); usually port 465.</summary>
    Tls,
}

/// <summary>The mail server that takes our messages.</summary>
public sealed record SmtpSettings
{
    /// <summary>Host name; empty: no mail can leave.</summary>
    public string Host { get; init; } = "";

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Protection of the connection.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Account; null: no authentication.</summary>
    public string? User { get; init; }

    /// <summary>Password of <see cref="User"/>. Never printed.</summary>
    public string? Password { get; init; }

    /// <summary>Address in <c>From</c> and of the envelope; empty: the sender's address is used.</summary>
    public string From { get; init; } = "";

    /// <summary>Connections kept open at most.</summary>
    public int PoolSize { get; init; } = 4;

    /// <summary>Messages per minute at most; null: no limit.</summary>
    public int? PerMinute { get; init; }

    /// <summary>Messages per hour at most; null: no limit.</summary>
    public int? PerHour { get; init; }

    /// <summary>Messages per day at most; null: no limit.</summary>
    public int? PerDay { get; init; }

    /// <summary>PEM file of an authority to trust besides the system's.</summary>
    public string? TrustedRoot { get; init; }

    // The compiler's own ToString would print the password.
    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port} ({Security})";
}

/// <summary>Who writes to the clients: the legal identity that each mail carries.</summary>
public sealed record SenderSettings
{
    /// <summary>Trade name, also the display name in <c>From</c>.</summary>
    public string TradeName { get; init; } = "";

    /// <summary>Legal form and capital, e.g. « SARL au capital de 8 000 € ».</summary>
    public string? LegalForm { get; init; }

    /// <summary>Nine digits with a Luhn check (INSEE), stored without spaces.</summary>
    public string? Siren { get; init; }

    /// <summary>Postal address, one line.</summary>
    public string? Address { get; init; }

    /// <summary>Telephone number, as people should read it.</summary>
    public string? Phone { get; init; }

    /// <summary>Address of the agency.</summary>
    public string Email { get; init; } = "";

    /// <summary>Address in the <c>From</c> of the mails; empty: <see cref="SmtpSettings.From"/>.</summary>
    public string From { get; init; } = "";

    /// <summary>Address that answers go to; empty: <see cref="Email"/>.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>IBAN for transfers (ISO 13616, mod 97), stored without spaces.</summary>
    public string? Iban { get; init; }

    /// <summary>BIC of the bank (ISO 9362: 8 or 11 characters).</summary>
    public string? Bic { get; init; }

    /// <summary>The agency's site.</summary>
    public string? Website { get; init; }

    /// <summary>Consumer mediator, name and address or site (Code de la consommation, L616-1 and R616-1).</summary>
    public string? Mediator { get; init; }
}

/// <summary>When reminders may leave.</summary>
public sealed record CalendarSettings
{
    /// <summary>Local time from which sending may start.</summary>
    public TimeOnly WindowStart { get; init; } = new(9, 0);

    /// <summary>Local time before which sending must have started.</summary>
    public TimeOnly WindowEnd { get; init; } = new(10, 0);

    /// <summary>No reminder on weekends and public holidays.</summary>
    public bool BusinessDaysOnly { get; init; } = true;

    /// <summary>Alsace and Moselle have two more public holidays.</summary>
    public bool AlsaceMoselle { get; init; }

    /// <summary>The agency's zone (IANA).</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
}
