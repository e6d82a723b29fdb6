using System.Globalization;

namespace Relance.Tests.ThreeProcesses;

/// <summary>One contract in the shop.</summary>
/// <param name="Reference">How every mail names it: ABO-subscription or CMD-first order.</param>
/// <param name="PaysOnceTold">The step that, once planned, makes the client pay at that very moment, silently; null for nobody.</param>
internal sealed record Sale(string Reference, string Email, DateOnly Anchor, long CustomerId, long OpeningOrder, long? SubscriptionId, string? PaysOnceTold)
{
    /// <summary>The body of a control call that pays it, with no webhook.</summary>
    public Dictionary<string, object> Payment => new(StringComparer.Ordinal)
    {
        ["target"] = SubscriptionId is null ? "customer" : "subscription",
        ["id"] = SubscriptionId ?? CustomerId,
        ["webhook"] = false,
    };
}

/// <summary>Fills the shop.</summary>
internal sealed class Cast(ShopProcess shop)
{
    private readonly List<Sale> _sales = [];
    private long _maintenance, _subscription;

    public IReadOnlyList<Sale> Sales => _sales;

    /// <summary>The product whose orders a rule reads as contracts.</summary>
    public long Maintenance => _maintenance;

    public async Task OpenAsync()
    {
        _maintenance = await shop.AddAsync("products", new { name = "Maintenance WordPress", sku = "MAINT-12", price = "480.00" });
        _subscription = await shop.AddAsync("products", new { name = "Abonnement maintenance", sku = "ABO-12", price = "600.00", period = "year" });
    }

    /// <summary>Adds a client with one contract, or both kinds of them.</summary>
    public async Task<IReadOnlyList<Sale>> AddAsync(DateOnly anchor, bool subscription, bool order, string? paysOnceTold = null)
    {
        var email = string.Create(CultureInfo.InvariantCulture, $"client{_sales.Count + 1:000}@client.example");
        var customer = await shop.AddAsync("customers", new { email, firstName = "Zoé", lastName = $"Client {_sales.Count + 1}", company = "" });
        var from = _sales.Count;
        var (start, next) = (Paris.At(anchor.AddDays(1).AddYears(-1), 10), Paris.At(anchor.AddDays(1), 10));
        if (subscription)
        {
            var id = await shop.AddAsync("subscriptions", new { customerId = customer, productId = _subscription, startAt = start, nextPaymentAt = next });
            _sales.Add(new Sale($"ABO-{id}", email, anchor, customer, 0, id, paysOnceTold));
        }

        if (order)
        {
            var id = await shop.AddAsync("orders", new { customerId = customer, productId = _maintenance, status = "completed", createdAt = start });
            _sales.Add(new Sale($"CMD-{id}", email, anchor, customer, id, null, paysOnceTold));
        }

        return _sales[from..];
    }

    /// <summary>The client pays on a day relative to J, whatever was said, and the shop keeps silent.</summary>
    public Task PaysAsync(Sale sale, int day, int hour) =>
        shop.ControlAsync("schedule", new Dictionary<string, object>(sale.Payment, StringComparer.Ordinal) { ["at"] = Paris.At(sale.Anchor.AddDays(day), hour) });
}

/// <summary>The shop's local time.</summary>
internal static class Paris
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static DateTimeOffset At(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, s_zone.GetUtcOffset(local));
    }

    public static DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, s_zone).DateTime;
}
