using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Orders: made, changed, paid, trashed and refunded as the REST API does it.</summary>
internal sealed class OrderBook(ShopCore core)
{
    internal static readonly string[] Statuses =
        ["auto-draft", "pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed", "checkout-draft"];

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["pending"] = "Attente paiement",
        ["processing"] = "En cours",
        ["on-hold"] = "En attente",
        ["completed"] = "Terminée",
        ["cancelled"] = "Annulée",
        ["refunded"] = "Remboursée",
        ["failed"] = "Échouée",
        ["checkout-draft"] = "Brouillon",
    };

    private ShopState State => core.State;

    internal static bool IsPaid(string status) => status is "processing" or "completed";

    internal static bool NeedsPayment(JsonObject order) => order.Text("status") is "pending" or "failed" && order.Amount("total") > 0;

    /// <summary>Makes an order. At the checkout <c>order.updated</c> is announced before <c>order.created</c> (recorded).</summary>
    internal JsonObject Create(JsonObject body, string createdVia, Action<JsonObject>? prepare = null)
    {
        CheckCustomer(body);
        var order = Templates.Object("order");
        Begin(order, createdVia);
        ApplyFields(order, body);
        prepare?.Invoke(order);
        core.Lines.AddRequested(order, body);
        var id = order.Number("id");
        State.Orders[id] = order;
        Announce(order, createdVia);
        var wanted = body.Text("status");
        core.Renewals.OrderAdded(order);
        if (wanted is not ("" or "pending"))
        {
            SetStatus(order, wanted, created: true);
        }

        PayIfAsked(order, body);
        return order;
    }

    internal void Update(JsonObject order, JsonObject body, bool validate = true)
    {
        CheckCustomer(body);
        if (validate && body["status"] is not null && !Statuses.Contains(body.Text("status")))
        {
            throw WpError.NotInEnum("status", Statuses);
        }

        ApplyFields(order, body);
        if (body["line_items"] is not null || body["fee_lines"] is not null)
        {
            core.Lines.AddRequested(order, body);
        }

        State.Touch(order);
        core.Emit("order.updated", order.Number("id"));
        if (body["status"] is not null)
        {
            // A batch does not validate: an unknown status silently becomes "pending" (recorded).
            SetStatus(order, Statuses.Contains(body.Text("status")) ? body.Text("status") : "pending");
        }

        PayIfAsked(order, body);
    }

    /// <summary>Moves an order to a status, with the dates, notes, webhooks and renewals that follow.</summary>
    internal void SetStatus(JsonObject order, string status, bool created = false)
    {
        var (id, old) = (order.Number("id"), order.Text("status"));
        if (old == status)
        {
            return;
        }

        order["status"] = status;
        State.Touch(order);
        core.Emit("order.updated", id);
        if (IsPaid(status) && order["date_paid"] is null)
        {
            order.Stamp("date_paid", core.Now, State.Zone);
        }

        if (status == "completed")
        {
            order.Stamp("date_completed", core.Now, State.Zone);
            core.Catalogue.MarkPaying(order.Number("customer_id"));
        }

        StatusNotes(id, old, status, created);
        core.Renewals.OrderMoved(order, old);
        core.Contracts.OrderMoved(order, old);
        core.EmitOrderStatus(id, status);
    }

    /// <summary>What a payment gateway does: WooCommerce takes money only for orders that need payment.</summary>
    internal void PaymentComplete(JsonObject order, string method)
    {
        if (!NeedsPayment(order) && order.Text("status") != "on-hold")
        {
            throw new InvalidOperationException($"Order {order.Number("id")} cannot be paid: its status is '{order.Text("status")}'.");
        }

        if (method.Length > 0)
        {
            order["payment_method"] = method;
        }

        order.Stamp("date_paid", core.Now, State.Zone);
        core.Emit("action.woocommerce_payment_complete", order.Number("id"));
        SetStatus(order, "processing");
    }

    internal void Trash(JsonObject order)
    {
        Meta.Set(State, order, "_wp_trash_meta_status", "wc-" + order.Text("status"));
        Meta.Set(State, order, "_wp_trash_meta_time", core.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        order["status"] = "trash";
        State.Touch(order);
        core.Emit("order.deleted", order.Number("id"));
    }

    internal void Restore(JsonObject order)
    {
        order["status"] = order.Meta("_wp_trash_meta_status")?[3..] ?? "pending";
        Meta.Set(State, order, "_wp_trash_meta_status", null);
        Meta.Set(State, order, "_wp_trash_meta_time", null);
        State.Touch(order);
        core.Emit("order.restored", order.Number("id"));
        core.Emit("action.woocommerce_order_status_changed", order.Number("id"));
    }

    internal void Begin(JsonObject doc, string createdVia)
    {
        var id = State.NextPost();
        doc["id"] = id;
        doc["number"] = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        doc["order_key"] = "wc_order_" + ShopIds.Random(13);
        doc["created_via"] = createdVia;
        doc.Stamp("date_created", core.Now, State.Zone);
        State.Touch(doc);
    }

    internal void ApplyFields(JsonObject doc, JsonObject body)
    {
        foreach (var name in (string[])["customer_id", "payment_method", "payment_method_title", "customer_note", "transaction_id", "created_via", "currency"])
        {
            if (body[name] is { } value && doc.ContainsKey(name))
            {
                doc[name] = value.DeepClone();
            }
        }

        foreach (var name in (string[])["billing", "shipping"])
        {
            foreach (var (field, value) in body[name] as JsonObject ?? [])
            {
                doc[name]![field] = value?.DeepClone();
            }
        }

        Meta.Apply(State, doc, body.List("meta_data"));
    }

    private void Announce(JsonObject order, string createdVia)
    {
        var (id, customer) = (order.Number("id"), order.Number("customer_id"));
        var checkout = createdVia is "checkout" or "store-api";
        core.Emit(checkout ? "order.updated" : "order.created", id);
        if (checkout && customer > 0)
        {
            core.Emit("customer.updated", customer);
        }

        core.Emit(checkout ? "order.created" : "order.updated", id);
    }

    private void PayIfAsked(JsonObject order, JsonObject body)
    {
        // On an on-hold or cancelled order `set_paid` answers 200 and changes nothing (recorded).
        if (body.Flag("set_paid") && NeedsPayment(order))
        {
            PaymentComplete(order, "");
        }
    }

    private void CheckCustomer(JsonObject body)
    {
        if (body.Number("customer_id") is > 0 and var customer && !State.Customers.ContainsKey(customer))
        {
            throw new WpError(400, "woocommerce_rest_invalid_customer_id", "L&rsquo;ID client est non valide.");
        }
    }

    private void StatusNotes(long id, string old, string status, bool created)
    {
        if (status is "processing" or "completed" && State.Options.MailsPaidOrders)
        {
            core.Notes.Add(id, $"Email \"Commande {(status == "completed" ? "terminée" : "en cours")}\" sent.");
        }

        if (!created)
        {
            core.Notes.Add(id, $"État de la commande modifié de {Names.GetValueOrDefault(old, old)} à {Names.GetValueOrDefault(status, status)}.");
        }
    }
}
