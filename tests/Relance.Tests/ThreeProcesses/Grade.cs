using System.Globalization;
using System.Text.Json.Nodes;

namespace Relance.Tests.ThreeProcesses;

/// <summary>What the shop says when asked over REST.</summary>
internal sealed class ShopTruth
{
    private readonly IReadOnlyList<JsonNode> _orders, _subscriptions;
    private readonly long _maintenance;

    private ShopTruth(IReadOnlyList<JsonNode> orders, IReadOnlyList<JsonNode> subscriptions, long maintenance) =>
        (_orders, _subscriptions, _maintenance) = (orders, subscriptions, maintenance);

    public static async Task<ShopTruth> ReadAsync(ShopProcess shop, long maintenance) =>
        new(await shop.AllAsync("orders"), await shop.AllAsync("subscriptions"), maintenance);

    /// <summary>When the renewal was paid; null when it was not.</summary>
    public DateTimeOffset? PaidAt(Sale sale) => Renewals(sale).Where(IsPaid)
        .Select(o => (DateTimeOffset?)DateTimeOffset.Parse(ShopProcess.Text(o, "date_paid_gmt") + "Z", CultureInfo.InvariantCulture)).Min();

    /// <summary><c>_relance_status</c> on the subscription, else on the order that paid, else on the newest order.</summary>
    public string Standing(Sale sale) => Meta(
        sale.SubscriptionId is not null ? Subscription(sale) : Renewals(sale).FirstOrDefault(IsPaid) ?? Renewals(sale).LastOrDefault() ?? _orders.Single(o => Id(o) == sale.OpeningOrder),
        "_relance_status");

    /// <summary>The subscription's status; null for other contracts.</summary>
    public string? Status(Sale sale) => sale.SubscriptionId is null ? null : ShopProcess.Text(Subscription(sale), "status");

    private JsonNode Subscription(Sale sale) => _subscriptions.Single(s => Id(s) == sale.SubscriptionId);

    private IEnumerable<JsonNode> Renewals(Sale sale) => sale.SubscriptionId is { } id
        ? _orders.Where(o => Meta(o, "_subscription_renewal") == id.ToString(CultureInfo.InvariantCulture))
        : _orders.Where(o => o["customer_id"]!.GetValue<long>() == sale.CustomerId && Id(o) != sale.OpeningOrder
            && o["line_items"]!.AsArray().Any(l => l!["product_id"]!.GetValue<long>() == _maintenance));

    private static bool IsPaid(JsonNode order) => ShopProcess.Text(order, "status") is "processing" or "completed";

    private static long Id(JsonNode node) => node["id"]!.GetValue<long>();

    private static string Meta(JsonNode node, string key) =>
        node["meta_data"]!.AsArray().Where(m => ShopProcess.Text(m!, "key") == key).Select(m => ShopProcess.Text(m!, "value")).LastOrDefault() ?? "";
}

/// <summary>The count, from the mailbox and the shop alone.</summary>
/// <param name="Duplicates">The same step about the same contract to the same person again, or the same Message-ID again.</param>
/// <param name="AfterPayment">Reminders dated after the shop had the money.</param>
/// <param name="Crowded">Days on which one person got more than one reminder.</param>
/// <param name="Unclear">Mails that do not name contracts of their reader, or say nothing that is known.</param>
/// <param name="Disagreements">Contracts whose status in the shop is not what it must be, and how.</param>
internal sealed record Grade(int Mails, IReadOnlyList<string> Duplicates, IReadOnlyList<string> AfterPayment, IReadOnlyList<string> Crowded, int Unclear, IReadOnlyList<string> Disagreements)
{
    public static Grade Of(IReadOnlyList<Mail> mails, IReadOnlyList<Sale> sales, ShopTruth truth, DateOnly lastDay)
    {
        var reminders = mails.Where(m => !m.Confirms).ToList();
        var byReference = sales.ToDictionary(s => s.Reference);
        return new Grade(
            mails.Count,
            [.. Repeats(mails.Select(m => m.MessageId)), .. Repeats(mails.SelectMany(m => m.References.SelectMany(r => m.Steps.Select(step => $"{m.To} {r} {step}"))))],
            [.. from m in reminders from r in m.References let paid = truth.PaidAt(byReference[r]) where paid < m.Date select $"{m.Date:s} {m.To} {r}, paid {paid:s}: {m.Subject}"],
            Repeats(reminders.Select(m => $"{m.To} {DateOnly.FromDateTime(Paris.Local(m.Date))}")),
            mails.Count(m => m.References.Count == 0 || m.Steps.Count == 0 || m.References.Any(r => byReference[r].Email != m.To)),
            [.. sales.Select(s => Disagreement(s, truth, lastDay)).OfType<string>()]);
    }

    private static List<string> Repeats(IEnumerable<string> keys) => [.. keys.CountBy(key => key).Where(key => key.Value > 1).Select(key => $"{key.Value} x {key.Key}")];

    private static string? Disagreement(Sale sale, ShopTruth truth, DateOnly lastDay)
    {
        var expected = Due.Standing(sale.Anchor, truth.PaidAt(sale) is not null, lastDay);
        var status = sale.SubscriptionId is null ? null : expected is "active" or "renewal-due" ? "active" : "on-hold";
        var (standing, actual) = (truth.Standing(sale), truth.Status(sale));
        return standing == expected && actual == status ? null : $"{sale.Reference} (J {sale.Anchor:yyyy-MM-dd}): expected {expected} {status}, the shop has {standing} {actual}";
    }
}
