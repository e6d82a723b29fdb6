using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Relance.Demo.Shop;

namespace Relance.Tests.FakeShops;

/// <summary>The laboratory shop of the recordings, rebuilt step by step: what was done there by PHP or a browser is done here in C#.</summary>
internal sealed class Lab : IAsyncDisposable
{
    internal const string Secret = "companion-secret-0123456789abcdef";

    private Lab(FakeShop shop, WebhookReceiver receiver) => (Shop, Receiver) = (shop, receiver);

    internal FakeShop Shop { get; }

    internal WebhookReceiver Receiver { get; }

    internal static async Task<Lab> StartAsync()
    {
        var (key, secret) = Keys("054_");
        var (readKey, readSecret) = Keys("051_");
        var shop = await FakeShop.StartAsync(new()
        {
            Start = At("2026-11-21T21:23:57Z"),
            // Stands still: each recording says when it was made.
            Speed = 0,
            Key = key,
            Secret = secret,
            ReadKey = readKey,
            ReadSecret = readSecret,
            WebhookDelay = TimeSpan.FromDays(3650),
            OAuthClock = new StoppedClock(At("2026-11-21T21:24:57Z")),
        });
        return new(shop, await WebhookReceiver.StartAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    /// <summary>Brings the shop to the state before a recording.</summary>
    internal async Task PrepareAsync(Recording recording)
    {
        switch (recording.Name.Split("__")[0])
        {
            case "024_get_product_subscription":
                _ = Shop.AddProduct("Contrat d’entretien annuel", "CONTRAT-AN", 180, "year");
                break;
            case "040_auth_none":
                _ = Shop.AddCustomer("syndic@immeuble.example", "Paul", "O’Brien", "Syndic « Les Lilas » & Cie");
                break;
            case "072_post_webhook_order_updated":
                _ = Do(core => core.Hooks.Webhooks.Remove(1));
                _ = Do(core => core.Hooks.SkipTo(11));
                break;
            case "110_post_order_pending":
                // 023 had raised it.
                _ = Do(core => core.Catalogue.UpdateProduct(core.State.Products[10], new() { ["regular_price"] = "120.00" }));
                await SubscribeAsync();
                break;
            case "137_hook_restored":
                Clock("21:27:18");
                Shop.Restore(14);
                break;
            case "144_hook_action_custom":
                Shop.FireAction("wc_lab_custom", new JsonObject { ["order_id"] = 12, ["when"] = "2026-11-21T10:00:00" });
                _ = Do(core => core.Catalogue.UpdateProduct(core.State.Products[10], new() { ["regular_price"] = "120.00" }));
                break;
            case "153_get_webhook_disabled":
                // WebhookTests shows how seven failures lead here.
                Clock("21:29:09");
                _ = Do(core => core.Hooks.Webhooks[11].Doc["status"] = "disabled");
                _ = Do(core => core.State.Touch(core.Hooks.Webhooks[11].Doc));
                break;
            case "160_get_orders_page1":
                Orders();
                break;
            case "175_head_orders":
                Shop.Trash(35);
                break;
            case "203_hook_checkout":
                await ForgetAsync();
                Checkout();
                break;
            case "333_hook_guest_checkout":
                await ForgetAsync();
                Clock("21:51:43");
                _ = Do(core => core.State.SkipTo(1047));
                _ = Shop.AddOrder(new(0, 10, "on-hold", CreatedVia: "store-api", PaymentMethod: "cheque"));
                break;
            case "212_hook_renewal_created":
                Clock("21:33:16");
                _ = Do(core => core.Renewals.Due(core.State.Subscriptions[37]));
                break;
            default:
                PrepareLate(recording.Name.Split("__")[0]);
                break;
        }
    }

    private void PrepareLate(string name)
    {
        switch (name)
        {
            case "231_post_subscription_gmt_dates":
                // A first attempt failed in the laboratory: its rolled-back subscription was announced as [].
                _ = Do(core => core.Emit("subscription.updated", 0));
                break;
            case "251_hook_subscription_switched":
                _ = Do(core => core.Emit("subscription.switched", 37));
                break;
            case "262_hook_dates_updated_php":
                _ = Do(core => core.Subscriptions.Update(core.State.Subscriptions[37], new() { ["next_payment_date"] = "2026-12-11 21:35:38" }));
                break;
            case "263_hook_pending-cancel_php":
                Clock("21:35:41");
                Shop.Cancel(37);
                break;
            case "265_hook_cancelled_end_of_term_php":
                Clock("21:35:43");
                _ = Do(core => core.Subscriptions.End(core.State.Subscriptions[37], "cancelled"));
                break;
            case "267_hook_expired_php":
                Clock("21:35:48");
                _ = Do(core => core.Subscriptions.End(core.State.Subscriptions[Half(core)], "expired"));
                break;
            case "310_maintenance_mode_503" or "310b_maintenance_mode_accept_json":
                Shop.Fail(new(ShopFaultKind.Maintenance, Times: 1));
                break;
            case "311_php_fatal_in_plugin_500" or "311b_php_fatal_accept_json_500":
                Shop.Fail(new(ShopFaultKind.Fatal, Times: 1));
                break;
            case "312_php_warning_before_json":
                Shop.Fail(new(ShopFaultKind.Warning, Times: 1));
                break;
            case "313_bom_before_json":
                Shop.Fail(new(ShopFaultKind.Bom, Times: 1));
                break;
            default:
                break;
        }
    }

    private void Clock(string time) => Shop.AdvanceTo(At($"2026-11-21T{time}Z"));

    private static long Half(ShopCore core)
    {
        var body = new JsonObject
        {
            ["customer_id"] = 2,
            ["status"] = "active",
            ["billing_period"] = "month",
            ["billing_interval"] = 6,
            ["start_date"] = "2026-05-05 21:35:34",
            ["line_items"] = new JsonArray(new JsonObject { ["product_id"] = 11, ["quantity"] = 1 }),
        };
        return core.Subscriptions.Create(body, "rest-api").Number("id");
    }

    // 22 orders: 12 refunded, 15 completed, eight on hold, the last pending, the rest processing.
    private void Orders()
    {
        for (var id = 15; id <= 35; id++)
        {
            var status = id switch { 15 => "completed", 35 => "pending", >= 17 and <= 24 => "on-hold", _ => "processing" };
            Shop.AddOrder(new(0, 10, status, id < 16 ? 1 : ((id - 16) % 3) + 1, "rest-api", "")).ShouldBe(id);
        }

        _ = Do(core => core.State.Orders[19]["billing"]!["email"] = "t@client.example");
    }

    private void Checkout()
    {
        var customer = Shop.AddCustomer("marc.durand@client.example", "Marc", "Durand");
        Shop.AddOrder(new(customer, 11, "on-hold", CreatedVia: "store-api")).ShouldBe(36);
        _ = Do(core =>
        {
            var made = core.Subscriptions.Create(
                new()
                {
                    ["customer_id"] = customer,
                    ["parent_id"] = 36,
                    ["status"] = "pending",
                    ["billing_period"] = "year",
                    ["billing_interval"] = 1,
                    ["payment_method"] = "bacs",
                    ["next_payment_date"] = "2027-11-21 21:33:11",
                    ["line_items"] = new JsonArray(new JsonObject { ["product_id"] = 11, ["quantity"] = 1 }),
                }, "store-api");
            core.Renewals.OrderAdded(core.State.Orders[36]);
            core.State.Orders[36]["customer_note"] = "Interphone Durand";
            made["customer_note"] = "Interphone Durand";
            made.Number("id").ShouldBe(37);
        });
    }

    // Those webhooks of the laboratory whose creation was not recorded.
    private async Task SubscribeAsync()
    {
        using var client = new ShopClient(Shop);
        var have = Do(core => core.Hooks.Webhooks.Values.Select(w => w.Topic).ToHashSet(StringComparer.Ordinal));
        foreach (var topic in Recording.All().Where(r => r.IsDelivery).Select(r => r.Header("X-WC-Webhook-Topic")).OfType<string>().Distinct(StringComparer.Ordinal).Except(have, StringComparer.Ordinal))
        {
            _ = await client.PostAsync("webhooks", $$"""{"topic":"{{topic}}","delivery_url":"{{Receiver.Url}}/ok/{{topic}}","secret":"{{Secret}}"}""");
        }

        await ForgetAsync();
    }

    private async Task ForgetAsync()
    {
        await Shop.DrainWebhooksAsync(early: true);
        _ = Receiver.Empty();
    }

    internal T Do<T>(Func<ShopCore, T> act) => Shop.Locked(act);

    internal int Do(Action<ShopCore> act) => Shop.Locked(core =>
    {
        act(core);
        return 0;
    });

    internal static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static (string Key, string Secret) Keys(string recording)
    {
        var header = Recording.Named(recording).Request["headers"]!["Authorization"]!.GetValue<string>();
        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':');
        return (parts[0], parts[1]);
    }
}

/// <summary>A clock that stands still.</summary>
internal sealed class StoppedClock(DateTimeOffset instant) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => instant;
}
