using System.Globalization;
using System.Text;
using Relance.Demo.Shop;

namespace Relance.Tests.Journey;

/// <summary>A shop that sells maintenance by the year: two clients whose term ends in thirty days, and one whose term has just begun.</summary>
internal static class MaintenanceShop
{
    public const string Due = "jeanne@client.example", AlsoDue = "hugo@client.example", Later = "ines@client.example";

    /// <summary>Puts everybody into the shop.</summary>
    /// <param name="today">The day on which the notices of the first two are due.</param>
    public static void Seed(FakeShop shop, DateOnly today)
    {
        var product = shop.AddProduct("Maintenance WordPress — 12 mois", "MAINT-12", 480m);
        foreach (var (email, first, last, end) in new[] { (Due, "Jeanne", "Lefèvre", today.AddDays(30)), (AlsoDue, "Hugo", "Benali", today.AddDays(30)), (Later, "Inès", "Dupré", today.AddDays(330)) })
        {
            // A term's last day is the day before its anniversary.
            var paid = new DateTimeOffset(end.AddDays(1).AddYears(-1).ToDateTime(new TimeOnly(11, 0)), TimeSpan.Zero);
            shop.AddOrder(new(shop.AddCustomer(email, first, last), product, "completed", CreatedAt: paid));
        }
    }

    /// <summary>A file with one contract that is right and one whose address is not.</summary>
    public static byte[] Csv(DateOnly today)
    {
        var (start, end) = (Iso(today.AddDays(200).AddYears(-1).AddDays(1)), Iso(today.AddDays(200)));
        return Encoding.UTF8.GetBytes($"reference;client;email;plan;start;end;amount\nDEVIS-7;Menuiserie Dupré & Fils;contact@menuiserie.example;Maintenance;{start};{end};1 234,50\nDEVIS-8;Zoé;pas une adresse;Maintenance;{start};{end};480,00\n");
    }

    /// <summary>What the shop says of the order that Relance made for this client: its status, and the standing that Relance wrote on it.</summary>
    public static (string Status, string? Standing)? RenewalOf(FakeShop shop, string email)
    {
        var order = ShopSnapshot.Of(shop)["orders"]!.AsArray().SingleOrDefault(o => o!["billing"]!["email"]!.ToString() == email && o["created_via"]!.ToString().StartsWith("relance:", StringComparison.Ordinal));
        return order is null ? null : (order["status"]!.ToString(), order["meta_data"]!.AsArray().SingleOrDefault(m => m!["key"]!.ToString() == "_relance_status")?["value"]?.ToString());
    }

    /// <summary>The standing that Relance wrote on the order that the client bought with.</summary>
    public static string? StandingOf(FakeShop shop, string email) => ShopSnapshot.Of(shop)["orders"]!.AsArray().Single(o => o!["billing"]!["email"]!.ToString() == email && o["created_via"]!.ToString() is var by && !by.StartsWith("relance:", StringComparison.Ordinal))!
        ["meta_data"]!.AsArray().SingleOrDefault(m => m!["key"]!.ToString() == "_relance_status")?["value"]?.ToString();

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
