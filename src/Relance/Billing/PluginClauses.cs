using Relance.Domain.Billing;
using Relance.PostBack;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>What the plugin's contract says: its clauses outweigh ours, its price and payer count where they were changed there.</summary>
internal static class PluginClauses
{
    /// <summary>Takes clauses, price and payer over.</summary>
    public static async Task<StoredContract> FollowAsync(BillingContext context, StoredContract contract, ShopContract row, Pulled pull)
    {
        var (before, seen) = (contract.State, contract.State.Plugin!);
        var unreadable = new ShopRef(ShopKind.Contract, row.Id);
        await TaskStore.CloseAsync(context, OrderBilling.TaskKey(context, unreadable));
        var next = Of(before, row).Released(OrderBilling.UnreadableKey(unreadable));
        next = next.Lines.Count > 0 ? next : next with { Lines = Lines(row, OrderOf(row, pull)) };
        if (row.Price.Minor != seen.Amount)
            next = await PricedAsync(context, contract, Priced(next, row));
        var clientId = contract.ClientId;
        if (!before.Erased && PayerOf(row) != seen.Payer)
        {
            var client = await ClientStore.UpsertAsync(context, row.CustomerId, row.Billing, row.ModifiedAt);
            clientId = client.Id;
            next = next with { Billing = client.Allowed(row.Billing), CustomerId = row.CustomerId };
        }

        next = next with { Plugin = seen with { Amount = row.Price.Minor, Payer = PayerOf(row), LatestOrderId = row.LatestOrderId } };
        var replan = clientId != contract.ClientId || (next.Kind, next.Notice, next.Months) != (before.Kind, before.Notice, before.Months);
        if (replan)
            next = next with { NoticeDueOn = context.SequenceOf(next, contract.ClientKind).NoticeDueOn(next.TermEnd, context.Calendar) };
        var saved = await Renewals.SaveAsync(context, contract with { ClientId = clientId, SourceAt = row.ModifiedAt, State = next });
        // What was said before we heard of that payment was not believed there: it is said again.
        if (seen.LatestOrderId != row.LatestOrderId)
            await PostBackQueue.TellPluginAsync(context.Session, [contract.Id]);
        if (replan)
            await CycleStore.ReplanAsync(context, contract.Id, "clauses-changed");
        else if (next.Hold != before.Hold)
            await CycleStore.WakeAsync(context, contract.Id);
        return saved;
    }

    /// <summary>A state with the plugin's clauses; what it does not say stays as it is.</summary>
    public static ContractState Of(ContractState state, ShopContract row) => (state with
    {
        Kind = row.Tacit ? RenewalKind.Tacit : RenewalKind.Explicit,
        Months = row.Months,
        PlanName = row.Plan,
        SiteUrl = row.SiteUrl ?? state.SiteUrl,
        ConcludedOnline = row.ConcludedOnline ?? state.ConcludedOnline,
        MayShowNotice = row.MayShowNotice,
        OwnReference = row.Number.Length == 0 || row.Number == $"CM-{PluginBilling.Key(row.Id)}" ? state.OwnReference : row.Number,
    }).WithNotice(row.Notice);

    /// <summary>The lines of its renewal orders: the price excluding VAT at the rate that its order paid. Empty while no order tells that rate.</summary>
    public static IReadOnlyList<NewOrderLine> Lines(ShopContract row, ShopOrder? order)
    {
        var line = order?.Lines.FirstOrDefault(l => l.Id == row.OrderItemId) ?? order?.Lines.FirstOrDefault(l => l.ProductId == row.ProductId && l.VariationId == row.VariationId);
        if (line is null || row.ProductId == 0)
            return [];
        var gross = (line.Total + line.TotalTax).Minor;
        return [new NewOrderLine(row.ProductId, row.VariationId, 1, row.Price with { Minor = gross == 0 ? row.Price.Minor : Share(row.Price.Minor, line.Total.Minor, gross) })];
    }

    /// <summary>The order that tells the VAT of a contract, where the pull brought it.</summary>
    public static ShopOrder? OrderOf(ShopContract row, Pulled pull) => pull.Orders.GetValueOrDefault(row.OrderId) ?? pull.Orders.GetValueOrDefault(row.LatestOrderId);

    /// <summary>Fingerprint of who is billed.</summary>
    public static string PayerOf(ShopContract row) => Values.Hash(System.Text.Encoding.UTF8.GetBytes($"{row.CustomerId} {row.Billing}"))[..16];

    private static ContractState Priced(ContractState state, ShopContract row) => state with
    {
        Amount = row.Price.Minor,
        Currency = row.Price.Currency,
        Lines = state.Amount == 0 ? state.Lines : [.. state.Lines.Select(line => line with { Total = line.Total with { Minor = Share(row.Price.Minor, line.Total.Minor, state.Amount) } })],
    };

    // An order that was made at the former price asks for another sum than the contract says: nobody is asked for it.
    private static async Task<ContractState> PricedAsync(BillingContext context, StoredContract contract, ContractState next)
    {
        if (contract.State.RenewalOrderId is not { } order || next.Amount == contract.State.Amount)
            return next;
        var key = $"price-changed:{contract.Id}:{order}";
        await TaskStore.OpenAsync(context, "price-changed", contract.Id, $"The renewal order {contract.State.RenewalOrderNumber} was made at {contract.State.Price}, the contract now costs {next.Price}: correct the order. Reminders wait.", key);
        return next.Held(key);
    }

    private static long Share(long amount, long part, long whole) => (long)Math.Round((decimal)amount * part / whole, MidpointRounding.AwayFromZero);
}
