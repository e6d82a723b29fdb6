using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Npgsql;
using Relance.Domain.Law;
using Relance.Domain.Reminders;

namespace Relance.Operations;

/// <summary>Everything an agency can set, read once at start from <c>appsettings.json</c>, <c>Relance__…</c> and <c>--set</c>.</summary>
public sealed record RelanceSettings
{
    /// <summary>Empty: a SQLite file in <see cref="DataFolder"/>. With <c>Host=</c>: PostgreSQL. With <c>Data Source=</c>: SQLite.</summary>
    public string Database { get; init; } = "";

    /// <summary>Folder of the SQLite file and of the key ring; made when missing. Absolute once read.</summary>
    public string DataFolder { get; init; } = Path.GetFullPath("data");

    /// <summary>Address under which shops and clients reach this service. WordPress calls only ports 80, 443 and 8080.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:8080");

    /// <summary>Addresses that the service listens on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://*:8080";

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed; nobody else's are.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>The mail server that takes our messages.</summary>
    public SmtpSettings Smtp { get; init; } = new();

    /// <summary>What <c>doctor</c> must know about the mails as receivers see them.</summary>
    public MailSettings Mail { get; init; } = new();

    /// <summary>The name server that <c>doctor</c> asks.</summary>
    public DnsSettings Dns { get; init; } = new();

    /// <summary>Who writes to the clients.</summary>
    public SenderSettings Sender { get; init; } = new();

    /// <summary>Address that receives every mail of a shop in redirect mode; null: redirect mode is not possible.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>When reminders may leave.</summary>
    public CalendarSettings Calendar { get; init; } = new();

    /// <summary>Time between two pulls of each shop.</summary>
    public TimeSpan SyncEvery { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Reminders per shop and day, at most; the rest leaves the next day.</summary>
    public int DailyCeiling { get; init; } = 200;

    /// <summary>Days between two reminders of one cycle; closer ones merge into the later.</summary>
    public int MinimumGapDays { get; init; } = 2;

    /// <summary>The maintenance sequence.</summary>
    public MaintenanceSettings Maintenance { get; init; } = new();

    /// <summary>Language and tone of the mails.</summary>
    public WordsSettings Words { get; init; } = new();

    /// <summary>Products whose paid orders open a maintenance contract.</summary>
    public IReadOnlyList<ProductRule> Products { get; init; } = [];

    /// <summary>Leases and batches of sending.</summary>
    public OutboxSettings Outbox { get; init; } = new();

    /// <summary>How backups are made.</summary>
    public BackupSettings Backup { get; init; } = new();
    /// <summary>How mails that could not be delivered come back.</summary>
    public BounceSettings Bounces { get; init; } = new();

    /// <summary>Who vouches for the instant of the evidence.</summary>
    public EvidenceSettings Evidence { get; init; } = new();

    /// <summary>Who is told when something does not run.</summary>
    public AlarmSettings Alarm { get; init; } = new();

    /// <summary>The mail that tells the agency its day.</summary>
    public DigestSettings Digest { get; init; } = new(null, DigestSettings.Morning);

    /// <summary>Where metrics and traces go.</summary>
    public OtlpSettings Otlp { get; init; } = new();

    /// <summary>What the log looks like.</summary>
    public LogSettings Logs { get; init; } = new();

    /// <summary>The clients' own pages.</summary>
    public PortalSettings Portal { get; init; } = new(PortalSettings.UsualDays);

    /// <summary>How long is kept what has served.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Order statuses that mean "paid" besides <c>processing</c> and <c>completed</c>.</summary>
    public IReadOnlyList<string> PaidStatuses { get; init; } = [];

    /// <summary>Steps that leave only once a person has approved each message, such as <c>maintenance.suspension</c>.</summary>
    public IReadOnlyList<string> Approvals { get; init; } = [];

    /// <summary>Payment methods whose orders are paid when <c>completed</c>, not when <c>processing</c>, such as <c>cheque</c>.</summary>
    public IReadOnlyList<string> DeferredMethods { get; init; } = [];

    /// <summary>Whether <see cref="Database"/> names a PostgreSQL server.</summary>
    public bool IsPostgres => Database.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>The connection string to use, the SQLite default included.</summary>
    public string ConnectionString => Database.Length > 0 ? Database : $"Data Source={Path.Combine(DataFolder, "relance.db")}";

    /// <summary>The database without its password, for people to read.</summary>
    public string DatabaseForDisplay
    {
        get
        {
            if (!IsPostgres)
                return $"SQLite, {new SqliteConnectionStringBuilder(ConnectionString).DataSource}";
            var server = new NpgsqlConnectionStringBuilder(Database);
            return string.Create(CultureInfo.InvariantCulture, $"PostgreSQL, {server.Host}:{server.Port}/{server.Database}");
        }
    }

    // The compiler's own ToString would print the connection string and its password.
    /// <inheritdoc/>
    public override string ToString() => $"{DatabaseForDisplay}, {PublicUrl}";
}

/// <summary>Language and tone of the mails.</summary>
/// <param name="Locale">Language of clients whose own is not known, and of the notes left in shops.</param>
/// <param name="Tone">The usual tone of reminders; the relation with a client makes it gentler or firmer.</param>
/// <param name="LargeAmount">Once a term is over, an amount from here on is said one firmer; minor units.</param>
public sealed record WordsSettings(string Locale = "fr", Tone Tone = Tone.Neutral, long LargeAmount = 100_000);

/// <summary>The maintenance sequence.</summary>
/// <param name="NoticeDays">Days before the end of the term at which the notice is due: 30, 15 or 7.</param>
/// <param name="Lapsed">Whether the J+2 message is sent.</param>
/// <param name="EndAfterDays">Days after the end of the term at which an unpaid contract ends.</param>
public sealed record MaintenanceSettings(int NoticeDays = 30, bool Lapsed = true, int EndAfterDays = 30);

/// <summary>A product whose paid order opens a contract. Exactly one of the three keys is set.</summary>
/// <param name="ProductId">The product or variation id in the shop.</param>
/// <param name="Sku">The product's SKU.</param>
/// <param name="Category">A category's slug.</param>
/// <param name="Months">Length of a term in months.</param>
/// <param name="Tacit">Renews tacitly: its sequence is another.</param>
public sealed record ProductRule(long? ProductId, string? Sku, string? Category, int Months, bool Tacit = false)
{
    /// <summary>How long before the end a refusal of a tacit renewal must arrive.</summary>
    public NoticePeriod Notice { get; init; } = NoticePeriod.OfMonths(2);

    /// <summary>Months by which it renews tacitly; null: as many as a term.</summary>
    public int? RenewalMonths { get; init; }

    /// <summary>Whether the contract is concluded online; null where the order does not tell.</summary>
    public bool? Online { get; init; }
}

/// <summary>Leases and batches of sending.</summary>
/// <param name="LeaseMinutes">Minutes that a claimed message belongs to its sender.</param>
/// <param name="AttemptMinutes">Minutes after which an attempt aborts; less than the lease.</param>
/// <param name="BatchSize">Messages claimed and checked with the shop together.</param>
/// <param name="MaxCheckAgeSeconds">Seconds after which the shop's answer is too old to send on.</param>
/// <param name="CheckBeforeSending">Test shops only: false skips the check, so that a test can prove that the check matters.</param>
public sealed record OutboxSettings(int LeaseMinutes = 15, int AttemptMinutes = 12, int BatchSize = 100, int MaxCheckAgeSeconds = 120, bool CheckBeforeSending = true);
