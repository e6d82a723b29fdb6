using System.Globalization;
using Relance.Demo.Shop;

namespace Relance.Demo;

/// <summary>What a client of the demo does.</summary>
/// <param name="PaysOnDay">Day relative to J; null never pays.</param>
/// <param name="Announces">First announces a transfer on this day relative to J.</param>
internal sealed record DemoRole(string Kind, int? PaysOnDay = null, int? Announces = null, bool Refused = false);

/// <summary>A client in the shop.</summary>
internal sealed record DemoClient(string Name, string Email, DemoRole Role, long CustomerId, long? SubscriptionId);

/// <summary>Forty contracts of all kinds, whose terms all end on J.</summary>
internal static class DemoCast
{
    public const string ProductRule = "product-rule", Subscription = "subscription", Automatic = "automatic", Tacit = "tacit";

    private static readonly string[] s_firstNames = ["Jeanne", "Élodie", "Hugo", "Inès", "Loïc", "Maëlle", "Noé", "Zoé", "Aurélien", "Chloé"];
    private static readonly string[] s_lastNames = ["Lefèvre", "Durand", "Benali", "N’Guyen", "Müller", "Dupré", "Garçon", "Saint-Exupéry", "Petit", "Œillet"];

    /// <summary>The roles, in order.</summary>
    public static IReadOnlyList<DemoRole> Roles { get; } =
    [
        .. Of(ProductRule, (-20, 3), (-1, 3), (3, 3), (10, 3), (20, 2), (null, 5)), new(ProductRule, 6, Announces: 1), new(ProductRule, Refused: true),
        .. Of(Subscription, (-20, 2), (-1, 2), (3, 2), (10, 2), (20, 2), (null, 3)), .. Of(Automatic, (null, 3)), .. Of(Tacit, (null, 3)),
    ];

    /// <summary>Puts everybody into the shop.</summary>
    public static IReadOnlyList<DemoClient> Seed(FakeShop shop, DateOnly anchor)
    {
        var maintenance = shop.AddProduct("Maintenance WordPress — 12 mois", "MAINT-12", 480m);
        var tacit = shop.AddProduct("Maintenance WordPress — tacite reconduction", "MAINT-12-TACITE", 540m);
        var subscription = shop.AddProduct("Abonnement maintenance annuel", "ABO-12", 600m, "year");
        return [.. Roles.Select((role, i) => Add(shop, role, i, anchor, role.Kind switch { Tacit => tacit, ProductRule => maintenance, _ => subscription }))];
    }

    /// <summary>Lets everybody act: payments come without a word to the service, as a lost webhook would.</summary>
    public static void Schedule(FakeShop shop, IEnumerable<DemoClient> clients, DateOnly anchor)
    {
        foreach (var client in clients)
        {
            var target = client.SubscriptionId is null ? "customer" : "subscription";
            var id = client.SubscriptionId ?? client.CustomerId;
            if (client.Role.Announces is { } announced)
                shop.Schedule("announce", target, id, At(anchor, announced, 11));
            // Half of the payments land before the window, after planning.
            if (client.Role.PaysOnDay is { } day)
                shop.SchedulePayment(target, id, At(anchor, day, client.CustomerId % 2 == 0 ? 8 : 16), webhook: client.CustomerId % 3 != 0);
        }
    }

    private static DemoClient Add(FakeShop shop, DemoRole role, int index, DateOnly anchor, long product)
    {
        var (first, last) = (s_firstNames[index % 10], s_lastNames[(index * 3 + index / 10) % 10]);
        var email = string.Create(CultureInfo.InvariantCulture, $"client{index + 1:00}@client.example");
        var customer = shop.AddCustomer(email, first, last, index % 4 == 0 ? $"{last} & Fils" : "");
        var start = At(anchor, 1, 10).AddYears(-1);
        if (role.Kind is Subscription or Automatic)
            return new(first + " " + last, email, role, customer, shop.AddSubscription(new(customer, product, start, At(anchor, 1, 10), Manual: role.Kind == Subscription, PaymentMethod: role.Kind == Automatic ? "stripe" : "bacs")));
        _ = shop.AddOrder(new(customer, product, "completed", CreatedAt: start));
        return new(first + " " + last, email, role, customer, null);
    }

    private static DateTimeOffset At(DateOnly anchor, int day, int hour) => new(anchor.AddDays(day).ToDateTime(new TimeOnly(hour, 0)), TimeSpan.FromHours(1));

    private static IEnumerable<DemoRole> Of(string kind, params (int? Day, int Count)[] groups) =>
        groups.SelectMany(group => Enumerable.Repeat(new DemoRole(kind, group.Day), group.Count));
}
