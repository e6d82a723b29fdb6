using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Everything in the shop, for those who grade from outside: documents as REST shows them, with their notes.</summary>
internal static class ShopSnapshot
{
    internal static JsonObject Of(FakeShop shop) => shop.Locked(core =>
    {
        var home = shop.Url.ToString().TrimEnd('/');
        return new JsonObject
        {
            ["now"] = Doc.Format(core.Now) + "Z",
            ["orders"] = List(core.State.Orders.Values.Select(o => Noted(core, Views.Order(core, o, home)))),
            ["subscriptions"] = List(core.State.Subscriptions.Values.Select(s => Noted(core, Views.Subscription(core, s, home)))),
            ["customers"] = List(core.State.Customers.Values.Select(c => c.Copy())),
            ["products"] = List(core.State.Products.Values.Select(p => p.Copy())),
            ["webhooks"] = List(core.Hooks.Webhooks.Values.Select(w => w.Doc.Copy())),
            ["scheduled"] = core.State.Scheduled.Count,
            ["missed"] = new JsonArray([.. core.State.Missed.Select(m => (JsonNode)m)]),
        };
    });

    private static JsonArray List(IEnumerable<JsonObject> rows) => [.. rows];

    private static JsonObject Noted(ShopCore core, JsonObject doc)
    {
        doc["notes"] = List(core.Notes.Of(doc.Number("id")).Select(n => n.Copy()));
        return doc;
    }
}
