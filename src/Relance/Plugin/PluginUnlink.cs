using Relance.Agency;
using Relance.Billing;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Plugin;

/// <summary>A shop is unlinked in its own administration: nothing leaves for it until a person has linked it again and put it back live.</summary>
internal sealed class PluginUnlink(Database database, RelanceSettings settings, Clocks clocks)
{
    /// <summary>Back to dry run, where what waited is withdrawn, and a task for a person. A repeat changes nothing.</summary>
    public Task UnlinkAsync(LinkedShop shop, Actor actor, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            var context = new BillingContext(session, shop, settings, clocks.Now);
            if (shop.Mode != "dry")
                await LinkStore.SetModeAsync(session, shop, "dry", context.Today, clocks.Now, actor);
            await AgencyDesk.JournalAsync(context, "shop-unlinked", shop.Id, actor, null);
            await TaskStore.OpenAsync(context, "unlinked", shop.Id, $"{shop.Name} was unlinked in its administration: nothing leaves for it any more, legal notices included.", $"unlinked:{shop.Id}");
        },
        ct);
}
