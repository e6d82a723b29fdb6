using System.Globalization;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>What WooCommerce Subscriptions does by itself: renewal orders, activation on payment, next dates, ends.</summary>
internal sealed class Renewals(ShopCore core)
{
    /// <summary>Names the subscription that an order renews.</summary>
    internal const string Key = "_subscription_renewal";

    private const string EarlyKey = "_subscription_renewal_early";
    private static readonly TimeSpan Threshold = TimeSpan.FromHours(2);

    private ShopState State => core.State;

    /// <summary>Parent and renewal orders of a subscription, newest first.</summary>
    internal IEnumerable<JsonObject> OrdersOf(JsonObject subscription)
    {
        var (id, parent) = (subscription.Text("id"), subscription.Number("parent_id"));
        var marked = State.Renewals.GetValueOrDefault(id) ?? [];
        return marked.Append(parent).Distinct().OrderDescending().Select(State.Orders.GetValueOrDefault).OfType<JsonObject>().Where(o => o.Number("id") == parent || o.Meta(Key) == id);
    }

    /// <summary>A pending subscription, or one whose newest renewal order is unpaid, announced, failed or cancelled (recorded in 213 and 266).</summary>
    internal bool NeedsPayment(JsonObject subscription) => subscription.Text("status") == "pending"
        || (OrdersOf(subscription).FirstOrDefault(o => o.Meta(Key) is not null) is { } newest
            && (OrderBook.NeedsPayment(newest) || newest.Text("status") is "on-hold" or "failed" or "cancelled"));

    /// <summary>The subscriptions an order belongs to.</summary>
    internal IEnumerable<JsonObject> SubscriptionsOf(JsonObject order) =>
        State.Subscriptions.Values.Where(s => s.Number("parent_id") == order.Number("id") || order.Meta(Key) == s.Text("id"));

    /// <summary>The payment date came: on hold, a renewal order, and for automatic ones the card.</summary>
    internal void Due(JsonObject subscription)
    {
        _ = State.Fired.Add((subscription.Number("id"), subscription.Text("next_payment_date_gmt")));
        subscription["suspension_count"] = subscription.Number("suspension_count") + 1;
        core.Subscriptions.SetStatus(subscription, "on-hold", "Subscription renewal payment due: ");
        var order = Order(subscription, early: false);
        if (subscription.Flag("requires_manual_renewal"))
        {
            core.Notes.Add(order.Number("id"), "Email \"Customer Renewal Invoice\" sent.");
            core.Notes.Add(order.Number("id"), "Manual renewal order awaiting customer payment.");
        }
        else if (State.RefusedCards.Contains(subscription.Number("id")))
        {
            core.Orders.SetStatus(order, "failed");
        }
        else
        {
            core.Orders.PaymentComplete(order, subscription.Text("payment_method"));
        }
    }

    /// <summary>Pays a subscription: its unpaid renewal order, or an early renewal.</summary>
    internal JsonObject Renew(JsonObject subscription, string method)
    {
        var order = OrdersOf(subscription).FirstOrDefault(OrderBook.NeedsPayment) ?? Order(subscription, early: true);
        core.Orders.PaymentComplete(order, method);
        return order;
    }

    /// <summary>The unpaid renewal order, made as an early one where there is none.</summary>
    internal JsonObject Unpaid(JsonObject subscription) =>
        OrdersOf(subscription).FirstOrDefault(OrderBook.NeedsPayment) ?? Order(subscription, early: true);

    /// <summary>A new order renews a subscription (also one made over REST with the metadata): its caches move.</summary>
    internal void OrderAdded(JsonObject order)
    {
        foreach (var subscription in SubscriptionsOf(order))
        {
            subscription["last_payment_date_gmt"] = order.Text("date_created_gmt");
            Caches(subscription);
            if (order.Meta(Key) is not null)
            {
                State.Touch(subscription);
                core.Emit("subscription.updated", subscription.Number("id"));
            }
        }
    }

    /// <summary>An order became paid or failed: its subscriptions follow.</summary>
    internal void OrderMoved(JsonObject order, string old)
    {
        var status = order.Text("status");
        if (!OrderBook.IsPaid(status) || OrderBook.IsPaid(old))
        {
            return;
        }

        foreach (var subscription in SubscriptionsOf(order).ToList())
        {
            Paid(subscription, order);
        }
    }

