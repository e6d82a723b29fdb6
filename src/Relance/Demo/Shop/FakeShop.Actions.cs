using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>What a shop manager and clients do in the shop.</summary>
public sealed partial class FakeShop
{
    /// <summary>Adds a product and gives its id.</summary>
    /// <param name="price">Excluding VAT, in euros.</param>
    /// <param name="period">year, month …: makes it a subscription product.</param>
    public long AddProduct(string name, string sku, decimal price, string? period = null, int interval = 1) => Locked(core =>
    {
        var body = new JsonObject { ["name"] = name, ["sku"] = sku, ["regular_price"] = Doc.Money(price), ["virtual"] = true };
        if (period is not null)
        {
            body["type"] = "subscription";
            body["average_rating"] = "0.00";
            body["meta_data"] = new JsonArray(
                Pair("_subscription_price", Doc.Money(price)), Pair("_subscription_period", period), Pair("_subscription_period_interval", interval));
        }

        return core.Catalogue.AddProduct(body).Number("id");
    });

    /// <summary>Adds a customer, who is also the billing address, and gives the id.</summary>
    /// <param name="billingEmail">Where mail goes; null: <paramref name="email"/>; empty: the shop knows no address.</param>
    public long AddCustomer(string email, string firstName, string lastName, string company = "", string city = "Lyon", string? billingEmail = null) => Locked(core =>
    {
        var billing = Billing(billingEmail ?? email, firstName, lastName, company, city);
        return core.Catalogue.CreateCustomer(new() { ["email"] = email, ["first_name"] = firstName, ["last_name"] = lastName, ["billing"] = billing }).Number("id");
    });

    /// <summary>Adds an order and gives its id.</summary>
    public long AddOrder(SeedOrder seed) => Locked(core =>
    {
        long id = 0;
        core.State.Clock.At(seed.CreatedAt ?? core.Now, () => id = core.Orders.Create(Body(core, seed), seed.CreatedVia).Number("id"));
        return id;
    });

    /// <summary>Adds a subscription with its paid parent order and gives the subscription's id.</summary>
    public long AddSubscription(SeedSubscription seed)
    {
        var parent = AddOrder(new(seed.CustomerId, seed.ProductId, "processing", PaymentMethod: seed.PaymentMethod, CreatedAt: seed.StartAt));
        return Locked(core =>
        {
            long id = 0;
            core.State.Clock.At(seed.StartAt, () => id = Subscribe(core, seed, parent));
            if (seed.CardRefused)
            {
                _ = core.State.RefusedCards.Add(id);
            }

            return id;
        });
    }

    /// <summary>Pays an order as a gateway does: status processing.</summary>
    /// <exception cref="InvalidOperationException">The order cannot be paid in its status.</exception>
    public void Pay(long orderId, string method = "stripe", bool webhook = true) => Act("pay", "order", orderId, webhook, method);

    /// <summary>Pays a subscription's unpaid renewal order, or renews it early; gives the order.</summary>
    public long PaySubscription(long subscriptionId, string method = "stripe", bool webhook = true) => Locked(core =>
    {
        long id = 0;
        core.Silently(!webhook, () => id = core.Renewals.Renew(core.State.Subscriptions[subscriptionId], method).Number("id"));
        return id;
    });

    /// <summary>The client chooses bank transfer: on hold, announced but not received.</summary>
    public void Announce(long orderId, bool webhook = true) => Act("announce", "order", orderId, webhook);

    /// <summary>Cancels an order or, as its customer, a subscription.</summary>
    public void Cancel(long id, bool webhook = true) => Act("cancel", KindOf(id), id, webhook);

    /// <summary>Puts an order or subscription into the trash.</summary>
    public void Trash(long id, bool webhook = true) => Act("trash", KindOf(id), id, webhook);

    /// <summary>Takes an order out of the trash.</summary>
    public void Restore(long orderId) => Locked(core =>
    {
        core.Orders.Restore(core.State.Orders[orderId]);
        return orderId;
    });

