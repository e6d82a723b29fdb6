using Microsoft.Extensions.DependencyInjection;
using Relance.Agency;
using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Agency;

/// <summary>A live test shop with one contract whose notice is due on the first day, on either database.</summary>
public abstract class AgencyTests(Dialect dialect) : IAsyncLifetime
{
    private TestDatabase _storage = null!;

    // A term that ends 30 days after the story starts.
    protected static readonly DateOnly Start = Day0.AddDays(31).AddYears(-1);
    protected static readonly DateOnly End = Day0.AddDays(30);

    protected static readonly Actor Camille = new(Actor.OfPerson, "Camille");

    protected static CancellationToken Ct => CancellationToken.None;

    private protected BillingWorld World { get; private set; } = null!;

    protected virtual string[] Settings => [];

    protected AgencyReads Reads => Of<AgencyReads>();

    protected T Of<T>() where T : notnull => World.Services.GetRequiredService<T>();

    public virtual async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(dialect);
        World = await BillingWorld.StartAsync(null, [$"Database={_storage.ConnectionString}", .. Settings]);
        World.Buy(Start);
        await World.LinkAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await _storage.DisposeAsync();
    }

    protected async Task<string> ContractIdAsync() => (await World.ContractAsync()).Id;

    protected Task<int> ExecuteAsync(string sql) => World.Database.WriteAsync(s => s.ExecuteAsync(sql));

    protected Task<long> CountAsync(string table) => World.ValueAsync<long>($"SELECT COUNT(*) FROM {table}");

    /// <summary>Kinds of the journal's entries, the oldest first.</summary>
    protected Task<IReadOnlyList<string>> JournalAsync() => World.ListAsync("SELECT kind FROM journal ORDER BY seq");

    protected static async Task<RefusedException> RefusedAsync(Refusal why, Func<Task> ask)
    {
        var refused = await Should.ThrowAsync<RefusedException>(ask);
        refused.Why.ShouldBe(why);
        return refused;
    }
}
