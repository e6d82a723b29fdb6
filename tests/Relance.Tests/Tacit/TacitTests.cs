using Microsoft.Extensions.DependencyInjection;
using Relance.Agency;
using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Storage;

namespace Relance.Tests.Tacit;

/// <summary>A live test shop with one tacit contract of 2026, notice two months: D is 31 October, lawful from 31 July to 30 September, due on Monday 31 August.</summary>
public abstract class TacitTests(Dialect dialect) : IAsyncLifetime
{
    private TestDatabase _storage = null!;

    protected static readonly DateOnly Due = new(2026, 8, 31), Latest = new(2026, 9, 30), Deadline = new(2026, 10, 31), End = new(2026, 12, 31);

    protected static readonly Actor Camille = new(Actor.OfPerson, "Camille");

    protected static CancellationToken Ct => CancellationToken.None;

    private protected BillingWorld World { get; private set; } = null!;

    protected string ContractId { get; private set; } = "";

    protected virtual string[] Settings => [];

    protected ContractActions Actions => Of<ContractActions>();

    protected T Of<T>() where T : notnull => World.Services.GetRequiredService<T>();

    public virtual async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(dialect);
        World = await BillingWorld.StartAsync(null, [$"Database={_storage.ConnectionString}", "Bounces:ReturnPath=bounces@agence-demo.example", .. Settings]);
        World.Buy(new(2026, 1, 1), product: World.Shop.AddProduct("Maintenance tacite", "MAINT-12-TACITE", 540m));
        BeforeLink();
        await World.LinkAsync();
        ContractId = (await World.ContractsAsync())[0].Id;
    }

    public virtual async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await _storage.DisposeAsync();
    }

    /// <summary>What the shop has sold besides.</summary>
    protected virtual void BeforeLink()
    {
    }

    /// <summary>A round at any hour.</summary>
    protected async Task RoundAsync(DateOnly day, int hour, int minute = 2)
    {
        World.Go(day, hour, minute);
        await World.Jobs.RoundAsync(Ct);
    }

    protected Task<IReadOnlyList<string>> RemindersAsync() => World.RemindersAsync();

    private protected IReadOnlyList<Relance.Demo.Mail.CaughtMail> Mails => World.Catcher.Mails;
}
