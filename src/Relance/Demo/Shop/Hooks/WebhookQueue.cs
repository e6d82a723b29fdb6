using System.Text.Json.Nodes;

namespace Relance.Demo.Shop;

/// <summary>The shop's webhooks and the deliveries that wait: one per webhook and argument, as Action Scheduler coalesces them.</summary>
internal sealed class WebhookQueue(ShopOptions options)
{
    private readonly List<PendingDelivery> _pending = [];
    private long _lastId;

    internal SortedDictionary<long, Webhook> Webhooks { get; } = [];

    internal WebhookWeather Weather { get; set; }

    internal int Waiting => _pending.Count;

    /// <summary>Called when a delivery was queued.</summary>
    internal Action? Queued { get; set; }

    internal long NextId() => ++_lastId;

    internal void SkipTo(long id) => _lastId = Math.Max(_lastId, id - 1);

    internal void Enqueue(string topic, JsonNode argument, DateTimeOffset now)
    {
        foreach (var hook in Webhooks.Values.Where(w => w.Active && w.Topic == topic))
        {
            var text = argument.ToJsonString();
            if (!_pending.Exists(p => p.Webhook == hook && p.Argument.ToJsonString() == text))
            {
                _pending.Add(new(hook, argument.DeepClone(), now + options.WebhookDelay));
            }
        }

        Queued?.Invoke();
    }

    /// <summary>Takes the next delivery out of the queue, or null when none is due.</summary>
    /// <param name="early">Takes those that are not yet due as well.</param>
    internal PendingDelivery? Take(DateTimeOffset now, bool early)
    {
        var due = _pending.Where(p => early || p.DueAt <= now).ToList();
        if (due.Count == 0)
        {
            return null;
        }

        var next = Weather == WebhookWeather.Shuffled ? due[Random.Shared.Next(due.Count)] : due[0];
        _ = _pending.Remove(next);
        return next;
    }
}

/// <summary>A delivery that waits; its body is built when it leaves.</summary>
internal sealed record PendingDelivery(Webhook Webhook, JsonNode Argument, DateTimeOffset DueAt);
