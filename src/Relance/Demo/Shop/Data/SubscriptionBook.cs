using System.Globalization;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Subscriptions as WooCommerce Subscriptions' REST API makes and changes them: no transition is enforced.</summary>
internal sealed class SubscriptionBook(ShopCore core)
{
    internal static readonly string[] Statuses = ["pending", "active", "on-hold", "cancelled", "switched", "expired", "pending-cancel"];

    internal static readonly string[] Periods = ["day", "week", "month", "year"];

    private static readonly string[] Dates = ["start", "trial_end", "next_payment", "end"];

    private ShopState State => core.State;

    internal JsonObject Create(JsonObject body, string createdVia)
    {
        var doc = Templates.Object("subscription");
        CheckEnums(body);
        doc["start_date_gmt"] = Doc.Format(core.Now);
        ApplyDates(doc, body, 0);
        core.Orders.Begin(doc, createdVia);
        Apply(doc, body);
        core.Lines.AddRequested(doc, body);
        var id = doc.Number("id");
        State.Subscriptions[id] = doc;
        if (createdVia is "checkout" or "store-api")
        {
            core.Emit("subscription.updated", id);
            core.Emit("subscription.created", id);
        }
        else
        {
            // Over REST `subscription.created` is never announced (recorded).
            core.Emit("subscription.updated", id);
            core.EmitSubscriptionStatus();
        }

        return doc;
    }

    internal void Update(JsonObject doc, JsonObject body)
    {
        CheckEnums(body);
        var old = doc.Text("status");
        ApplyDates(doc, body, doc.Number("id"));
        Apply(doc, body);
        State.Touch(doc);
        core.Emit("subscription.updated", doc.Number("id"));
        if (doc.Text("status") != old)
        {
            StatusNote(doc, old);
            core.EmitSubscriptionStatus();
        }
    }

    /// <summary>A change of status by the shop itself.</summary>
    internal void SetStatus(JsonObject doc, string status, string prefix = "")
    {
        var old = doc.Text("status");
        doc["status"] = status;
        State.Touch(doc);
        StatusNote(doc, old, prefix);
        core.Emit("subscription.updated", doc.Number("id"));
        core.EmitSubscriptionStatus();
    }

    /// <summary>Trash goes by way of cancelled, which is why the end dates are set (recorded).</summary>
    internal void Trash(JsonObject doc)
    {
        End(doc, "cancelled");
        Meta.Set(State, doc, "_wp_trash_meta_status", "wc-cancelled");
        Meta.Set(State, doc, "_wp_trash_meta_time", core.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        doc["status"] = "trash";
        State.Touch(doc);
        core.Emit("subscription.deleted", doc.Number("id"));
    }

    /// <summary>The customer cancels in "My account": the paid term runs out as pending-cancel.</summary>
    internal void CancelByCustomer(JsonObject doc)
    {
        if (doc.Instant("next_payment_date_gmt") is { } next && next > core.Now && doc.Text("status") == "active")
        {
            doc["cancelled_date_gmt"] = Doc.Format(core.Now);
            doc["end_date_gmt"] = Doc.Format(next);
            doc["next_payment_date_gmt"] = "";
            SetStatus(doc, "pending-cancel");
        }
        else
        {
            End(doc, "cancelled");
        }
    }

    /// <summary>Ends a subscription now; its unpaid renewal orders are cancelled.</summary>
    internal void End(JsonObject doc, string status)
    {
        if (status == "cancelled" && doc.Text("cancelled_date_gmt").Length == 0)
        {
            doc["cancelled_date_gmt"] = Doc.Format(core.Now);
        }

        doc["end_date_gmt"] = Doc.Format(core.Now);
        doc["next_payment_date_gmt"] = "";
        SetStatus(doc, status);
        foreach (var order in core.Renewals.OrdersOf(doc).Where(OrderBook.NeedsPayment).ToList())
        {
            core.Orders.SetStatus(order, "cancelled");
        }
    }

    private void Apply(JsonObject doc, JsonObject body)
    {
        core.Orders.ApplyFields(doc, body);
        foreach (var name in (string[])["status", "billing_period", "parent_id", "requires_manual_renewal", "trial_period"])
        {
            if (body[name] is { } value)
            {
                doc[name] = value.DeepClone();
            }
        }

        if (body["billing_interval"] is not null)
        {
            doc["billing_interval"] = body.Text("billing_interval");
        }
    }

    private static void CheckEnums(JsonObject body)
    {
        if (body["status"] is not null && !Statuses.Contains(body.Text("status")))
        {
            throw WpError.NotInEnum("status", Statuses);
        }

        if (body["billing_period"] is not null && !Periods.Contains(body.Text("billing_period")))
        {
            throw WpError.NotInEnum("billing_period", Periods);
        }
    }

    // Only `Y-m-d H:i:s` GMT is taken; `…_date_gmt` is silently ignored (recorded).
    private void ApplyDates(JsonObject doc, JsonObject body, long id)
    {
        var errors = new List<string>();
        foreach (var name in Dates.Where(d => body.ContainsKey(d + "_date")))
        {
            var text = body.Text(name + "_date");
            if (text.Length == 0)
            {
                doc[name + "_date_gmt"] = "";
            }
            else if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                doc[name + "_date_gmt"] = Doc.Format(instant);
            }
            else
            {
                errors.Add($"Invalid {name} date. The date must be of the format: \"Y-m-d H:i:s\".");
            }
        }

        if (errors.Count == 0 && doc.Instant("next_payment_date_gmt") <= doc.Instant("start_date_gmt"))
        {
            errors.Add("The next_payment date must occur after the start date.");
        }

        if (errors.Count > 0)
        {
            Rollback(id);
            throw new WpError(400, "woocommerce_rest_invalid_payment_data",
                $"Subscription dates could not be set. Error message: Subscription #{id}: {string.Join(' ', errors)}");
        }
    }

    // What was rolled back is announced nevertheless, with the body "[]" (recorded).
    private void Rollback(long id)
    {
        if (id == 0)
        {
            core.Emit("subscription.updated", 0);
        }
    }

    private void StatusNote(JsonObject doc, string old, string prefix = "")
    {
        static string Name(string status) => status switch
        {
            "on-hold" => "On hold",
            "pending-cancel" => "Pending Cancellation",
            _ => char.ToUpperInvariant(status[0]) + status[1..],
        };
        core.Notes.Add(doc.Number("id"), $"{prefix}Status changed from {Name(old)} to {Name(doc.Text("status"))}.");
    }
}
