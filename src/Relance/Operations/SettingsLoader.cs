using System.Globalization;
using System.Net;
using Relance.Domain.Law;
using Relance.Domain.Reminders;
using Relance.Operations.Dns;
using Relance.Templates;

namespace Relance.Operations;

/// <summary>Settings that cannot be used, each fault with its name and what was expected (never the value).</summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>One line per fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>Reads <see cref="RelanceSettings"/> from the section <c>Relance</c>.</summary>
public static class SettingsLoader
{
    private const string OneLine = "one line of text";
    private const string AServer = "the IP address of a name server such as 192.0.2.53, or with its port 192.0.2.53:5353";
    private const string AProxy = "the address of a proxy such as 172.18.0.2, or a network such as 172.18.0.0/16";
    private const string AnAddress = "one e-mail address such as contact@agence.example";

    // Confirmations answer an act of the client and leave at once: they cannot wait for anybody.
    private static readonly string[] Steps = [.. TemplateCatalogue.All.Where(entry => entry.Hardness > 0).Select(entry => entry.Id)];

    /// <summary>All settings, checked.</summary>
    /// <exception cref="SettingsException">At least one setting is wrong; every fault is listed.</exception>
    public static RelanceSettings Load(IConfiguration configuration)
    {
        var read = new SettingsReader(configuration.GetSection("Relance"));
        var settings = All(read);
        SettingsChecks.Together(settings, read);
        read.RefuseUnknown();
        return read.Faults.Count == 0 ? settings : throw new SettingsException(read.Faults);
    }

    private static RelanceSettings All(SettingsReader read) => new()
    {
        Database = read.Text("Database") ?? "",
        DataFolder = Path.GetFullPath(read.Text("DataFolder") ?? "data"),
        PublicUrl = new Uri(read.Checked("PublicUrl", "an address such as https://relance.agence.example", text => SettingsRules.Url(text)?.ToString()) ?? "http://localhost:8080"),
        Urls = read.Text("Urls") ?? "http://*:8080",
        TrustedProxies = [.. read.Items("TrustedProxies").Select(item => read.Checked(item, AProxy, text => SettingsRules.Network(text)?.ToString())).OfType<string>().Select(IPNetwork.Parse)],
        Smtp = Smtp(read),
        Mail = new(read.Checked("Mail:DkimSelector", "a selector such as mail2026, as in selector._domainkey", text => DnsMessage.IsName(text) ? text : null)),
        Dns = new(read.Checked("Dns:Server", AServer, text => DnsSettings.Parse(text)?.ToString()) is { } server ? DnsSettings.Parse(server) : null),
        Sender = Sender(read),
        RedirectTo = read.Checked("RedirectTo", AnAddress, SettingsRules.Email),
        Calendar = Calendar(read),
        SyncEvery = read.Parsed("SyncEvery", TimeSpan.FromMinutes(15), "a duration hh:mm:ss from 00:00:10 to 24 hours", Interval),
        DailyCeiling = read.Int("DailyCeiling", 200, 1, 100_000),
        MinimumGapDays = read.Int("MinimumGapDays", 2, 0, 30),
        Maintenance = Maintenance(read),
        Words = Words(read),
        Products = [.. read.Items("Products").Select(item => Product(read, item))],
        Outbox = Outbox(read),
        Backup = OperationsSettings.Backup(read),
        Bounces = Bounces(read),
        Evidence = OperationsSettings.Evidence(read),
        Alarm = OperationsSettings.Alarm(read),
        Digest = OperationsSettings.Digest(read),
        Otlp = OperationsSettings.Otlp(read),
        Logs = OperationsSettings.Logs(read),
        Retention = OperationsSettings.Retention(read),
        Portal = new(read.Int("Portal:LinkDays", PortalSettings.UsualDays, 1, 365)),
        Approvals = [.. read.Items("Approvals").Select(item => read.Checked(item, $"one of {string.Join(", ", Steps)}", text => Steps.Contains(text) ? text : null)).OfType<string>()],
        DeferredMethods = [.. read.Items("DeferredMethods").Select(item => read.Text(item)).OfType<string>()],
        PaidStatuses = [.. read.Items("PaidStatuses").Select(item => read.Text(item)).OfType<string>()],
    };

    private static SmtpSettings Smtp(SettingsReader read) => new()
    {
        Host = read.Checked("Smtp:Host", "a host name or an IP address", text => Uri.CheckHostName(text) == UriHostNameType.Unknown ? null : text) ?? "",
        Port = read.Int("Smtp:Port", 587, 1, 65535),
        Security = read.Parsed("Smtp:Security", SmtpSecurity.StartTls, "none, starttls or tls", text => Name<SmtpSecurity>(text)),
        User = read.Checked("Smtp:User", OneLine, SettingsRules.Line),
        Password = read.Secret("Smtp:Password"),
        From = read.Checked("Smtp:From", AnAddress, SettingsRules.Email) ?? "",
        PoolSize = read.Int("Smtp:PoolSize", 4, 1, 50),
        PerMinute = read.OptionalInt("Smtp:PerMinute", 1, 1_000_000),
        PerHour = read.OptionalInt("Smtp:PerHour", 1, 1_000_000),
        PerDay = read.OptionalInt("Smtp:PerDay", 1, 10_000_000),
        TrustedRoot = read.Checked("Smtp:TrustedRoot", "the path of a PEM file that exists", text => File.Exists(text) ? Path.GetFullPath(text) : null),
    };

