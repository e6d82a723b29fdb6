using System.Globalization;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>Bodies of webhook deliveries.</summary>
internal static class Payload
{
    internal static JsonNode Of(ShopCore core, PendingDelivery delivery, Uri site)
    {
        var (topic, home) = (delivery.Webhook.Topic, site.ToString().TrimEnd('/'));
        if (topic.StartsWith("action.", StringComparison.Ordinal))
        {
            return new JsonObject { ["action"] = topic[7..], ["arg"] = delivery.Argument.DeepClone() };
        }

        var id = long.Parse(delivery.Argument.ToJsonString(), CultureInfo.InvariantCulture);
        var state = core.State;
        JsonObject? body = topic.Split('.') switch
        {
            [_, "deleted"] => new() { ["id"] = id },
            ["order", _] => state.Orders.TryGetValue(id, out var order) ? Views.Order(core, order, home) : null,
            ["subscription", _] => state.Subscriptions.TryGetValue(id, out var subscription) ? Views.Subscription(core, subscription, home) : null,
            ["relance_contract", _] => core.Contracts.All.TryGetValue(id, out var contract) ? contract.Copy() : null,
            ["customer", _] => state.Customers.TryGetValue(id, out var customer) ? Views.Customer(customer, home) : null,
            _ => state.Products.TryGetValue(id, out var product) ? Views.Product(core, product, home) : null,
        };
        return body ?? (JsonNode)new JsonArray();
    }
}
