using System.Globalization;
using Relance.Operations.Backup;
using Relance.Shops;

namespace Relance.Operations;

/// <summary>Reads the settings of running the service: backups, alarms, telemetry, logs, retention.</summary>
internal static class OperationsSettings
{
    public static BackupSettings Backup(SettingsReader read)
    {
        var passphrase = read.Secret("Backup:Passphrase");
        if (passphrase?.Length < KeyCover.ShortestPassphrase)
            read.Fault("Backup:Passphrase", $"at least {KeyCover.ShortestPassphrase} characters");
        return new() { Passphrase = passphrase };
    }

    public static EvidenceSettings Evidence(SettingsReader read)
    {
        var allowPrivate = read.Bool("Evidence:TimestampAllowPrivate", fallback: false);
        return new()
        {
            TimestampAllowPrivate = allowPrivate,
            TimestampUrl = Uri(read.Checked("Evidence:TimestampUrl", "an address on the public Internet such as http://timestamp.example/tsr, or Evidence:TimestampAllowPrivate", text => Outgoing(text, allowPrivate))),
        };
    }

    public static AlarmSettings Alarm(SettingsReader read)
    {
        var allowPrivate = read.Bool("Alarm:PingAllowPrivate", fallback: false);
        return new()
        {
            To = read.Checked("Alarm:To", "one e-mail address such as contact@agence.example", SettingsRules.Email),
            PingAllowPrivate = allowPrivate,
            PingUrl = Uri(read.Checked("Alarm:PingUrl", "an address on the public Internet such as https://monitor.example/…, or Alarm:PingAllowPrivate", text => Outgoing(text, allowPrivate))),
        };
    }

    public static DigestSettings Digest(SettingsReader read) => new(
        read.Checked("Digest:To", "one e-mail address such as contact@agence.example", SettingsRules.Email),
        read.Parsed("Digest:At", DigestSettings.Morning, "a local time such as 08:00", text =>
            TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : (TimeOnly?)null));

    public static OtlpSettings Otlp(SettingsReader read) => new()
    {
        Endpoint = Uri(read.Checked("Otlp:Endpoint", "the root of a collector such as http://localhost:4318", text => SettingsRules.Url(text)?.AbsoluteUri)),
        Grpc = read.Parsed("Otlp:Protocol", false, "http or grpc", text => text switch { "http" => false, "grpc" => true, _ => (bool?)null }),
        Headers = read.Secret("Otlp:Headers"),
        Every = read.Parsed("Otlp:Every", TimeSpan.FromMinutes(1), "a duration hh:mm:ss from 00:00:01 to 1 hour", Interval),
    };

    public static LogSettings Logs(SettingsReader read) => new(read.Parsed("Logs:Format", false, "text or json", text => text switch { "text" => false, "json" => true, _ => (bool?)null }));

    public static RetentionSettings Retention(SettingsReader read) => new(
        read.Int("Retention:InboxDays", 30, 1, 3650),
        read.Int("Retention:FailedInboxDays", 90, 1, 3650),
        read.Int("Retention:TaskDays", 400, 30, 3650),
        read.Int("Retention:MailMonths", 72, 12, 600));

    private static string? Outgoing(string text, bool allowPrivate)
    {
        try
        {
            return OutgoingUrls.Check("Alarm:PingUrl", text, allowPrivate).AbsoluteUri;
        }
        catch (FormatException)
        {
            return null; // the reader says what was expected, without the value
        }
    }

    private static Uri? Uri(string? text) => text is null ? null : new Uri(text);

    private static TimeSpan? Interval(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromHours(1) ? value : null;
}