    private static SenderSettings Sender(SettingsReader read) => new()
    {
        TradeName = read.Checked("Sender:TradeName", OneLine, SettingsRules.Line) ?? "",
        LegalForm = read.Checked("Sender:LegalForm", OneLine, SettingsRules.Line),
        Siren = read.Checked("Sender:Siren", "nine digits with a valid check digit", SettingsRules.Siren),
        Address = read.Checked("Sender:Address", OneLine, SettingsRules.Line),
        Phone = read.Checked("Sender:Phone", OneLine, SettingsRules.Line),
        Email = read.Checked("Sender:Email", AnAddress, SettingsRules.Email) ?? "",
        From = read.Checked("Sender:From", AnAddress, SettingsRules.Email) ?? "",
        ReplyTo = read.Checked("Sender:ReplyTo", AnAddress, SettingsRules.Email) ?? "",
        Iban = read.Checked("Sender:Iban", "an IBAN with valid check digits", SettingsRules.Iban),
        Bic = read.Checked("Sender:Bic", "a BIC of 8 or 11 characters", SettingsRules.Bic),
        Website = read.Checked("Sender:Website", "an address such as https://agence.example", text => SettingsRules.Url(text)?.ToString()),
        Mediator = read.Checked("Sender:Mediator", OneLine, SettingsRules.Line),
    };

    private static CalendarSettings Calendar(SettingsReader read)
    {
        var (start, end) = read.Parsed("Calendar:Window", (new TimeOnly(9, 0), new TimeOnly(10, 0)), "two local times such as 09:00-10:00, the first earlier", SettingsRules.Window);
        var zone = read.Checked("Calendar:TimeZone", "an IANA time zone such as Europe/Paris", text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? text : null);
        return new CalendarSettings
        {
            WindowStart = start,
            WindowEnd = end,
            BusinessDaysOnly = read.Bool("Calendar:BusinessDaysOnly", true),
            AlsaceMoselle = read.Parsed("Calendar:Region", false, "metropole or alsace-moselle", text => text switch { "metropole" => false, "alsace-moselle" => true, _ => (bool?)null }),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone ?? "Europe/Paris"),
        };
    }

    private static MaintenanceSettings Maintenance(SettingsReader read) => new(
        read.Parsed("Maintenance:NoticeDays", 30, "30, 15 or 7", text => text switch { "30" => 30, "15" => 15, "7" => 7, _ => (int?)null }),
        read.Bool("Maintenance:Lapsed", true),
        read.Int("Maintenance:EndAfterDays", 30, 30, 365));

    private static WordsSettings Words(SettingsReader read) => new(
        read.Checked("Words:Locale", "fr or en", text => text is "fr" or "en" ? text : null) ?? "fr",
        read.Parsed("Words:Tone", Tone.Neutral, "gentle, neutral or firm", text => Name<Tone>(text)),
        100L * read.Int("Words:LargeAmount", 1000, 1, 10_000_000));

    private static ProductRule Product(SettingsReader read, string item) => new(
        read.OptionalInt($"{item}:ProductId", 1, int.MaxValue),
        read.Text($"{item}:Sku"),
        read.Text($"{item}:Category"),
        read.Int($"{item}:Months", 12, 1, 120),
        read.Bool($"{item}:Tacit", false))
    {
        Notice = read.Parsed($"{item}:Notice", NoticePeriod.OfMonths(2), "months or days such as P2M or P30D, 24 months or 730 days at most", SettingsRules.Notice),
        RenewalMonths = read.OptionalInt($"{item}:RenewalMonths", 1, 120),
        Online = read.Text($"{item}:Online") is null ? null : read.Bool($"{item}:Online", fallback: true),
    };

    private static OutboxSettings Outbox(SettingsReader read) => new(
        read.Int("Outbox:LeaseMinutes", 15, 1, 120),
        read.Int("Outbox:AttemptMinutes", 12, 1, 119),
        read.Int("Outbox:BatchSize", 100, 1, 100),
        read.Int("Outbox:MaxCheckAgeSeconds", 120, 5, 120),
        read.Bool("Outbox:CheckBeforeSending", fallback: true));

    private static BounceSettings Bounces(SettingsReader read) => new()
    {
        ReturnPath = read.Checked("Bounces:ReturnPath", "an address such as bounces@agence.example, or a pattern such as b-{token}@bounces.agence.example with at most 64 characters before the @", BounceSettings.Pattern),
        InboundSecret = read.Parsed<(string Text, bool _)>("Bounces:InboundSecret", default, "at least 16 characters", text => text.Length >= 16 ? (text, true) : null).Text,
    };

    private static TimeSpan? Interval(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.FromSeconds(10) && value <= TimeSpan.FromHours(24) ? value : null;

    private static T? Name<T>(string text) where T : struct, Enum =>
        char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;
}