    internal void Caches(JsonObject subscription)
    {
        var renewals = OrdersOf(subscription).Where(o => o.Meta(Key) is not null).Select(o => (JsonNode?)o.Number("id")).ToArray();
        Meta.Set(State, subscription, "_subscription_renewal_order_ids_cache", new JsonArray(renewals));
        Meta.Set(State, subscription, "_subscription_resubscribe_order_ids_cache", new JsonArray());
        Meta.Set(State, subscription, "_subscription_switch_order_ids_cache", new JsonArray());
    }

    private JsonObject Order(JsonObject subscription, bool early)
    {
        var id = subscription.Text("id");
        var order = core.Orders.Create([], "subscription", doc =>
        {
            core.Orders.ApplyFields(doc, Copied(subscription));
            Meta.Set(State, doc, Key, id);
            if (early)
            {
                Meta.Set(State, doc, EarlyKey, id);
            }

            core.Lines.CopyTo(subscription, doc);
        });
        var number = order.Text("id");
        core.Notes.Add(subscription.Number("id"),
            $"Order <a href=\"/wp-admin/admin.php?page=wc-orders&#038;action=edit&#038;id={number}\">#{number}</a>  created to record {(early ? "an early " : "")}renewal.");
        return order;
    }

    private static JsonObject Copied(JsonObject subscription)
    {
        var body = new JsonObject();
        foreach (var name in (string[])["customer_id", "billing", "shipping", "customer_note", "currency"])
        {
            body[name] = subscription[name]?.DeepClone();
        }

        return body;
    }

    private void Paid(JsonObject subscription, JsonObject order)
    {
        foreach (var name in (string[])["date_paid", "date_completed"])
        {
            subscription[name] = order[name]?.DeepClone();
            subscription[name + "_gmt"] = order[name + "_gmt"]?.DeepClone();
        }

        core.Notes.Add(subscription.Number("id"), "Payment status marked complete.");
        if (order.Meta(EarlyKey) is not null)
        {
            Move(subscription, "next_payment_date_gmt");
            Move(subscription, "end_date_gmt");
        }
        else if (subscription.Instant("next_payment_date_gmt") < core.Now + Threshold)
        {
            subscription["next_payment_date_gmt"] = Doc.Format(Next(subscription));
        }

        subscription["suspension_count"] = 0;
        if (subscription.Text("status") is "on-hold" or "pending")
        {
            core.Subscriptions.SetStatus(subscription, "active");
        }
        else
        {
            State.Touch(subscription);
            core.Emit("subscription.updated", subscription.Number("id"));
        }
    }

    private static void Move(JsonObject subscription, string name)
    {
        if (subscription.Instant(name) is { } date)
        {
            subscription[name] = Doc.Format(Add(subscription, date));
        }
    }

    // WC_Subscription::calculate_date('next_payment'): from the date that was due, so that a late payment does not shift
    // the cycle, and onwards until it is more than two hours ahead.
    private DateTimeOffset Next(JsonObject subscription)
    {
        var next = Add(subscription, subscription.Instant("next_payment_date_gmt") ?? core.Now);
        while (next < core.Now + Threshold)
        {
            next = Add(subscription, next);
        }

        return next;
    }

    // wcs_add_time counts in the site's time with a fixed offset, and keeps the last day of a month the last day.
    private static DateTimeOffset Add(JsonObject subscription, DateTimeOffset from)
    {
        var interval = int.Parse(subscription.Text("billing_interval"), CultureInfo.InvariantCulture);
        return subscription.Text("billing_period") switch
        {
            "day" => from.AddDays(interval),
            "week" => from.AddDays(7 * interval),
            "year" => from.AddYears(interval),
            _ => Months(from, interval),
        };
    }

    private static DateTimeOffset Months(DateTimeOffset from, int months)
    {
        var last = from.Day == DateTime.DaysInMonth(from.Year, from.Month);
        var to = from.AddMonths(months);
        return last ? to.AddDays(DateTime.DaysInMonth(to.Year, to.Month) - to.Day) : to;
    }
}
