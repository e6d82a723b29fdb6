using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Relance.Shops.WooCommerce;
using Relance.Tests.Servers;

namespace Relance.Bench.Webhooks;

/// <summary>Requests as bytes, each a recorded order under another id, signed: the generator only copies them to the wire.</summary>
internal static class Deliveries
{
    public const string Secret = "race-secret-0123456789abcdef";

    public static List<byte[]> Make(int count, int from, string path)
    {
        var order = Recorded();
        var requests = new List<byte[]>(count);
        for (var i = 0; i < count; i++)
        {
            order["id"] = from + i;
            var body = Encoding.UTF8.GetBytes(order.ToJsonString());
            var head = string.Create(CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: WooCommerce/11.0.1 Hookshot (WordPress/7.1)\r\nContent-Type: application/json\r\nX-WC-Webhook-Source: http://127.0.0.1:9/\r\nX-WC-Webhook-Topic: order.updated\r\nX-WC-Webhook-Resource: order\r\nX-WC-Webhook-Event: updated\r\nX-WC-Webhook-Signature: {WebhookSignature.Sign(body, Secret)}\r\nX-WC-Webhook-ID: 11\r\nX-WC-Webhook-Delivery-ID: {i:x32}\r\nContent-Length: {body.Length}\r\n\r\n");
            requests.Add([.. Encoding.ASCII.GetBytes(head), .. body]);
        }

        return requests;
    }

    private static JsonNode Recorded()
    {
        var file = Path.Combine(Repository.Root, "tests", "Relance.Tests", "Recordings", "120_hook_order_created_pending__order.updated.json");
        return JsonNode.Parse(Convert.FromBase64String((string)JsonNode.Parse(File.ReadAllText(file))!["body_base64"]!))!;
    }
}
