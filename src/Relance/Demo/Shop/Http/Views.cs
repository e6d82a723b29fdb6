using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Documents as the REST API and webhooks show them: with what depends on the state and on the address that was called.</summary>
internal static class Views
{
    internal static readonly string[] Item = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    internal static JsonObject Order(ShopCore core, JsonObject stored, string home)
    {
        var doc = stored.Copy();
        Payable(doc, home, OrderBook.NeedsPayment(stored));
        if (stored.Meta("_subscription_renewal") is not null)
        {
            doc["payment_url"] = doc.Text("payment_url") + "&subscription_renewal=true";
        }

        doc["refunds"] = new JsonArray([.. core.State.Refunds.Values.Where(r => r.Number("parent_id") == doc.Number("id")).Select(Refunded)]);
        return WithLinks(doc, home, "orders", Mailable(doc, home, "orders"));
    }

    internal static JsonObject Subscription(ShopCore core, JsonObject stored, string home)
    {
        var doc = stored.Copy();
        Payable(doc, home, core.Renewals.NeedsPayment(stored));
        doc["is_editable"] = true;
        var links = Mailable(doc, home, "subscriptions");
        if (doc.Number("parent_id") > 0)
        {
            links["up"] = Href($"{home}/wp-json/wc/v3/orders/{doc.Number("parent_id")}");
        }

        return WithLinks(doc, home, "subscriptions", links);
    }

    /// <summary><c>GET /orders/{id of a subscription}</c> answers 200 with the fields of an order (recorded).</summary>
    internal static JsonObject SubscriptionAsOrder(ShopCore core, JsonObject stored, string home)
    {
        var all = Subscription(core, stored, home);
        var doc = Templates.Object("order");
        foreach (var name in doc.Select(f => f.Key).Where(all.ContainsKey).ToList())
        {
            doc[name] = all[name]?.DeepClone();
        }

        foreach (var name in (string[])["date_paid", "date_paid_gmt", "date_completed", "date_completed_gmt"])
        {
            doc[name] = null;
        }

        var links = Mailable(doc, home, "orders");
        if (doc.Number("parent_id") > 0)
        {
            links["up"] = Href($"{home}/wp-json/wc/v3/orders/{doc.Number("parent_id")}");
        }

        return WithLinks(doc, home, "orders", links);
    }

    internal static JsonObject Product(ShopCore core, JsonObject stored, string home, bool edit = false)
    {
        var doc = stored.Copy();
        doc["related_ids"] = new JsonArray([.. core.State.Products.Keys.Where(id => id != stored.Number("id")).Take(5).Select(id => (JsonNode)id)]);
        doc["permalink"] = $"{home}/product/{doc.Text("slug")}/";
        if (edit)
        {
            doc["permalink_template"] = $"{home}/product/%pagename%/";
            doc["generated_slug"] = doc.Text("slug");
        }

        return WithLinks(doc, home, "products", []);
    }

    internal static JsonObject Customer(JsonObject stored, string home) => WithLinks(stored.Copy(), home, "customers", []);

    internal static JsonObject Webhook(Webhook hook, string home) => WithLinks(hook.Doc.Copy(), home, "webhooks", []);

    internal static JsonObject Note(JsonObject stored, string home, string parents, long parent) =>
        WithLinks(stored.Copy(), home, $"{parents}/{parent}/notes", Up(home, parents, parent), ["GET", "DELETE"]);

    internal static JsonObject Refund(JsonObject stored, string home)
    {
        var doc = stored.Copy();
        var parent = doc.Number("parent_id");
        _ = doc.Remove("parent_id");
        return WithLinks(doc, home, $"orders/{parent}/refunds", Up(home, "orders", parent), ["GET", "DELETE"]);
    }

    private static JsonObject Up(string home, string parents, long parent) => new() { ["up"] = Href($"{home}/wp-json/wc/v3/{parents}/{parent}") };

    private static void Payable(JsonObject doc, string home, bool needsPayment)
    {
        doc["payment_url"] = $"{home}/checkout/order-pay/{doc.Number("id")}/?pay_for_order=true&key={doc.Text("order_key")}";
        doc["is_editable"] = doc.Text("status") is "pending" or "on-hold" or "auto-draft";
        doc["needs_payment"] = needsPayment;
    }

    private static JsonNode Refunded(JsonObject refund) => new JsonObject
    {
        ["id"] = refund.Number("id"),
        ["reason"] = refund.Text("reason"),
        ["total"] = "-" + refund.Text("amount"),
        ["total_tax"] = "0.00",
    };

    private static JsonObject Mailable(JsonObject doc, string home, string collection)
    {
        var links = new JsonObject
        {
            ["email_templates"] = new JsonArray(new JsonObject
            {
                ["embeddable"] = true,
                ["href"] = $"{home}/wp-json/wc/v3/{collection}/{doc.Number("id")}/actions/email_templates",
            }),
        };
        if (doc.Number("customer_id") is > 0 and var customer)
        {
            links["customer"] = Href($"{home}/wp-json/wc/v3/customers/{customer}");
        }

        return links;
    }

    private static JsonArray Href(string url) => [new JsonObject { ["href"] = url }];

    private static JsonObject WithLinks(JsonObject doc, string home, string collection, JsonObject more, string[]? allow = null)
    {
        var url = $"{home}/wp-json/wc/v3/{collection}";
        var methods = new JsonArray([.. (allow ?? Item).Select(m => (JsonNode)m)]);
        var links = new JsonObject
        {
            ["self"] = new JsonArray(new JsonObject
            {
                ["href"] = $"{url}/{doc.Number("id")}",
                ["targetHints"] = new JsonObject { ["allow"] = methods },
            }),
            ["collection"] = Href(url),
        };
        foreach (var (name, value) in more)
        {
            links[name] = value?.DeepClone();
        }

        doc["_links"] = links;
        return doc;
    }
}
