using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary><c>wc/v3/orders</c> and what hangs below it.</summary>
internal sealed class OrderRoutes(ShopCore core)
{
    private static readonly string[] Listed = ["any", "trash", .. OrderBook.Statuses];

    private ShopState State => core.State;

    internal IEnumerable<Route> All() =>
    [
        new("wc/v3/orders", ("GET", List), ("POST", Create)),
        new("wc/v3/orders/statuses", ("GET", _ => Answer.Ok(Templates.Node("order_statuses")))),
        new("wc/v3/orders/batch", ("POST PUT PATCH", c => Batches.Run(c, Order, CreateItem, UpdateItem, DeleteItem, "shop_order"))),
        new("wc/v3/orders/#", ("GET", c => Answer.Ok(Shown(c))), ("POST PUT PATCH", Update), ("DELETE", Delete)),
        new("wc/v3/orders/#/refunds", ("GET", Refunds), ("POST", Refund)),
        new("wc/v3/orders/#/subscriptions", ("GET", Subscriptions), ("POST", Unbuilt)),
        new("wc/v3/orders/#/actions/email_templates", ("GET", MailTemplates)),
        new("wc/v3/orders/#/actions/send_order_details", ("POST", SendDetails)),
        new("wc/v3/reports/orders/totals", ("GET", Totals)),
    ];

    private JsonObject Order(long id) => State.Orders.GetValueOrDefault(id) ?? throw WpError.BadId("shop_order");

    private JsonObject Found(Call call) => Order(call.Id);

    private Answer List(Call call)
    {
        var statuses = Filters.Statuses(call.Query, Listed);
        var vias = call.Query.List("created_via");
        var rows = Filters.Common(call.Query, State.Orders.Values, State.Zone)
            .Where(o => Filters.HasStatus(o, statuses))
            .Where(o => vias.Count == 0 || vias.Contains(o.Text("created_via")));
        return Listing.Page(call, rows, o => Views.Order(core, o, call.Home), "status[0]=any", "dp=2", "context=view");
    }

    private JsonObject Shown(Call call) => State.Subscriptions.TryGetValue(call.Id, out var subscription)
        ? Views.SubscriptionAsOrder(core, subscription, call.Home)
        : Views.Order(core, Found(call), call.Home);

    private Answer Create(Call call)
    {
        var body = CreateItem(call.Body(), call);
        return Answer.Created(body, $"{call.Home}/wp-json/wc/v3/orders/{body.Number("id")}");
    }

    private JsonObject CreateItem(JsonObject body, Call call)
    {
        if ((body["billing"] as JsonObject)?.Text("email") is { Length: > 0 } email && !email.Contains('@', StringComparison.Ordinal))
        {
            throw WpError.Invalid("billing", "rest_invalid_email", "Adresse e-mail non valide.");
        }

        if (body["status"] is not null && !OrderBook.Statuses.Contains(body.Text("status")))
        {
            throw WpError.NotInEnum("status", OrderBook.Statuses);
        }

        return Views.Order(core, core.Orders.Create(body, "rest-api"), call.Home);
    }

    private Answer Update(Call call)
    {
        var order = Found(call);
        core.Orders.Update(order, call.Body());
        return Answer.Ok(Views.Order(core, order, call.Home));
    }

    private JsonObject UpdateItem(JsonObject order, JsonObject body, Call call)
    {
        core.Orders.Update(order, body, validate: false);
        return Views.Order(core, order, call.Home);
    }

    private Answer Delete(Call call) => Answer.Ok(DeleteItem(Found(call), call.Query.Flag("force"), call));

    private JsonObject DeleteItem(JsonObject order, bool force, Call call)
    {
        var before = Views.Order(core, order, call.Home);
        if (force)
        {
            // A forced delete is never announced, but the customer's statistics move (recorded).
            _ = State.Orders.Remove(order.Number("id"));
            core.Emit("customer.updated", order.Number("customer_id"));
        }
        else if (order.Text("status") == "trash")
        {
            throw new WpError(410, "woocommerce_rest_already_trashed", "Ce shop_order a déjà été supprimé.");
        }
        else
        {
            core.Orders.Trash(order);
        }

        return before;
    }

    private Answer Refunds(Call call)
    {
        _ = Found(call);
        return Listing.Page(call, State.Refunds.Values.Where(r => r.Number("parent_id") == call.Id), r => Views.Refund(r, call.Home));
    }

    private Answer Refund(Call call)
    {
        var order = Found(call);
        var body = call.Body();
        var full = body.Amount("amount") >= order.Amount("total");
        var refund = new JsonObject { ["id"] = State.NextPost(), ["parent_id"] = call.Id };
        refund.Stamp("date_created", core.Now, State.Zone);
        refund["amount"] = Doc.Money(body.Amount("amount"));
        refund["reason"] = body.Text("reason");
        refund["refunded_by"] = 1;
        refund["refunded_payment"] = false;
        refund["meta_data"] = new JsonArray();
        Meta.Set(State, refund, "_refund_type", full ? "full" : "partial");
        foreach (var lines in (string[])["line_items", "shipping_lines", "tax_lines", "fee_lines"])
        {
            refund[lines] = new JsonArray();
        }

        State.Refunds[refund.Number("id")] = refund;
        Refunded(order, full);
        // The location really holds the route's regular expression (recorded).
        return Answer.Created(Views.Refund(refund, call.Home), $"{call.Home}/wp-json/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/{refund.Number("id")}");
    }

    private void Refunded(JsonObject order, bool full)
    {
        if (full)
        {
            core.Orders.SetStatus(order, "refunded");
        }
        else
        {
            State.Touch(order);
            core.Emit("order.updated", order.Number("id"));
        }
    }

    private Answer Subscriptions(Call call)
    {
        if (!State.Options.HasSubscriptions)
        {
            throw WpError.NoRoute();
        }

        return Listing.Page(call, core.Renewals.SubscriptionsOf(Found(call)), s => Views.Subscription(core, s, call.Home));
    }

    // The route exists in the real shop; nothing of ours makes subscriptions out of orders.
    private static Answer Unbuilt(Call call) =>
        throw new WpError(501, "fake_shop_not_imitated", $"The fake shop does not imitate {call.Method} {call.Route}.");

    private Answer MailTemplates(Call call)
    {
        _ = Found(call);
        return Answer.Ok(Templates.Node("email_templates"));
    }

    private Answer SendDetails(Call call) => Answer.Ok(new JsonObject
    {
        ["message"] = $"Détails de la commande envoyés à {((JsonObject)Found(call)["billing"]!).Text("email")}.",
    });

    private Answer Totals(Call call)
    {
        var rows = (JsonArray)Templates.Node("order_statuses");
        rows.Add(new JsonObject { ["slug"] = "checkout-draft", ["name"] = "Brouillon" });
        foreach (var row in rows.OfType<JsonObject>())
        {
            row["total"] = State.Orders.Values.Count(o => o.Text("status") == row.Text("slug"));
        }

        return Answer.Ok(rows);
    }
}
