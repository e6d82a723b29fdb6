using Relance.Operations;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Inbox;

namespace Relance.Tests.Storage;

/// <summary>A test on a fresh database with one shop in it.</summary>
public abstract class StorageTests(Dialect dialect) : IAsyncLifetime
{
    private protected TestDatabase Storage { get; private set; } = null!;

    private protected SampleRows Rows { get; private set; } = null!;

    protected Database Database => Storage.Database;

    protected string ShopId { get; } = Values.NewId();

    protected Dialect Dialect => dialect;

    public virtual async Task InitializeAsync()
    {
        Storage = await TestDatabase.CreateAsync(dialect);
        Rows = new(Database, ShopId);
        await AddShopAsync(ShopId);
    }

    public async Task DisposeAsync() => await Storage.DisposeAsync();

    protected Task AddShopAsync(string id) => Database.WriteAsync(s => LinkStore.AddAsync(s, InboxHost.AShop(id, "protected"), Clocks.RealTime.Now));

    protected Task<T?> ValueAsync<T>(string sql, object? args = null) => Database.ReadAsync(s => s.ValueAsync<T>(sql, args));

    protected Task<int> ExecuteAsync(string sql, object? args = null) => Database.WriteAsync(s => s.ExecuteAsync(sql, args));

    protected static async Task ShouldBeTakenAlreadyAsync(Func<Task> write) =>
        Database.IsUniqueViolation(await Should.ThrowAsync<Exception>(write)).ShouldBeTrue();
}
