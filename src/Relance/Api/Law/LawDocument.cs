using System.Text.Json.Nodes;
using Relance.Legal;
using Relance.Operations;

namespace Relance.Api;

/// <summary>The documentation of the questions about the law: their parameters, and examples that are computed, not typed.</summary>
internal static class LawDocument
{
    /// <summary>What the parameters mean.</summary>
    public static readonly IReadOnlyDictionary<string, (string Description, JsonNode Example)> Parameters = new Dictionary<string, (string, JsonNode)>(StringComparer.Ordinal)
    {
        ["term"] = ("Required. The last day of the running term.", "2026-12-31"),
        ["termStart"] = ("The first day of the running term, where known.", "2026-01-01"),
        ["notice"] = ("Required. The contract's notice period: whole months or days, such as `P2M`, `P90D` or `P0M`.", "P2M"),
        ["client"] = ("The kind of client: `consumer`, `business`, `non-professional`, `public` or `unknown`. Left out: business for a due date, unknown for a refund; required elsewhere.", "consumer"),
        ["principal"] = ("Required. Euros incl. VAT, as invoiced.", "1200.00"),
        ["due"] = ("Required. The due date.", "2026-05-31"),
        ["paid"] = ("Required. Of late payment: the last day counted. Of a refund: euros paid for the whole period.", "2026-07-20"),
        ["rate"] = ("Between businesses: `default` (ECB + 10 points), `legal-x3`, or the contract's percent a year.", "default"),
        ["formalNotice"] = ("The day of the formal notice, from which interest of consumers and non-professionals runs.", "2026-08-03"),
        ["payment"] = ("A partial payment, `day:euros`; may be given several times.", "2026-06-15:300.00"),
        ["credit"] = ("A credit note, `day:euros`; may be given several times.", "2026-06-10:50.00"),
        ["invoice"] = ("Required. The day of the invoice; of the performance, where nothing is agreed.", "2026-01-10"),
        ["terms"] = ("`default` (30 days from performance, also when left out), `60 days`, `45 days end of month` or `end of month 45 days`.", "45 days end of month"),
        ["periodic"] = ("`true`: a periodic invoice, 45 days at most.", false),
        ["completed"] = ("Required. The day on which the service was completed.", "2024-11-15"),
        ["acknowledged"] = ("The day of the debtor's latest written acknowledgement.", "2025-02-28"),
        ["from"] = ("Required. The first day of the renewed period.", "2026-01-01"),
        ["to"] = ("Required. Its last day.", "2026-12-31"),
        ["days"] = ("Days to look at, today included, from 1 to 730; 120 when left out.", 120),
        ["shop"] = ("Only of the shop with this id.", ApiExample.Id),
        ["locale"] = ("Language of the sentences: `en` (default) or `fr`.", "fr"),
        ["ended"] = ("Required. The contract's last day.", "2026-04-10"),
    };

    private static readonly LegalDate s_date = new(ApiExample.Day, "send-on", ApiExample.Id, "CMD-18", ApiExample.Id, "Loïc Benali", "unknown", "Boutique Exemple", new(2027, 4, 16), true, "open");

    private static readonly LegalFinding s_finding = new(
        "client-kind-unknown", "warning", ApiExample.Id, "CMD-18", ApiExample.Id, "Loïc Benali", "Boutique Exemple", null, "The kind of client is not known: it is treated as covered.",
        $"relance client kind {ApiExample.Id} consumer|business|non-professional|public", ["C. consom. liminaire", "C. consom. L215-3"]);

    /// <summary>An answer of each kind.</summary>
    public static IEnumerable<object> Examples()
    {
        var settings = new RelanceSettings();
        var law = new LawDesk(settings, new RateFile(settings));
        yield return law.Window("2026-12-31", "P2M", "consumer", null);
        yield return law.Late(new("business", "1200.00", "2026-05-31", "2026-07-20"));
        yield return law.Due("2026-01-10", "45 days end of month", null, periodic: false);
        yield return law.Expiry("consumer", "2024-11-15", null);
        yield return new LegalCalendar(ApiExample.Day, ApiExample.Day.AddDays(120), 12, [s_date]);
        yield return new LegalAudit(ApiExample.Day, 12, [s_finding]);
        yield return law.Refund("600.00", "2026-01-01", "2026-12-31", "2026-04-10", "consumer");
    }
}
