using Relance.Billing;
using Relance.Journal;
using Relance.Shops;

namespace Relance.Plugin;

/// <summary>Whether the plugin is in a shop. Without it nothing waits for it; found again, its contracts are read from the beginning.</summary>
internal static class PluginPresence
{
    /// <summary>Notes what the shop answered; a repeat changes nothing.</summary>
    /// <param name="version">Null: it is not there; empty: it does not say.</param>
    /// <returns>The shop as it is now.</returns>
    public static async Task<LinkedShop> NoteAsync(BillingContext context, string? version)
    {
        var (shop, key) = (context.Shop, $"plugin-gone:{context.Shop.Id}");
        var said = version is { Length: 0 } ? shop.PluginVersion ?? "" : version;
        if (said == shop.PluginVersion)
            return shop;
        await context.Session.ExecuteAsync(
            "UPDATE shop SET plugin_version = @said, plugin_cursor_at = CASE WHEN plugin_version IS NULL THEN NULL ELSE plugin_cursor_at END WHERE id = @Id", new { said, shop.Id });
        await JournalWriter.AppendAsync(context.Session, shop.Id, context.Now, said is null ? "plugin-gone" : "plugin-found", shop.Id, JournalEntry.Of(("version", said ?? shop.PluginVersion)));
        if (said is null)
            await TaskStore.OpenAsync(context, "plugin-gone", shop.Id, "The plugin was in the shop and does not answer any more: refusals and new contracts do not arrive.", key);
        else
            await TaskStore.CloseAsync(context, key);
        return (await LinkedShop.FindAsync(context.Session, shop.Id))!;
    }
}
