using Relance.Billing;
using Relance.Operations;
using Relance.Plugin;
using Relance.Shops;
using Relance.Storage;

namespace Relance.PostBack;

/// <summary>Carries out one write. Each looks before it writes, so that a repeat after an ambiguous answer changes nothing.</summary>
public sealed class PostBackWriter(Database database, RelanceSettings settings, Clocks clocks, PluginStatuses statuses)
{
    private const int LooksBack = 31;

    /// <summary>Writes one row.</summary>
    /// <exception cref="ShopException">The shop refused or did not answer.</exception>
    public Task WriteAsync(LinkedShop shop, IShop client, PostBackRow row, CancellationToken ct) => row.Op switch
    {
        PostBackQueue.CreateOrder => CreateOrderAsync(shop, client, row, ct),
        PostBackQueue.CancelOrder => CancelOrderAsync(client, row, ct),
        PostBackQueue.CompleteOrder => CompleteOrderAsync(client, row, ct),
        PostBackQueue.Status => SubscriptionStatusAsync(client, row, ct),
        PostBackQueue.Note => NoteAsync(client, row, ct),
        PostBackQueue.PluginStatus => PluginStatusAsync(client, row, ct),
        _ => throw new InvalidOperationException($"postback.op: '{row.Op}' is not known."),
    };

    // A repeated POST makes a second order: it is looked up first, always.
    private async Task CreateOrderAsync(LinkedShop shop, IShop client, PostBackRow row, CancellationToken ct)
    {
        var contract = (await database.ReadAsync(s => ContractStore.FindAsync(s, row.SubjectId), ct))!;
        var state = contract.State;
        var term = PostBackQueue.ParseCreatedVia(row.Payload)!.Value.TermNo;
        if ((term != state.TermNo + 1 && term != state.UnpaidTerm) || state is not { EndedOn: null, DeclinedOn: null })
            return;
        // The order of a tacit renewal is made on the last day of the term before.
        var since = new DateTimeOffset(state.TermStart.AddDays(term == state.UnpaidTerm ? -LooksBack : 0).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var existing = await client.OrdersCreatedViaAsync(row.Payload, state.CustomerId, since, ct);
        var order = existing.FirstOrDefault(o => o.Status is not ("cancelled" or "trash"));
        // One that somebody withdrew before we saw it is an answer; one whose withdrawal a person has already decided about is not.
        if (order is null && existing.Count > 0 && await database.WriteAsync(s => WithdrawnAsync(new BillingContext(s, shop, settings, clocks.Now), contract, existing[^1]), ct))
            return;
        order ??= await client.CreateOrderAsync(new NewOrder(row.Payload, state.CustomerId, state.Billing, state.Currency, state.Lines, Meta(state)), ct);
        await database.WriteAsync(s => CreatedAsync(new BillingContext(s, shop, settings, clocks.Now), row, order), ct);
    }

    // The plugin renews its contract by this mark.
    private static Dictionary<string, string> Meta(ContractState state) => state.Plugin is { } plugin ? new() { ["_relance_contract"] = PluginBilling.Key(plugin.Id) } : [];

    private static async Task<bool> WithdrawnAsync(BillingContext context, StoredContract found, ShopOrder order)
    {
        if (await InvoiceStore.FindAsync(context.Session, context.Shop.Id, order.Id) is not null || await ContractStore.LockAsync(context.Session, found.Id) is not { } contract)
            return false;
        await InvoiceStore.UpsertAsync(context, order, contract.ClientId, contract.Id, PostBackQueue.ParseCreatedVia(order.CreatedVia)?.TermNo ?? contract.State.TermNo + 1, "renewal");
        await RenewalBilling.WithdrawnAsync(context, contract with { State = contract.State with { RenewalOrderId = order.Id } });
        return true;
    }

    private static async Task CreatedAsync(BillingContext context, PostBackRow row, ShopOrder order)
    {
        await OrderBilling.ApplyAsync(context, order, Pulled.Nothing);
        await context.Session.ExecuteAsync(
            """
            UPDATE message SET state = 'due', hold = NULL WHERE state = 'held' AND hold = 'renewal-order'
            AND id IN (SELECT r.message_id FROM reminder r JOIN cycle c ON c.id = r.cycle_id WHERE c.subject_id = @SubjectId AND r.state = 'planned')
            AND NOT EXISTS (SELECT 1 FROM reminder r JOIN cycle c ON c.id = r.cycle_id JOIN postback p ON p.subject_id = c.subject_id
                WHERE r.message_id = message.id AND r.state = 'planned' AND p.op = 'create-order' AND p.state IN ('due', 'sending') AND p.id <> @Id)
            """, new { row.SubjectId, row.Id });
    }

    private static async Task CancelOrderAsync(IShop client, PostBackRow row, CancellationToken ct)
    {
        var target = PostBackQueue.ParseTarget(row.Target);
        // A client may have paid it in the meantime: only an open order is cancelled, and only one of ours.
        if (await client.OrdersAsync([target.Id], ct) is [{ Status: "pending" or "failed" or "on-hold" } order] && PostBackQueue.ParseCreatedVia(order.CreatedVia) is not null)
            await client.SetStatusAsync(target, "cancelled", ct);
    }

    private static async Task CompleteOrderAsync(IShop client, PostBackRow row, CancellationToken ct)
    {
        var target = PostBackQueue.ParseTarget(row.Target);
        if (await client.OrdersAsync([target.Id], ct) is [{ Status: "pending" or "failed" or "on-hold" or "processing" }])
            await client.SetStatusAsync(target, "completed", ct);
    }

    // Only where the shop has not done it itself: a repeated status would add a note and a webhook.
    private static async Task SubscriptionStatusAsync(IShop client, PostBackRow row, CancellationToken ct)
    {
        var target = PostBackQueue.ParseTarget(row.Target);
        var asked = row.Payload.Split('@')[0];
        var (resumed, wanted) = (asked == PostBackQueue.Resumed, asked == PostBackQueue.Resumed ? "active" : asked);
        var now = await client.SubscriptionsAsync([target.Id], ct);
        if (now is [{ Status: "active" or "on-hold" or "pending-cancel" } subscription] && subscription.Status != wanted && (resumed || subscription.Status != "pending-cancel"))
            await client.SetStatusAsync(target, wanted, ct);
    }

    // As it is now: what was queued is only that it changed.
    private async Task PluginStatusAsync(IShop client, PostBackRow row, CancellationToken ct) =>
        await client.SetContractStatusAsync(PostBackQueue.ParseTarget(row.Target).Id, (await statuses.OfAsync(row.SubjectId, row.Rev, ct)).ToJson(), ct);

    private static async Task NoteAsync(IShop client, PostBackRow row, CancellationToken ct)
    {
        var target = PostBackQueue.ParseTarget(row.Target);
        var marker = row.Payload[row.Payload.LastIndexOf('[')..];
        if (row.Attempt > 1 && (await client.NotesAsync(target, ct)).Any(note => note.Contains(marker, StringComparison.Ordinal)))
            return;
        await client.AddPrivateNoteAsync(target, row.Payload, ct);
    }
}
