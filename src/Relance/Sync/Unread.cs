using System.Globalization;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Sync;

/// <summary>Rows of a shop's answers that could not be read or applied. Each has a task, which stays open, and the row is asked for at each pull, until it can be.</summary>
internal sealed class Unread
{
    // Of a shop whose every row is unreadable, some are tried at each pull: once they can be read the others follow.
    private const int MostRetries = 300;

    private readonly Dictionary<ShopRef, UnreadableRow> _rows = [];

    /// <summary>Each row once.</summary>
    public IReadOnlyCollection<UnreadableRow> Rows => _rows.Values;

    /// <summary>Whether a row did not even say which one it is.</summary>
    public bool HasNameless => _rows.Keys.Any(row => row.Id == 0);

    public bool Has(ShopRef row) => _rows.ContainsKey(row);

    public void Add(UnreadableRow row) => _rows.TryAdd(row.Row, row);

    public void AddRange(Unread others)
    {
        foreach (var row in others.Rows)
            Add(row);
    }

    /// <summary>The rows of a shop that have an open task; id 0 stands for those that say no id.</summary>
    public static async Task<IReadOnlyList<ShopRef>> OpenAsync(Session session, string shopId) => [.. (await session.QueryAsync<string>(
        "SELECT subject_id FROM task WHERE shop_id = @shopId AND kind = 'not-applied' AND state = 'open' ORDER BY id DESC LIMIT @MostRetries", new { shopId, MostRetries }))
        .Select(Parse).OfType<ShopRef>()];

    private static ShopRef? Parse(string subject) => subject.Split(':') is [var kind, var id] && Enum.TryParse<ShopKind>(kind, out var known)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ShopRef(known, number) : null;
}
