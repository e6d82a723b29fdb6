using Relance.Storage;

namespace Relance.Inbox;

/// <summary>A verified delivery on its way into the database.</summary>
/// <param name="Copy">The site it comes from, where that is not the shop's.</param>
internal sealed record Delivery(string Id, string ShopId, string Topic, string Key, string Hash, byte[] Body, long At, string? Copy);

/// <summary>Stores deliveries; those that come at the same time share a transaction. A delivery is answered only once it is on disk.</summary>
internal sealed class InboxIntake(Database database) : IAsyncDisposable
{
    private const int MostTogether = 500;

    private readonly Together<Delivery, bool> _storing = new(MostTogether, deliveries => database.WriteAsync(async session =>
    {
        await InboxStore.AddAsync(session, deliveries);
        return (IReadOnlyList<bool>)[.. deliveries.Select(_ => true)];
    }));

    /// <summary>Returns when it is stored, or was already there unread.</summary>
    public Task StoreAsync(Delivery delivery) => _storing.DoAsync(delivery);

    /// <summary>Stores what waits.</summary>
    public ValueTask DisposeAsync() => _storing.DisposeAsync();
}
