namespace Relance.Channels.Smtp;

/// <summary>
/// Sliding windows per sender, in memory, on the system clock. With N messages per window, the next may go when the
/// N-th latest has left the window.
/// </summary>
internal sealed class SendRate(SendLimits limits, TimeProvider clock)
{
    private readonly (int Count, TimeSpan Window, string Name)[] _limits = [.. limits.Set()];
    private readonly Dictionary<string, List<DateTimeOffset>> _sent = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <summary>When this sender may send again, or null: now. Takes nothing.</summary>
    public DateTimeOffset? NextAt(string sender)
    {
        lock (_gate)
            return Blocked(Of(sender))?.Until;
    }

    /// <summary>Takes one place. When there is none, says which limit holds and until when.</summary>
    public bool TryTake(string sender, out DateTimeOffset taken, out (string Limit, DateTimeOffset Until) blocked)
    {
        lock (_gate)
        {
            var sent = Of(sender);
            taken = clock.GetUtcNow();
            blocked = Blocked(sent) ?? default;
            if (blocked.Limit is not null)
                return false;
            sent.Add(taken);
            return true;
        }
    }

    /// <summary>Gives a place back: the message never reached the server.</summary>
    public void GiveBack(string sender, DateTimeOffset taken)
    {
        lock (_gate)
            Of(sender).Remove(taken);
    }

    /// <summary>Remembers what was sent before a restart (hand-overs of the last day).</summary>
    public void Remember(string sender, IEnumerable<DateTimeOffset> handedOver)
    {
        lock (_gate)
        {
            var sent = Of(sender);
            sent.AddRange(handedOver);
            sent.Sort();
        }
    }

    private (string Limit, DateTimeOffset Until)? Blocked(List<DateTimeOffset> sent)
    {
        var now = clock.GetUtcNow();
        sent.RemoveAll(at => at <= now - TimeSpan.FromDays(1));
        var latest = (Limit: "", Until: now);
        foreach (var (count, window, name) in _limits)
            if (sent.Count >= count && sent[^count] + window is var free && free > latest.Until)
                latest = ($"{count} per {name}", free);
        return latest.Until > now ? latest : null;
    }

    private List<DateTimeOffset> Of(string sender)
    {
        if (!_sent.TryGetValue(sender, out var sent))
            _sent[sender] = sent = [];
        return sent;
    }
}
