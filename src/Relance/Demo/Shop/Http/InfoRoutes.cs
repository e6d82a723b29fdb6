using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>What the shop says about itself: index, settings, gateways, status.</summary>
internal sealed class InfoRoutes(ShopCore core, Func<Uri> site)
{
    private static readonly Dictionary<string, string> Mails = new(StringComparer.Ordinal)
    {
        ["email_customer_processing_order"] = "Commande en cours",
        ["email_customer_completed_order"] = "Commande terminée",
        ["email_customer_on_hold_order"] = "Commande en attente",
        ["email_customer_invoice"] = "Détails de la commande",
        ["email_customer_note"] = "Note client",
        ["email_customer_renewal_invoice"] = "Customer Renewal Invoice",
        ["email_customer_processing_renewal_order"] = "Processing Renewal order",
        ["email_customer_completed_renewal_order"] = "Completed Renewal Order",
        ["email_customer_notification_manual_renewal"] = "Customer Notification: Manual renewal notice",
        ["email_customer_notification_subscription_expiry"] = "Customer Notification: Subscription expiration notice",
    };

    internal IEnumerable<Route> All() =>
    [
        new("", ("GET", Index)) { Public = true },
        new("wp/v2/users/me", ("GET", _ => throw new WpError(401, "rest_not_logged_in", "Vous n’êtes actuellement pas connecté."))) { Public = true },
        new("wc/v3/system_status", ("GET", Status)),
        new("wc/v3/payment_gateways", ("GET", Gateways)),
        new("wc/v3/settings/general", ("GET", _ => Answer.Ok(Templates.Node("settings_general")))),
        new("wc/v3/settings/*", ("GET", c => Answer.Ok(new JsonArray(Enabled(c))))),
        new("wc/v3/settings/*/enabled", ("GET", c => Answer.Ok(Enabled(c)))),
        new("wc/v3/data/currencies/current", ("GET", c => Answer.Ok(Filled("currency", c)))),
    ];

    private Answer Index(Call call)
    {
        var index = (JsonObject)Filled("index", call);
        index["name"] = core.State.Options.Name;
        if (core.State.Says is { } says)
        {
            index["home"] = says.AbsoluteUri.TrimEnd('/');
            index["url"] = says.AbsoluteUri.TrimEnd('/');
        }

        index["timezone_string"] = core.State.Options.TimeZone;
        index["gmt_offset"] = core.State.Zone.GetUtcOffset(core.Now).TotalHours;
        if (!core.State.Options.HasSubscriptions)
        {
            var routes = (JsonObject)index["routes"]!;
            foreach (var name in routes.Select(r => r.Key).Where(r => r.Contains("subscriptions", StringComparison.Ordinal)).ToList())
            {
                _ = routes.Remove(name);
            }
        }

        return Answer.Ok(index);
    }

    private static Answer Gateways(Call call)
    {
        var rows = (JsonArray)Templates.Node("payment_gateways");
        var answer = Answer.Ok(rows);
        answer.Headers.Add(("X-WP-Total", $"{rows.Count}"));
        answer.Headers.Add(("X-WP-TotalPages", "1"));
        return answer;
    }

    private JsonObject Enabled(Call call)
    {
        var subscriptions = call.Name.Contains("renewal", StringComparison.Ordinal) || call.Name.Contains("notification", StringComparison.Ordinal);
        if (!Mails.TryGetValue(call.Name, out var title) || (subscriptions && !core.State.Options.HasSubscriptions))
        {
            throw new WpError(404, "rest_setting_setting_group_invalid", "Groupe de réglages non valide.");
        }

        var value = core.State.Mails.TryGetValue(call.Name["email_".Length..], out var switched) ? switched : ByDefault(call.Name);
        return new()
        {
            ["id"] = "enabled",
            ["label"] = "Activer/désactiver",
            ["description"] = title,
            ["type"] = "checkbox",
            ["default"] = "yes",
            ["value"] = value ? "yes" : "no",
            ["group_id"] = call.Name,
        };
    }

    private bool ByDefault(string group) => group switch
    {
        "email_customer_processing_order" or "email_customer_completed_order" or "email_customer_processing_renewal_order" or "email_customer_completed_renewal_order" => core.State.Options.MailsPaidOrders,
        _ => !group.StartsWith("email_customer_notification_", StringComparison.Ordinal),
    };

    private Answer Status(Call call)
    {
        var status = (JsonObject)Filled("system_status", call);
        if (core.State.StoreId is { } id)
            status["environment"]!["store_id"] = id;
        return Answer.Ok(status);
    }

    private JsonNode Filled(string template, Call call)
    {
        var text = Templates.Node(template).ToJsonString();
        return JsonNode.Parse(text.Replace("{site}", site().ToString().TrimEnd('/'), StringComparison.Ordinal).Replace("{home}", call.Home, StringComparison.Ordinal))!;
    }
}
