using Relance.Demo.Shop;

namespace Relance.Tests.Api;

/// <summary>A fake shop with three subscriptions that renew within two months.</summary>
internal static class SeededShop
{
    public static async Task<FakeShop> StartAsync()
    {
        var shop = await FakeShop.StartAsync();
        var product = shop.AddProduct("Maintenance Essentielle", "maintenance", 100m, "year");
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (name, days) in new[] { ("Loïc Benali", 20), ("Zoé Durand", 35), ("Aurélien Dupré", 60) })
        {
            var (first, last) = (name.Split(' ')[0], name.Split(' ')[1]);
            var customer = shop.AddCustomer($"client{days}@client.example", first, last);
            shop.AddSubscription(new(customer, product, now.AddDays(days - 365), now.AddDays(days)));
        }
        return shop;
    }
}
