using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>The shop without HTTP: its state and what may be done to it.</summary>
internal sealed class ShopCore
{
    private bool _silent;

    internal ShopCore(ShopState state, WebhookQueue hooks)
    {
        (State, Hooks) = (state, hooks);
        (Notes, Lines, Catalogue) = (new(state), new(state), new(this));
        (Orders, Subscriptions, Renewals, Contracts) = (new(this), new(this), new(this), new(this));
        Agenda = new(this);
    }

    internal ShopState State { get; }

    internal WebhookQueue Hooks { get; }

    internal OrderNotes Notes { get; }

    internal LineItems Lines { get; }

    internal Catalogue Catalogue { get; }

    internal OrderBook Orders { get; }

    internal SubscriptionBook Subscriptions { get; }

    internal Renewals Renewals { get; }

    internal ContractBook Contracts { get; }

    internal Agenda Agenda { get; }

    internal DateTimeOffset Now => State.Clock.Now;

    /// <summary>Announces a change of a resource to the webhooks of a topic.</summary>
    internal void Emit(string topic, long id) => EmitArgument(topic, JsonValue.Create(id));

    internal void EmitArgument(string topic, JsonNode argument)
    {
        if (!_silent)
        {
            Hooks.Enqueue(topic, argument, Now);
        }
    }

    internal void EmitOrderStatus(long id, string status)
    {
        Emit($"action.woocommerce_order_status_{status}", id);
        Emit("action.woocommerce_order_status_changed", id);
    }

    // PHP hands a WC_Subscription object to the webhook, which JSON reduces to its public fields: no id (recorded).
    internal void EmitSubscriptionStatus() => EmitArgument("action.woocommerce_subscription_status_updated",
        new JsonObject { ["refunds"] = new JsonArray(), ["order_type"] = "shop_subscription" });

    /// <summary>Runs an action whose webhooks are lost.</summary>
    internal void Silently(bool silent, Action action)
    {
        var before = _silent;
        _silent = before || silent;
        try
        {
            action();
        }
        finally
        {
            _silent = before;
        }
    }
}
