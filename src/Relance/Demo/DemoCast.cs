using System.Globalization;
using Relance.Demo.Shop;

namespace Relance.Demo;

/// <summary>What a client of the demo does.</summary>
/// <param name="PaysOnDay">Day relative to J; null never pays.</param>
/// <param name="Announces">First announces a transfer on this day relative to J.</param>
/// <param name="Refused">A mail server answers 550 to its address.</param>
/// <param name="NoAddress">The shop knows no e-mail address.</param>
/// <param name="SameClient">A second contract of the client before.</param>
internal sealed record DemoRole(string Kind, int? PaysOnDay = null, int? Announces = null, bool Refused = false, bool NoAddress = false, bool SameClient = false)
{
    /// <summary>The story in a few words.</summary>
    public string Does => this switch
    {
        { Kind: DemoCast.Automatic } => "pays by card, by itself",
        { Kind: DemoCast.Tacit } => "renews tacitly",
        { Refused: true } => "address refused (550)",
        { NoAddress: true } => "has no address",
        { PaysOnDay: null } => "never pays",
        _ => $"{(Announces is { } a ? $"transfer announced {Day(a)}, " : "")}{(SameClient ? "second contract, " : "")}pays {Day(PaysOnDay.Value)}",
    };

    private static string Day(int day) => string.Create(CultureInfo.InvariantCulture, $"J{day:+0;-0}");
}

/// <summary>A contract in the shop, and who holds it.</summary>
/// <param name="OrderId">The order that opened it, where no subscription did.</param>
internal sealed record DemoClient(string Name, string Email, DemoRole Role, long CustomerId, long? SubscriptionId, long? OrderId)
{
    /// <summary>The contract's reference, as its mails print it.</summary>
    public string Reference => SubscriptionId is { } id ? $"ABO-{id}" : $"CMD-{OrderId}";
}

/// <summary>Forty contracts of all kinds, whose terms all end on J.</summary>
internal static class DemoCast
{
    public const string ProductRule = "product-rule", Subscription = "subscription", Automatic = "automatic", Tacit = "tacit";

    private static readonly string[] s_firstNames = ["Jeanne", "Élodie", "Hugo", "Inès", "Loïc", "Maëlle", "Noé", "Zoé", "Aurélien", "Chloé"];
    private static readonly string[] s_lastNames = ["Lefèvre", "Durand", "Benali", "N’Guyen", "Müller", "Dupré", "Garçon", "Saint-Exupéry", "Petit", "Œillet"];

    /// <summary>The roles, in order.</summary>
    public static IReadOnlyList<DemoRole> Roles { get; } =
    [
        .. Of(ProductRule, (-20, 3), (-1, 3), (3, 3), (10, 3), (20, 2), (null, 2)), new(ProductRule, 10), new(ProductRule, 10, SameClient: true),
        new(ProductRule, 6, Announces: 1), new(ProductRule, Refused: true), new(ProductRule, NoAddress: true),
        .. Of(Subscription, (-20, 2), (-1, 2), (3, 2), (10, 2), (20, 2), (null, 3)), .. Of(Automatic, (null, 3)), .. Of(Tacit, (null, 3)),
    ];

    /// <summary>Puts everybody into the shop.</summary>
    public static IReadOnlyList<DemoClient> Seed(FakeShop shop, DateOnly anchor)
    {
        var maintenance = shop.AddProduct("Maintenance WordPress — 12 mois", "MAINT-12", 480m);
        var store = shop.AddProduct("Maintenance boutique — 12 mois", "MAINT-12-BOUTIQUE", 960m);
        var tacit = shop.AddProduct("Maintenance WordPress — tacite reconduction", "MAINT-12-TACITE", 540m);
        var subscription = shop.AddProduct("Abonnement maintenance annuel", "ABO-12", 600m, "year");
        var clients = new List<DemoClient>();
        foreach (var role in Roles)
            clients.Add(Add(shop, role, clients, anchor, role switch { { SameClient: true } => store, { Kind: Tacit } => tacit, { Kind: ProductRule } => maintenance, _ => subscription }));
        return clients;
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

    private static DemoClient Add(FakeShop shop, DemoRole role, List<DemoClient> before, DateOnly anchor, long product)
    {
        var client = role.SameClient ? before[^1] : Person(shop, role, before.Count);
        var start = At(anchor, 1, 10).AddYears(-1);
        return role.Kind is Subscription or Automatic
            ? client with { Role = role, SubscriptionId = shop.AddSubscription(new(client.CustomerId, product, start, At(anchor, 1, 10), Manual: role.Kind == Subscription, PaymentMethod: role.Kind == Automatic ? "stripe" : "bacs")) }
            : client with { Role = role, OrderId = shop.AddOrder(new(client.CustomerId, product, "completed", CreatedAt: start)) };
    }

    private static DemoClient Person(FakeShop shop, DemoRole role, int index)
    {
        var (first, last) = (s_firstNames[index % 10], s_lastNames[(index * 3 + index / 10) % 10]);
        var email = string.Create(CultureInfo.InvariantCulture, $"client{index + 1:00}@client.example");
        var customer = shop.AddCustomer(email, first, last, index % 4 == 0 ? $"{last} & Fils" : "", billingEmail: role.NoAddress ? "" : null);
        return new(first + " " + last, role.NoAddress ? "" : email, role, customer, null, null);
    }

    private static DateTimeOffset At(DateOnly anchor, int day, int hour) => new(anchor.AddDays(day).ToDateTime(new TimeOnly(hour, 0)), TimeSpan.FromHours(1));

    private static IEnumerable<DemoRole> Of(string kind, params (int? Day, int Count)[] groups) =>
        groups.SelectMany(group => Enumerable.Repeat(new DemoRole(kind, group.Day), group.Count));
}
