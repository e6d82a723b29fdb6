using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Evidence.Stamps;

/// <summary>Has the end of each shop's journal time-stamped, once a day where something was added: from then on nobody can rewrite what is before it.</summary>
internal sealed class StampJob(Database database, TimestampAuthority authority, Clocks clocks) : IJobBody
{
    private static readonly TimeSpan s_between = TimeSpan.FromHours(23);

    /// <inheritdoc/>
    /// <exception cref="NoTimestampException">The authority gave none; it is asked again at the next run, and the watch over jobs tells when it fails for long.</exception>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (!authority.IsSet)
            return 0;
        var made = 0;
        foreach (var shop in await database.ReadAsync(LinkedShop.AllAsync, ct))
        {
            var newest = await database.ReadAsync(session => StampStore.NewestAsync(session, shop.Id), ct);
            if (newest is null || clocks.Real - newest.At >= s_between)
                made += await StampAsync(shop.Id, ct) ? 1 : 0;
        }
        return made;
    }

    /// <summary>Has the end of a shop's journal time-stamped now; false when it is already, or empty.</summary>
    /// <exception cref="NoTimestampException">The authority gave none.</exception>
    public async Task<bool> StampAsync(string shopId, CancellationToken ct)
    {
        var (head, newest) = await database.ReadAsync(async session => (await StampStore.HeadAsync(session, shopId), await StampStore.NewestAsync(session, shopId)), ct);
        if (!authority.IsSet || head is null || newest?.Seq == head.Seq)
            return false;
        var (at, by, token) = await authority.StampAsync(head.Hash, ct);
        await database.WriteAsync(session => StampStore.AddAsync(session, shopId, new(head.Seq, head.Hash, at, by, token)), ct);
        return true;
    }
}
