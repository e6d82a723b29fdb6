using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Applies a contract of the plugin, as the shop shows it now. Its clauses are the plugin's, its standing and its terms are ours.</summary>
internal static class PluginBilling
{
    /// <summary>Opens a contract seen for the first time, and renews a known one by the purchase that the plugin counts: before any product rule sees these orders.</summary>
    public static async Task OpenAsync(BillingContext context, ShopContract row, Pulled pull)
    {
        if (await LockAsync(context, row.Id) is { } known)
        {
            if (row.ModifiedAt >= known.SourceAt)
                await PluginRenewals.FollowAsync(context, known, row, pull);
            return;
        }

        if (await IsSubscriptionsAsync(context, row, pull) || await TakenOverAsync(context, row))
            return;
        if (row.Status is "ended" or "cancelled")
        {
            await InvoiceStore.ClaimAsync(context, row, null);
            return;
        }

        var client = await ClientStore.UpsertAsync(context, row.CustomerId, row.Billing, row.CreatedAt);
        row = row with { Billing = client.Allowed(row.Billing), SiteUrl = client.Withheld ? null : row.SiteUrl };
        var contract = new StoredContract(Values.NewId(), context.Shop.Id, ContractStore.Plugin, Key(row.Id), client.Id, Described(context, row, pull), "", row.ModifiedAt);
        await ContractStore.InsertAsync(context.Session, contract);
        contract = (await ContractStore.LockAsync(context.Session, contract.Id))!;
        await InvoiceStore.ClaimAsync(context, row, contract);
        if (contract.State.DeclinedOn is null)
            await OrderBilling.OpenedAsync(context, contract);
        else
            await Renewals.SaveAsync(context, contract);
    }

    /// <summary>Brings a known contract in line with what the plugin says.</summary>
    public static async Task ApplyAsync(BillingContext context, ShopContract row, Pulled pull)
    {
        if (await LockAsync(context, row.Id) is not { State.Plugin: { } seen } contract || row.ModifiedAt < contract.SourceAt)
            return;
        if (contract.State.Erased)
            row = row with { SiteUrl = null };
        contract = await PluginClauses.FollowAsync(context, contract, row, pull);
        contract = await PluginStandings.ReopenedAsync(context, contract, row, seen);
        contract = await PluginRenewals.FollowAsync(context, contract, row, pull);
        await PluginStandings.ClosedAsync(context, contract, row, seen);
    }

    /// <summary>The plugin no longer has it.</summary>
    public static async Task GoneAsync(BillingContext context, long id)
    {
        if (await LockAsync(context, id) is { State.CanRenew: true } contract)
            await Renewals.CloseAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
    }

    /// <summary>Those of these rows that say something new.</summary>
    public static async Task<IReadOnlyList<ShopContract>> NewsAsync(Session session, string shopId, IReadOnlyCollection<ShopContract> rows)
    {
        var known = (await ContractStore.FindAsync(session, shopId, ContractStore.Plugin, rows.Select(row => Key(row.Id)))).ToDictionary(contract => contract.ExternalKey, StringComparer.Ordinal);
        return [.. rows.Where(row => known.GetValueOrDefault(Key(row.Id)) is not { } contract || !IsInLine(contract, row))];
    }

    /// <summary>Applied as it is, it would change nothing: our own status comes back like this.</summary>
    public static bool IsInLine(StoredContract contract, ShopContract row) => row.ModifiedAt < contract.SourceAt
        || (contract.State is { Plugin: { } seen, Lines.Count: > 0 } state && seen.Status == row.Status && row.TermNo <= state.TermNo && seen.Amount == row.Price.Minor && seen.LatestOrderId == row.LatestOrderId
            && seen.Payer == PluginClauses.PayerOf(row) && PluginClauses.Of(state, row) == state && state.HeldBy != OrderBilling.UnreadableKey(new(ShopKind.Contract, row.Id)));

