using System.Text.Json.Nodes;
using Relance.Agency;
using Relance.Billing;
using Relance.Plugin;
using Relance.Shops;
using Relance.Storage;
using Relance.Tests.Billing;
using Relance.Tests.Storage;
using static Relance.Tests.Billing.BillingWorld;

namespace Relance.Tests.Plugin;

/// <summary>A shop with the plugin, linked live by a code, on a database of its own.</summary>
public abstract class PluginTests(Dialect dialect) : IAsyncLifetime
{
    private TestDatabase _storage = null!;

    private protected BillingWorld World { get; private set; } = null!;

    private protected string ShopId { get; private set; } = "";

    private protected long Product { get; private set; }

    public virtual async Task InitializeAsync()
    {
        _storage = await TestDatabase.EmptyAsync(dialect);
        World = await StartAsync(new() { MailsPaidOrders = false, HasSubscriptions = false }, $"Database={_storage.ConnectionString}");
        World.Shop.Plugin = true;
        Product = World.Shop.AddProduct("Maintenance Essentielle", "ESSENTIELLE", 290m);
        World.Shop.Maintain(Product);
        (await LinkAsync()).Status.ShouldBe(201);
        await World.PullAsync();
    }

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private protected async Task<(int Status, JsonObject Body)> LinkAsync(Action<JsonObject>? change = null, string mode = "live")
    {
        var answer = await World.Shop.LinkAsync(World.Url, await CodeAsync(), change);
        if (answer.Body["shop_id"] is { } id)
            await World.Service<ShopLinker>().SetModeAsync(ShopId = id.ToString(), mode);
        return answer;
    }

    private protected async Task<string> CodeAsync(bool test = true) =>
        (await World.Service<LinkCodes>().InviteShopAsync(new LinkLeave(test, AllowPrivate: true), Actor.CommandLine)).Code;

    /// <summary>Somebody buys the plan; the plugin opens a contract, and its webhook arrives.</summary>
    private protected async Task<long> BuyAsync(DateOnly day, int quantity = 1, long? product = null)
    {
        var order = World.Buy(day, "processing", quantity, product: product ?? Product);
        await World.GoAndPullAsync(day, 9);
        return order;
    }

    /// <summary>The webhooks of the shop arrive and are followed.</summary>
    private protected async Task DeliverAsync()
    {
        await World.Shop.DrainWebhooksAsync(early: true);
        await World.Jobs.InboxAsync(CancellationToken.None);
    }

    private protected async Task<LinkedShop> ShopAsync() => (await World.Database.ReadAsync(s => LinkedShop.FindAsync(s, ShopId))).ShouldNotBeNull();

    private protected async Task<StoredContract> ContractAsync(long id = 1) =>
        (await World.Database.ReadAsync(s => ContractStore.FindAsync(s, ShopId, ContractStore.Plugin, PluginBilling.Key(id)))).ShouldNotBeNull();

    private protected string? Standing(long id = 1) => World.Shop.StatusOf(id)?["standing"]?.ToString();
}
