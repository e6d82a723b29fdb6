using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>What falls due as the clock passes: renewals, ends of subscriptions, and what clients were scheduled to do; oldest first.</summary>
internal sealed class Agenda(ShopCore core)
{
    private ShopState State => core.State;

    /// <summary>Does everything that is due by now, each as of its own instant.</summary>
    internal void CatchUp()
    {
        while (Earliest() is var (at, action))
        {
            State.Clock.At(at, action);
        }
    }

    private (DateTimeOffset At, Action Do)? Earliest()
    {
        var now = core.Now;
        var due = State.Subscriptions.Values.SelectMany(OfSubscription).Concat(State.Scheduled.Select(OfSchedule)).Where(e => e.At <= now);
        return due.Select(e => ((DateTimeOffset, Action)?)e).MinBy(e => e!.Value.Item1);
    }

    private IEnumerable<(DateTimeOffset At, Action Do)> OfSubscription(JsonObject subscription)
    {
        var status = subscription.Text("status");
        if (subscription.Instant("end_date_gmt") is { } end && status is "active" or "on-hold" or "pending-cancel")
        {
            yield return (end, () => core.Subscriptions.End(subscription, status == "pending-cancel" ? "cancelled" : "expired"));
        }

        var key = (subscription.Number("id"), subscription.Text("next_payment_date_gmt"));
        if (status == "active" && subscription.Instant("next_payment_date_gmt") is { } next && !State.Fired.Contains(key))
        {
            yield return (next, () => core.Renewals.Due(subscription));
        }
    }

    private (DateTimeOffset At, Action Do) OfSchedule(ScheduledAction planned) => (planned.At, () => Try(planned));

    private void Try(ScheduledAction planned)
    {
        _ = State.Scheduled.Remove(planned);
        try
        {
            core.Silently(!planned.Webhook, () => Act(planned));
        }
        catch (InvalidOperationException impossible)
        {
            // The client met a closed door: the shop goes on.
            State.Missed.Add($"{planned.Action} {planned.Target} {planned.Id}: {impossible.Message}");
        }
    }

    /// <summary>Refuses an action whose words or target do not exist.</summary>
    /// <exception cref="ArgumentException">Names what was wrong.</exception>
    internal void Check(string action, string target, long id)
    {
        var exists = target switch
        {
            "order" => State.Orders.ContainsKey(id),
            "subscription" => State.Subscriptions.ContainsKey(id),
            "customer" => State.Customers.ContainsKey(id),
            _ => throw new ArgumentException($"The target is '{target}': expected order, subscription or customer."),
        };
        if (!exists)
        {
            throw new ArgumentException($"There is no {target} {id} in the shop.");
        }

        if (action is not ("pay" or "announce" or "cancel" or "trash"))
        {
            throw new ArgumentException($"The action is '{action}': expected pay, announce, cancel or trash.");
        }
    }

    /// <summary>Does what a client or shop manager does.</summary>
    internal void Act(ScheduledAction planned)
    {
        switch (planned.Action)
        {
            case "pay" when OrderOf(planned) is { } order:
                core.Orders.PaymentComplete(order, planned.Method);
                break;
            case "announce" when OrderOf(planned) is { } order:
                order["payment_method"] = "bacs";
                order["payment_method_title"] = "Virement bancaire";
                core.Orders.SetStatus(order, "on-hold");
                break;
            case "cancel" when planned.Target == "subscription":
                core.Subscriptions.CancelByCustomer(State.Subscriptions[planned.Id]);
                break;
            case "cancel" when OrderOf(planned) is { } order:
                core.Orders.SetStatus(order, "cancelled");
                break;
            case "trash" when planned.Target == "subscription":
                core.Subscriptions.Trash(State.Subscriptions[planned.Id]);
                break;
            case "trash" when OrderOf(planned) is { } order:
                core.Orders.Trash(order);
                break;
            default:
                throw new InvalidOperationException($"The {planned.Target} {planned.Id} has no order to {planned.Action}.");
        }
    }

    private JsonObject? OrderOf(ScheduledAction planned) => planned.Target switch
    {
        "order" => State.Orders.GetValueOrDefault(planned.Id),
        "subscription" => State.Subscriptions.TryGetValue(planned.Id, out var subscription) ? core.Renewals.Unpaid(subscription) : null,
        "customer" => Unpaid(planned.Id) ?? Repurchase(planned.Id),
        _ => null,
    };

    private JsonObject? Unpaid(long customer) =>
        State.Orders.Values.LastOrDefault(o => o.Number("customer_id") == customer && OrderBook.NeedsPayment(o));

    // A client without an open order buys the same thing again at the checkout.
    private JsonObject? Repurchase(long customer)
    {
        var last = State.Orders.Values.LastOrDefault(o => o.Number("customer_id") == customer);
        return last is null ? null : core.Orders.Create([], "checkout", doc =>
        {
            core.Orders.ApplyFields(doc, new() { ["customer_id"] = customer, ["billing"] = last["billing"]!.DeepClone() });
            core.Lines.CopyTo(last, doc);
        });
    }
}