    /// <summary>What a contract of the plugin is known by.</summary>
    public static string Key(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Locks and reads it.</summary>
    public static Task<StoredContract?> LockAsync(BillingContext context, long id) => ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Plugin, Key(id));

    // One sale belongs to one source: subscriptions first.
    private static async Task<bool> IsSubscriptionsAsync(BillingContext context, ShopContract row, Pulled pull) => row.OrderId > 0
        && (pull.ParentOrders.Contains(row.OrderId) || await InvoiceStore.FindAsync(context.Session, context.Shop.Id, row.OrderId) is { Role: "parent" });

    // A product rule was quicker, or there was no plugin then: the same contract goes on under its new name, and what was said stays said.
    private static async Task<bool> TakenOverAsync(BillingContext context, ShopContract row)
    {
        if (row.OrderId == 0 || await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.ProductRule, Opening(row)) is not { } contract)
            return false;
        await ContractStore.RenameAsync(context.Session, contract.Id, ContractStore.Plugin, Key(row.Id));
        var seen = new PluginSeen(row.Id, "active", contract.State.Amount, "", Opening(row), null);
        var taken = contract with { Source = ContractStore.Plugin, ExternalKey = Key(row.Id), State = contract.State with { Plugin = seen } };
        await Renewals.SaveAsync(context, taken);
        await InvoiceStore.ClaimAsync(context, row, taken);
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "taken-over", contract.Id, JournalEntry.Of(("from", contract.ExternalKey), ("key", taken.ExternalKey)));
        return true;
    }

    private static ContractState Described(BillingContext context, ShopContract row, Pulled pull)
    {
        var order = PluginClauses.OrderOf(row, pull);
        // History: what was refused before the link is nothing to acknowledge now.
        var declined = row.Status == "declined" ? context.Calendar.LocalDate(row.DeclinedAt ?? row.ModifiedAt) : (DateOnly?)null;
        var past = declined is { } on && (context.Shop.PluginCursorAt is null || on < context.BaselineOn);
        return PluginClauses.Of(
            new ContractState
            {
                FirstStart = FirstStart(context, row, order),
                TermNo = row.TermNo,
                TermStart = row.TermStart,
                TermEnd = row.TermEnd,
                Amount = row.Price.Minor,
                Currency = row.Price.Currency,
                CustomerId = row.CustomerId,
                Billing = row.Billing,
                LatestOrderId = row.LatestOrderId > 0 ? row.LatestOrderId : row.OrderId,
                Lines = PluginClauses.Lines(row, order),
                DeclinedOn = past ? declined : null,
                BaselineOn = BaselineOn(context, row),
                Plugin = new PluginSeen(row.Id, past ? "declined" : "active", row.Price.Minor, PluginClauses.PayerOf(row), Opening(row), row.LatestOrderId),
            }, row);
    }

    // The plugin came later than the link, or the contract was entered there after its term had begun: what was due before is no backlog to send.
    private static DateOnly? BaselineOn(BillingContext context, ShopContract row)
    {
        if (context.Shop is { CursorAt: not null, PluginCursorAt: null })
            return context.Today;
        var entered = context.Calendar.LocalDate(row.CreatedAt);
        return entered > row.TermStart.AddDays(1) ? entered : null;
    }

    // Terms are counted from the first start: the day of the first payment, where that gives the term as it is.
    private static DateOnly FirstStart(BillingContext context, ShopContract row, ShopOrder? order)
    {
        var paid = order is { PaidAt: { } at } && order.Id == row.OrderId ? context.Calendar.LocalDate(at) : row.TermStart;
        return Term.Nth(paid, row.Months, row.TermNo) == new Term(row.TermStart, row.TermEnd) ? paid : row.TermStart.AddMonths(-row.Months * (row.TermNo - 1));
    }

    private static string Opening(ShopContract row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.OrderId}:{row.OrderItemId}:{row.Sequence}");
}
