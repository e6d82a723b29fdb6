using System.Globalization;
using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary><c>wc/v3/webhooks</c>. The secret is never shown.</summary>
internal sealed class WebhookRoutes(ShopCore core, Func<Webhook, Task> ping)
{
    private static readonly string[] Statuses = ["active", "paused", "disabled"];
    private static readonly string[] Resources = ["coupon", "customer", "order", "product", "subscription"];
    private static readonly string[] Events = ["created", "updated", "deleted", "restored", "switched"];

    internal IEnumerable<Route> All() =>
    [
        new("wc/v3/webhooks", ("GET", List), ("POST", Create)),
        new("wc/v3/webhooks/#", ("GET", c => Answer.Ok(Views.Webhook(Found(c), c.Home))), ("POST PUT PATCH", Update), ("DELETE", Delete)),
    ];

    private Webhook Found(Call call) => core.Hooks.Webhooks.GetValueOrDefault(call.Id) ?? throw WpError.BadId("shop_webhook");

    private Answer List(Call call)
    {
        var status = call.Query.Get("status") ?? "all";
        var rows = core.Hooks.Webhooks.Values.Where(w => status == "all" || w.Doc.Text("status") == status);
        return Listing.Page(call, rows.Select(w => w.Doc), d => Views.Webhook(core.Hooks.Webhooks[d.Number("id")], call.Home), "context=view");
    }

    private Answer Create(Call call)
    {
        var body = call.Body();
        Check(body, created: true);
        var now = core.Now;
        var doc = Templates.Object("webhook");
        doc["id"] = core.Hooks.NextId();
        doc["name"] = body["name"] is null
            ? $"Webhook créé le {TimeZoneInfo.ConvertTime(now, core.State.Zone).ToString("MMM dd, tt @ hh:mm tt", CultureInfo.InvariantCulture)}"
            : body.Text("name");
        doc.Stamp("date_created", now, core.State.Zone);
        var hook = new Webhook(doc, body["secret"] is null ? ShopIds.Random(50) : body.Text("secret"));
        Apply(hook, body);
        core.Hooks.Webhooks[hook.Id] = hook;
        var shown = Views.Webhook(hook, call.Home);
        core.State.Touch(doc);
        var created = Answer.Created(shown, $"{call.Home}/wp-json/wc/v3/webhooks/{hook.Id}");
        var answer = created with { First = () => ping(hook) };
        return answer;
    }

    private Answer Update(Call call)
    {
        var (hook, body) = (Found(call), call.Body());
        Check(body, created: false);
        Apply(hook, body);
        core.State.Touch(hook.Doc);
        return Answer.Ok(Views.Webhook(hook, call.Home)) with { First = body["delivery_url"] is null ? null : () => ping(hook) };
    }

    private Answer Delete(Call call)
    {
        var hook = Found(call);
        if (!call.Query.Flag("force"))
        {
            throw new WpError(501, "woocommerce_rest_trash_not_supported", "Les crochets Web ne supportent pas la suppression.");
        }

        _ = core.Hooks.Webhooks.Remove(hook.Id);
        return Answer.Ok(Views.Webhook(hook, call.Home));
    }

    private static void Apply(Webhook hook, JsonObject body)
    {
        foreach (var name in (string[])["name", "status", "topic", "delivery_url"])
        {
            if (body[name] is { } value)
            {
                hook.Doc[name] = value.DeepClone();
            }
        }

        if (body["secret"] is not null)
        {
            hook.Secret = body.Text("secret");
        }

        var parts = hook.Topic.Split('.', 2);
        hook.Doc["resource"] = parts[0];
        hook.Doc["event"] = parts[1];
        hook.Doc["hooks"] = new JsonArray(parts[0] == "action" ? parts[1] : $"woocommerce_{parts[1]}_{parts[0]}");
    }

    private static void Check(JsonObject body, bool created)
    {
        if (body["status"] is not null && !Statuses.Contains(body.Text("status")))
        {
            throw WpError.NotInEnum("status", Statuses);
        }

        foreach (var name in (string[])["topic", "delivery_url"])
        {
            if (created && body[name] is null)
            {
                throw WpError.Missing(name);
            }
        }

        if (body["topic"] is not null && !Valid(body.Text("topic")))
        {
            throw new WpError(400, "woocommerce_rest_shop_webhook_invalid_topic", "Le sujet du crochet web est obligatoire et doit être valide.");
        }
    }

    private static bool Valid(string topic) => topic.Split('.', 2) switch
    {
        ["action", { Length: > 0 }] => true,
        [var resource, var happening] => Resources.Contains(resource) && Events.Contains(happening),
        _ => false,
    };
}
