using System.Text.Json;
using Relance.Agency;
using Relance.Import;
using Relance.Operations;
using Relance.Operations.Backup;
using Relance.Privacy;
using Relance.Reminders;
using Relance.Shops;

namespace Relance.Api;

/// <summary>Examples of the read models, which know nothing of the API.</summary>
internal static class ApiExamples
{
    private const string Id = ApiExample.Id;
    private static readonly StepItem s_step = new("maintenance.notice", "email", "live", "sent", null, ApiExample.Day, Id);
    private static readonly MessageItem s_item = new(Id, "CMD-18", "maintenance.notice", "sent", null, ApiExample.Day.AddDays(22));
    private static readonly MessageSummary s_message = new(Id, Id, "Boutique Exemple", "Loïc Benali", "loic@client.example", "email", "reminder", "live", "sent", null, null, ApiExample.Day, ApiExample.Instant, ApiExample.Instant.AddMinutes(4), [s_item]);
    private static readonly ContractSummary s_contract = new(Id, Id, "Boutique Exemple", "CMD-18", Id, "Loïc Benali", "Maintenance Essentielle", ApiExample.Day.AddDays(-335), ApiExample.Day.AddDays(29), 12000, "EUR", "renewal-due", "maintenance.attention", ApiExample.Day.AddDays(22), null, null, false, false);
    private static readonly CycleSummary s_cycle = new(Id, Id, Id, "CMD-18", "Loïc Benali", 2, ApiExample.Day.AddDays(29), "open", "maintenance.attention", null, ApiExample.Day.AddDays(22), [s_step]);
    private static readonly ApprovalItem s_approval = new(Id, Id, "Boutique Exemple", "Loïc Benali", "loic@client.example", "reminder", "live", ApiExample.Day, ApiExample.Day.AddDays(22), Id, [s_item]);
    private static readonly TaskItem s_task = new(Id, Id, "Boutique Exemple", "check-bank", Id, "Check the bank", "Order 1042 is announced by transfer.", "Look whether the transfer has arrived.", [new("paid", "The payment has arrived", true)], ApiExample.Day, false, "open", Id, "CMD-18", "Loïc Benali", null, null, null, null, null, ApiExample.Instant);
    private static readonly PauseItem s_pause = new(Id, "client", Id, "Loïc Benali", ApiExample.Day.AddDays(14), "On holiday until the 30th", "key:crm", ApiExample.Instant);
    private static readonly JournalItem s_entry = new(Id, 42, ApiExample.Instant, "sent", Id, JsonDocument.Parse("""{"step":"maintenance.notice","mode":"live"}""").RootElement, null, new string('a', 64));
    private static readonly BackupManifest s_manifest = new(1, "0.1.0", 10, "Sqlite", ApiExample.Instant.ToUnixTimeMilliseconds(), [new("shop", 1, new string('a', 64))], 1, new string('b', 64), true);

    private static readonly ForesightReport s_foresight = new(
        ApiExample.Day, ApiExample.Day.AddDays(29), ForesightReport.NobodyPays,
        [new(ApiExample.Day, [new(Id, "Boutique Exemple", Id, "Loïc Benali", "loic@client.example", "Votre maintenance arrive à échéance", false, [new(Id, "CMD-18", "Maintenance Essentielle", "notice", 12000, "EUR", ApiExample.Day.AddDays(29))], null)], [], 0, 0)],
        [new(Id, "Loïc Benali", "loic@client.example", 1, ApiExample.Day, ApiExample.Day)],
        new(1, 1, 1, new Dictionary<string, int>(StringComparer.Ordinal) { ["notice"] = 1 }, new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal), ApiExample.Day, 1, 200));
    private static readonly Explanation s_explanation = new(
        Id, "CMD-18", "Loïc Benali", "Boutique Exemple", "live", "renewal-due", ApiExample.Day.AddDays(29), "The notice goes out today.",
        [new("notice", ApiExample.Day.AddDays(-1), ApiExample.Day, null, ApiExample.Day.AddDays(21), "will-go", ApiExample.Day, null, false, "The notice goes out today.")], []);

    private static readonly TacitView s_tacit = new(
        "P2M", 12, "CM-2024-017", true, null, null, null, null,
        new(new(2026, 10, 31), true, new(2026, 7, 31), new(2026, 9, 30), new(2026, 9, 23), new(2026, 8, 31), "Two months before the deadline to refuse.", ["C. consom. L215-1"]));

    /// <summary>A message that left.</summary>
    public static MessageDetail Message { get; } = new(s_message, new string('a', 64), true, null, [new(1, ApiExample.Instant, ApiExample.Instant, ApiExample.Instant, "sent", "250 2.0.0 Ok: queued")]);

    private static readonly Dictionary<Type, object> s_known = new object[]
    {
        s_contract, s_cycle, s_message, s_approval, s_task, s_pause, s_entry,
        new ContractDetail(s_contract, "loic@client.example", null, "product-rule", "tacit", 12, 1, null, null, null, null, null, null, null, null, "consumer", s_tacit, [], [s_pause], [s_task], [s_cycle], [new(ApiExample.Instant, "sent", "maintenance.notice", "sent", null, Id, null)]),
        Message,
        new TodayView(ApiExample.Day, [s_message], 1, [s_approval], [], [s_task], 1, [], new Dictionary<string, int>(StringComparer.Ordinal) { ["active"] = 38, ["renewal-due"] = 2 }),
        IdentityBody.Sender,
        new ImportReport(true, false, 3, 2, 0, 0, 0, 1, [new(4, "amount", "a number such as 120.00", "12O")], []),
        new JournalCheck(true, null), new RestoreConfirmation(false), s_foresight, s_explanation,
        new GoingLiveReport(Id, "Boutique Exemple", "https://boutique.example/", ApiExample.Day, false, [], [], s_foresight, "9f2c4e7a1b3d5f60"),
        new ErasureReport(true, [new(Id, Id, "Boutique Exemple", "Loïc Benali", "loic@client.example", "consumer", null)], [new(Id, "CMD-18", "ended", ApiExample.Day, ApiExample.Day.AddYears(2), ["C. consom. L218-2"])], 0, 4, 0, 0),
        new RestoreReport(s_manifest, ["https://boutique.example/"], []),
    }.Concat(LawDocument.Examples()).ToDictionary(example => example.GetType());

    /// <summary>The example of a type, or null.</summary>
    public static object? Of(Type type) => s_known.GetValueOrDefault(type);
}
