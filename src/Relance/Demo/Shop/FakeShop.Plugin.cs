using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>The plugin in the shop: switched off until <see cref="Plugin"/> says otherwise.</summary>
public sealed partial class FakeShop
{
    private JsonObject? _link;

    /// <summary>Whether the plugin is active.</summary>
    public bool Plugin
    {
        get => Locked(core => core.Contracts.On);
        set => Locked(core => core.Contracts.On = value);
    }

    /// <summary>Marks a product as maintenance.</summary>
    public void Maintain(long productId, int months = 12, string renewal = "explicit", string? notice = null, string suspension = "care", string plan = "Maintenance Essentielle") => Locked(core =>
        core.Contracts.Plans[productId] = new() { ["months"] = months, ["renewal"] = renewal, ["notice"] = notice, ["suspension"] = suspension, ["plan"] = plan });

    /// <summary>A contract as the plugin has it.</summary>
    public JsonObject Contract(long id) => Locked(core => core.Contracts.All[id].Copy());

    /// <summary>The status that the plugin shows of a contract; null before the first.</summary>
    public JsonObject? StatusOf(long id) => Locked(core => core.Contracts.Stored.GetValueOrDefault(id)?.Copy());

    /// <summary>Changes a contract in the shop.</summary>
    /// <param name="webhook">false: nothing is announced, as when a delivery is lost.</param>
    public void ChangeContract(long id, JsonObject fields, bool webhook = true) => Locked(core =>
    {
        core.Silently(!webhook, () => core.Contracts.Change(core.Contracts.All[id], fields));
        return id;
    });

    /// <summary>The client says no in the account.</summary>
    public void Decline(long id, bool webhook = true) =>
        ChangeContract(id, new() { ["status"] = "declined", ["declined_by"] = "client", ["declined_at"] = Doc.Format(Now) }, webhook);

    /// <summary>Links itself by a code, as the plugin does; gives the status and the answer.</summary>
    /// <param name="change">What is sent, to be changed before it is.</param>
    public async Task<(int Status, JsonObject Body)> LinkAsync(Uri service, string code, Action<JsonObject>? change = null, CancellationToken ct = default)
    {
        var order = new JsonObject
        {
            ["code"] = code,
            ["url"] = Url.AbsoluteUri,
            ["consumer_key"] = Options.Key,
            ["consumer_secret"] = Options.Secret,
            ["plugin_version"] = "0.5.0",
            ["wordpress"] = "7.1",
            ["woocommerce"] = "11.0.1",
        };
        change?.Invoke(order);
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri(service, "plugin/link"), order, ct);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(ct))!;
        if (answer.IsSuccessStatusCode)
        {
            _link = body;
            Locked(core => Hook(core, body));
        }

        return ((int)answer.StatusCode, body);
    }

    /// <summary>Asks the linked service something, signed.</summary>
    /// <param name="change">What is sent, to be changed before it is signed.</param>
    /// <param name="secret">Another secret than the link's.</param>
    public async Task<(int Status, JsonObject? Body)> AskAsync(Uri service, string action, Action<JsonObject>? change = null, string? secret = null, CancellationToken ct = default)
    {
        var asked = new JsonObject { ["action"] = action, ["at"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), ["nonce"] = ShopIds.Random(24) };
        change?.Invoke(asked);
        return await PostSignedAsync(new Uri(service, $"plugin/{_link!.Text("shop_id")}"), asked, secret ?? _link!.Text("webhook_secret"), ct);
    }

    /// <summary>Posts a signed call.</summary>
    public static async Task<(int Status, JsonObject? Body)> PostSignedAsync(Uri to, JsonObject asked, string secret, CancellationToken ct = default)
    {
        var body = Encoding.UTF8.GetBytes(asked.ToJsonString());
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-WC-Webhook-Signature", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        using var answer = await http.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonSerializer.Deserialize<JsonObject>(text));
    }

    // Its deliveries look like WooCommerce's; its webhooks are none of the shop's.
    private static int Hook(ShopCore core, JsonObject link)
    {
        foreach (var old in core.Hooks.Webhooks.Values.Where(w => w.Topic.StartsWith("relance_contract.", StringComparison.Ordinal)).ToList())
        {
            _ = core.Hooks.Webhooks.Remove(old.Id);
        }

        foreach (var happened in (string[])["created", "updated"])
        {
            var doc = Templates.Object("webhook");
            doc["id"] = core.Hooks.NextId();
            doc["name"] = "plugin";
            doc["topic"] = "relance_contract." + happened;
            doc["resource"] = "relance_contract";
            doc["event"] = happened;
            doc["delivery_url"] = link.Text("webhook_url");
            core.Hooks.Webhooks[doc.Number("id")] = new Webhook(doc, link.Text("webhook_secret"));
        }

        return 0;
    }
}
