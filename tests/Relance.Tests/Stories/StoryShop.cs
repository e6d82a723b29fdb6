using System.Globalization;
using System.Text.Json.Nodes;

namespace Relance.Tests.Stories;

/// <summary>The shop at the end of a story, as its own documents show it.</summary>
internal sealed class StoryShop(JsonObject snapshot)
{
    private IEnumerable<JsonObject> Orders => snapshot["orders"]!.AsArray().Select(o => o!.AsObject());

    /// <summary>What clients meant to do and could not.</summary>
    public IEnumerable<string> Missed => snapshot["missed"]!.AsArray().Select(m => m!.GetValue<string>());

    /// <summary>The subscription of a contract, or null.</summary>
    public JsonObject? SubscriptionOf(StoryContract contract) => contract.Source == "subscription"
        ? snapshot["subscriptions"]!.AsArray().Select(s => s!.AsObject()).Single(s => Text(s["id"]) == contract.Key)
        : null;

    /// <summary>The status that Relance posted: on the subscription, else on the contract's latest order.</summary>
    public string? StandingOf(StoryContract contract) => Meta(SubscriptionOf(contract) ?? OrdersOf(contract).MaxBy(o => o["id"]!.GetValue<long>())!, "_relance_status");

    /// <summary>When a contract was paid after an instant, by the orders alone.</summary>
    public DateTimeOffset? PaidAfter(StoryContract contract, DateTimeOffset start) => OrdersOf(contract)
        .Where(o => Text(o["status"]) is "processing" or "completed")
        .Select(o => (DateTimeOffset?)DateTimeOffset.Parse(Text(o["date_paid_gmt"]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
        .Where(paid => paid > start).Min();

    // A client with two contracts has two products.
    private IEnumerable<JsonObject> OrdersOf(StoryContract contract) => Orders.Where(o => Text(o["billing"]!["email"]) == contract.Email
        && (contract.Product is not { } product || Text(o["line_items"]![0]!["product_id"]) == product));

    private static string? Meta(JsonObject document, string key) => document["meta_data"]!.AsArray().Where(m => Text(m!["key"]) == key).Select(m => Text(m!["value"])).SingleOrDefault();

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
