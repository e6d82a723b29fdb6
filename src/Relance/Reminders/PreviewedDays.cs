using Relance.Shops;

namespace Relance.Reminders;

/// <summary>Who already gets a mail on a day of the preview, from which shop, and how many each shop sends. Modes do not meet, as in the real run.</summary>
internal sealed class PreviewedDays
{
    private readonly Dictionary<(string Mode, string Recipient, DateOnly Day), string> _slots = [];
    private readonly Dictionary<(string Shop, DateOnly Day), int> _counts = [];
    private readonly HashSet<(string Shop, string Recipient, DateOnly Day)> _mailedByShop = [];
    private readonly HashSet<(string Mode, string Recipient, DateOnly Day)> _alone = [];

    /// <summary>Whether another shop writes to this person that day, or this shop does so itself.</summary>
    public bool IsTaken(string? recipient, LinkedShop shop, DateOnly day) => recipient is not null
        && ((_slots.TryGetValue((shop.Mode, recipient, day), out var by) && by != shop.Id) || _alone.Contains((shop.Mode, recipient, day)) || _mailedByShop.Contains((shop.Id, recipient, day)));

    /// <summary>Whether one more mail stays under the shop's ceiling; contracts of one person share a mail.</summary>
    public bool HasRoom(string? recipient, LinkedShop shop, DateOnly day, int ceiling) =>
        (recipient is not null && _slots.ContainsKey((shop.Mode, recipient, day))) || _counts.GetValueOrDefault((shop.Id, day)) < ceiling;

    /// <summary>Takes a person's slot; contracts of one person share it.</summary>
    public void Take(string? recipient, string mode, string shop, DateOnly day)
    {
        if (recipient is not null && _slots.TryAdd((mode, recipient, day), shop))
            _counts[(shop, day)] = _counts.GetValueOrDefault((shop, day)) + 1;
    }

    /// <summary>A legal notice is that day's message, beside which no reminder goes.</summary>
    public void TakeAlone(string? recipient, string mode, DateOnly day) => _ = recipient is not null && _alone.Add((mode, recipient, day));

    /// <summary>The shop's own invoice is that day's message.</summary>
    public void TakeByShop(string? recipient, LinkedShop shop, DateOnly day) => _ = recipient is not null && _mailedByShop.Add((shop.Id, recipient, day));
}
