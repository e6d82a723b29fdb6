using System.Text.Json.Nodes;
using Relance.Demo.Shop;
using Relance.Storage;

namespace Relance.Tests.Stories;

/// <summary>A shop where much happens in one morning: purchases, payments, announcements, withdrawals, and an agency that edits.</summary>
/// <remarks>
/// Left out, since a later pull cannot see it: what begins and ends between two looks (a paid order trashed, an announced purchase cancelled,
/// a new subscription cancelled the same morning).
/// </remarks>
internal sealed class StormShop(FakeShop shop, Random random)
{
    private readonly List<long> _buyers = [], _subscribers = [], _known = [];
    private readonly HashSet<long> _renewedEarly = [];
    private long _care, _tacit, _plan;

    /// <summary>What happened, in order.</summary>
    public List<string> Happened { get; } = [];

    /// <summary>Clients whose terms end between twenty days ago and fifty days from now; some subscriptions fall due this morning.</summary>
    public void Open(int clients, bool due)
    {
        _care = shop.AddProduct("Maintenance", "MAINT-12", 480m);
        _tacit = shop.AddProduct("Maintenance tacite", "MAINT-12-TACITE", 540m);
        _plan = shop.AddProduct("Abonnement", "ABO-12", 600m, "year");
        for (var i = 0; i < clients; i++)
        {
            Buy(Customer(), i % 5 == 0 ? _tacit : _care, "completed", shop.Now.AddYears(-1).AddDays(random.Next(-20, 50)));
            var next = due && i % 3 == 0 ? shop.Now.AddMinutes(random.Next(10, 120)) : shop.Now.AddDays(random.Next(5, 50));
            Subscribe(next.AddYears(-1), next);
        }
    }

    /// <summary>Both services know who subscribed; our own renewal orders are there, as a service makes them with the first reminder.</summary>
    public void Know(IEnumerable<StormContract> contracts)
    {
        _known.AddRange(_subscribers);
        foreach (var contract in contracts)
            shop.AddOrder(new(contract.Customer, contract.Product, CreatedVia: $"relance:{contract.Id}:2"));
    }

    /// <summary>One thing happens.</summary>
    public void Happen()
    {
        var known = _known.Count == 0 ? 0 : _known[random.Next(_known.Count)];
        var what = random.Next(10) switch
        {
            0 => $"{Buy(Customer(), random.Next(2) == 0 ? _care : _tacit, "processing", null)} is bought by a new client",
            1 => $"{Subscribe(shop.Now, shop.Now.AddYears(1))} is subscribed by a new client",
            // Who acts and whom the agency edits are two groups: a date moved and then renewed is one step for a pull.
            > 5 when known > 0 => _known.IndexOf(known) % 3 == 1 ? Agency(known) : Subscriber(known),
            _ => Buyer(_buyers[random.Next(_buyers.Count)]),
        };
        Happened.Add($"{shop.Now:HH:mm:ss} {what}");
    }

    private string Buyer(long customer)
    {
        var orders = shop.Locked(core => core.State.Orders.Values.Where(o => o.Number("customer_id") == customer).Select(o => o.Copy()).ToList());
        if (orders.LastOrDefault(o => o.Text("status") is "pending" or "on-hold") is { } open)
            return Open(open.Number("id"), open.Text("status") == "on-hold" && !open.Text("created_via").StartsWith("relance:", StringComparison.Ordinal));
        if (random.Next(2) == 0 && orders.LastOrDefault(o => o.Text("status") == "trash") is { } trashed)
        {
            shop.Restore(trashed.Number("id"));
            return $"{trashed.Number("id")} is restored";
        }

        return $"{Buy(customer, _care, random.Next(2) == 0 ? "pending" : "processing", null)} is bought by {customer}";
    }

    private string Open(long order, bool mustBePaid)
    {
        switch (mustBePaid ? 0 : random.Next(5))
        {
            case 0 or 1:
                shop.Pay(order);
                return $"{order} is paid";
            case 2:
                shop.Announce(order);
                return $"{order} is announced";
            case 3:
                shop.Cancel(order);
                return $"{order} is cancelled";
            default:
                shop.Trash(order);
                return $"{order} is trashed";
        }
    }

    private string Subscriber(long id)
    {
        var (status, due) = shop.Locked(core => (core.State.Subscriptions[id].Text("status"), core.State.Subscriptions[id].Instant("next_payment_date_gmt")));
        if (status is not ("active" or "on-hold") || (status == "active" && due <= shop.Now.AddHours(6)))
            return $"{id} waits";
        switch (random.Next(6))
        {
            case 0 or 1 when _renewedEarly.Add(id):
                return $"{id} is paid by {shop.PaySubscription(id)}";
            case 2 when !_renewedEarly.Contains(id):
                Act("announce", id);
                return $"{id}'s renewal is announced";
            case 3 when !_renewedEarly.Contains(id):
                Act("cancel", id);
                return $"{id} is cancelled";
            case 4:
                shop.Trash(id);
                return $"{id} is trashed";
            default:
                return $"{id} hesitates";
        }
    }

    private string Agency(long id) => shop.Locked(core =>
    {
        var subscription = core.State.Subscriptions[id];
        if (subscription.Text("status") is not ("active" or "on-hold") || subscription.Instant("next_payment_date_gmt") is not { } next || next < core.Now.AddDays(2))
            return $"{id} is left alone";
        var change = random.Next(3) switch
        {
            0 => new JsonObject { ["next_payment_date"] = Doc.Format(next.AddDays(random.Next(1, 6))).Replace('T', ' ') },
            1 => new JsonObject { ["requires_manual_renewal"] = !subscription.Flag("requires_manual_renewal") },
            _ => new JsonObject { ["status"] = subscription.Text("status") == "active" ? "on-hold" : "active" },
        };
        core.Subscriptions.Update(subscription, change);
        return $"{id} is edited: {change.ToJsonString()}";
    });

    private void Act(string action, long subscription)
    {
        shop.Schedule(action, "subscription", subscription, shop.Now);
        shop.Tick();
    }

    private long Customer()
    {
        var id = shop.AddCustomer($"client{_buyers.Count + _subscribers.Count}@client.example", "Camille", $"N° {_buyers.Count + _subscribers.Count}");
        return id;
    }

    private long Buy(long customer, long product, string status, DateTimeOffset? at)
    {
        if (!_buyers.Contains(customer))
            _buyers.Add(customer);
        return shop.AddOrder(new(customer, product, status, Quantity: random.Next(8) == 0 ? 2 : 1, CreatedAt: at));
    }

    private long Subscribe(DateTimeOffset start, DateTimeOffset next)
    {
        var id = shop.AddSubscription(new(Customer(), _plan, start, next, Manual: random.Next(3) > 0, PaymentMethod: "stripe"));
        // One whose card was charged this morning does not pay once more.
        if (shop.Locked(core => !core.State.Subscriptions[id].Flag("requires_manual_renewal")) && next < shop.Now.AddHours(6))
            _renewedEarly.Add(id);
        _subscribers.Add(id);
        return id;
    }
}

/// <summary>A contract that may have a renewal order of ours.</summary>
internal sealed record StormContract(string Id, long Customer, long Product);
