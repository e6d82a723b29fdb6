using System.Text.Json.Nodes;
using Relance.Demo.Shop;

namespace Relance.Tests.Simulation;

/// <summary>What the shop sells, what these clients have bought in it, and how they pay.</summary>
internal static class TacitShop
{
    private const string Explicit = "MAINT-12";

    /// <summary>The service's rules of these products.</summary>
    public static string[] Rules =>
    [
        $"Products:0:Sku={Explicit}", "Products:0:Months=12", "Bounces:ReturnPath=retours@agence.example",
        .. TacitContract.Products.SelectMany((product, n) => new[]
        {
            $"Products:{n + 1}:Sku={product.Sku}", $"Products:{n + 1}:Months={product.Months}", $"Products:{n + 1}:Tacit=true", $"Products:{n + 1}:Notice={product.Notice}",
        }),
    ];

    public static void Seed(SimulatedAgency agency, IReadOnlyList<TacitClient> clients)
    {
        var shop = agency.Shop;
        var products = TacitContract.Products.ToDictionary(product => product.Sku, product => shop.AddProduct($"Maintenance, {product.Months} mois", product.Sku, 40m * product.Months));
        products[Explicit] = shop.AddProduct("Maintenance WordPress, 12 mois", Explicit, 480m);
        foreach (var client in clients)
        {
            var customer = shop.AddCustomer(client.Email, "Élodie", $"Durand {client.Number}", billingEmail: client.Fate == MailFate.NoAddress ? "" : null);
            long Buy(string sku, DateOnly day) => shop.AddOrder(new(customer, products[sku], "completed", CreatedAt: SimulatedAgency.At(day, new(11, 0))));
            client.Contracts.ForEach(contract => contract.OrderId = Buy(contract.Sku, contract.FirstStart));
            if (client.ExplicitStart is { } start)
                _ = Buy(Explicit, start);
            if (client.Fate == MailFate.Refused)
                agency.Catcher.Refuse(client.Email);
        }
    }

    /// <summary>Pays the order that the service made for a contract, if it is still open.</summary>
    public static void Pay(FakeShop shop, string contractId, bool webhook)
    {
        var open = shop.Locked(core => core.State.Orders.Values.FirstOrDefault(order => IsOf(order, contractId) && OrderBook.NeedsPayment(order))?.Number("id"));
        if (open is { } order)
            shop.Pay(order, webhook: webhook);
    }

    private static bool IsOf(JsonObject order, string contractId) => order.Text("created_via").StartsWith($"relance:{contractId}:", StringComparison.Ordinal);
}