    /// <summary>Plans something a client will do when the shop's clock passes an instant.</summary>
    /// <param name="action">pay, announce, cancel or trash.</param>
    /// <param name="target">order, subscription (its unpaid renewal order, or an early renewal) or customer (the open order, or a new purchase of the same).</param>
    /// <param name="webhook">false: the shop announces nothing of it.</param>
    public void Schedule(string action, string target, long id, DateTimeOffset at, bool webhook = true, string method = "stripe") => Locked(core =>
    {
        core.Agenda.Check(action, target, id);
        core.State.Scheduled.Add(new(action, target, id, at, webhook, method));
        return id;
    });

    /// <summary>Plans a payment; see <see cref="Schedule"/>.</summary>
    public void SchedulePayment(string target, long id, DateTimeOffset at, bool webhook = true) => Schedule("pay", target, id, at, webhook);

    /// <summary>Fires a custom <c>do_action</c> that webhooks of topic <c>action.…</c> follow.</summary>
    public void FireAction(string name, JsonNode argument) => Locked(core =>
    {
        core.EmitArgument("action." + name, argument);
        return 0;
    });

    private void Act(string action, string target, long id, bool webhook, string method = "stripe") => Locked(core =>
    {
        core.Agenda.Check(action, target, id);
        core.Silently(!webhook, () => core.Agenda.Act(new(action, target, id, core.Now, webhook, method)));
        return id;
    });

    private string KindOf(long id) => Locked(core => core.State.Subscriptions.ContainsKey(id) ? "subscription" : "order");

    private static JsonObject Body(ShopCore core, SeedOrder seed)
    {
        var line = new JsonObject { ["product_id"] = seed.ProductId, ["quantity"] = seed.Quantity };
        if (seed.Price is { } price)
        {
            line["subtotal"] = Doc.Money(price * seed.Quantity);
            line["total"] = Doc.Money(price * seed.Quantity);
        }

        var body = new JsonObject
        {
            ["status"] = seed.Status,
            ["customer_id"] = seed.CustomerId,
            ["payment_method"] = seed.PaymentMethod,
            ["line_items"] = new JsonArray(line),
            ["meta_data"] = new JsonArray([.. (seed.Meta ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(m => (JsonNode)Pair(m.Key, m.Value))]),
        };
        body["billing"] = core.State.Customers.TryGetValue(seed.CustomerId, out var customer) ? customer["billing"]!.DeepClone() : null;
        return body;
    }

    private static long Subscribe(ShopCore core, SeedSubscription seed, long parent)
    {
        var body = Body(core, new(seed.CustomerId, seed.ProductId, seed.Status, PaymentMethod: seed.PaymentMethod));
        body["parent_id"] = parent;
        body["billing_period"] = seed.Period;
        body["billing_interval"] = seed.Interval;
        body["requires_manual_renewal"] = seed.Manual;
        body["start_date"] = Php(seed.StartAt);
        body["next_payment_date"] = Php(seed.NextPaymentAt);
        if (seed.EndAt is { } end)
        {
            body["end_date"] = Php(end);
        }

        var made = core.Subscriptions.Create(body, "checkout");
        core.Renewals.Caches(made);
        made["last_payment_date_gmt"] = Doc.Format(seed.StartAt);
        made.Stamp("date_paid", seed.StartAt, core.State.Zone);
        return made.Number("id");
    }

    private static string Php(DateTimeOffset instant) => Doc.Format(instant).Replace('T', ' ');

    private static JsonObject Pair(string key, JsonNode value) => new() { ["key"] = key, ["value"] = value };

    private static JsonObject Billing(string email, string firstName, string lastName, string company, string city) => new()
    {
        ["first_name"] = firstName,
        ["last_name"] = lastName,
        ["company"] = company,
        ["address_1"] = "1 place Bellecour",
        ["city"] = city,
        ["postcode"] = "69002",
        ["country"] = "FR",
        ["email"] = email,
        ["phone"] = "+33 4 00 00 00 00",
    };
}
