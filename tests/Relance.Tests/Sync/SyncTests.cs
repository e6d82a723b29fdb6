using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Storage;

namespace Relance.Tests.Sync;

/// <summary>A linked shop on a database of its own.</summary>
public abstract class SyncTests(Dialect dialect) : IAsyncLifetime
{
    private TestDatabase _storage = null!;

    private protected BillingWorld World { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(dialect);
        World = await BillingWorld.LinkedAsync(null, $"Database={_storage.ConnectionString}");
    }

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
