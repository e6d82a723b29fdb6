using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary><c>wc/v3/subscriptions</c>: only where the extension is installed.</summary>
internal sealed class SubscriptionRoutes(ShopCore core)
{
    private static readonly string[] Listed = ["any", "trash", .. SubscriptionBook.Statuses];

    private ShopState State => core.State;

    internal IEnumerable<Route> All() =>
    [
        new("wc/v3/subscriptions", ("GET", List), ("POST", Create)),
        new("wc/v3/subscriptions/statuses", ("GET", _ => Answer.Ok(Templates.Node("subscription_statuses")))),
        new("wc/v3/subscriptions/batch", ("POST PUT PATCH", c => Batches.Run(c, Subscription, CreateItem, UpdateItem, DeleteItem, "shop_subscription"))),
        new("wc/v3/subscriptions/#", ("GET", c => Shown(Found(c), c)), ("POST PUT PATCH", Update), ("DELETE", c => Answer.Ok(DeleteItem(Found(c), c.Query.Flag("force"), c)))),
        new("wc/v3/subscriptions/#/orders", ("GET", Orders)),
    ];

    private JsonObject Subscription(long id) => State.Subscriptions.GetValueOrDefault(id) ?? throw WpError.BadId("shop_subscription");

    private JsonObject Found(Call call) => Subscription(call.Id);

    private Answer List(Call call)
    {
        var statuses = Filters.Statuses(call.Query, Listed);
        var rows = Filters.Common(call.Query, State.Subscriptions.Values, State.Zone).Where(s => Filters.HasStatus(s, statuses));
        return Listing.Page(call, rows, s => Views.Subscription(core, s, call.Home), "status[0]=any", "dp=2", "context=view");
    }

    private Answer Shown(JsonObject subscription, Call call) => Answer.Ok(Views.Subscription(core, subscription, call.Home));

    private Answer Create(Call call)
    {
        var body = CreateItem(call.Body(), call);
        return Answer.Created(body, $"{call.Home}/wp-json/wc/v3/subscriptions/{body.Number("id")}");
    }

    private JsonObject CreateItem(JsonObject body, Call call)
    {
        var made = core.Subscriptions.Create(body, "rest-api");
        var shown = Views.Subscription(core, made, call.Home);
        // The caches appear from the second look on (recorded in 231 and 240).
        core.Renewals.Caches(made);
        return shown;
    }

    private Answer Update(Call call)
    {
        var subscription = Found(call);
        core.Subscriptions.Update(subscription, call.Body());
        return Shown(subscription, call);
    }

    private JsonObject UpdateItem(JsonObject subscription, JsonObject body, Call call)
    {
        core.Subscriptions.Update(subscription, body);
        return Views.Subscription(core, subscription, call.Home);
    }

    private JsonObject DeleteItem(JsonObject subscription, bool force, Call call)
    {
        var before = Views.Subscription(core, subscription, call.Home);
        if (force)
        {
            _ = State.Subscriptions.Remove(subscription.Number("id"));
        }
        else
        {
            core.Subscriptions.Trash(subscription);
        }

        return before;
    }

    private Answer Orders(Call call)
    {
        var subscription = Found(call);
        var orders = core.Renewals.OrdersOf(subscription);
        return Listing.Page(call, orders, order =>
        {
            var shown = Views.Order(core, order, call.Home);
            shown["order_type"] = order.Number("id") == subscription.Number("parent_id") ? "parent_order" : "renewal_order";
            return shown;
        });
    }
}
