using Relance.Domain.Billing;
using Relance.Journal;
using Relance.PostBack;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Applies an order, as the shop shows it now. One sale belongs to one source: a subscription first, then our own renewal order, then a product rule.</summary>
public static class OrderBilling
{
    /// <summary>Applies one order; a repeat or an older state changes nothing.</summary>
    /// <param name="pull">What the same pull brought: the term of a paid subscription is read back from it.</param>
    public static async Task ApplyAsync(BillingContext context, ShopOrder order, Pulled pull)
    {
        var known = await InvoiceStore.FindAsync(context.Session, context.Shop.Id, order.Id);
        if (known is { Role: "parent" })
            return;
        if (known is not null && (known.SourceAt > order.ModifiedAt.Millis() || (known.SourceAt == order.ModifiedAt.Millis() && known.Status == order.Status)))
            return;
        if (order.RenewsSubscription is { } subscriptionId)
        {
            var key = subscriptionId.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (await ContractStore.LockAsync(context.Session, context.Shop.Id, ContractStore.Subscriptions, key) is { } contract)
                await RenewalBilling.ApplyAsync(context, order, contract, known, TermOf(context, order, contract.State, known), LastDay(context, pull, subscriptionId));
        }
        else if (PostBackQueue.ParseCreatedVia(order.CreatedVia) is { } ours)
        {
            if (await ContractStore.LockAsync(context.Session, ours.ContractId) is { } contract && contract.ShopId == context.Shop.Id)
                await RenewalBilling.ApplyAsync(context, order, contract, known, ours.TermNo, null);
        }
        else if (!pull.ParentOrders.Contains(order.Id))
        {
            await ProductRuleBilling.ApplyAsync(context, order, known, pull);
        }
    }

    /// <summary>The shop no longer lists an order: it was trashed or deleted.</summary>
    public static async Task GoneAsync(BillingContext context, long orderId)
    {
        if (await InvoiceStore.FindAsync(context.Session, context.Shop.Id, orderId) is not { Status: not "trash", ContractId: { } id } known
            || await ContractStore.LockAsync(context.Session, id) is not { } contract)
            return;
        await InvoiceStore.SetStatusAsync(context.Session, known.Id, "trash");
        if (contract.State.RenewalOrderId == orderId)
            await RenewalBilling.WithdrawnAsync(context, contract);
    }

    /// <summary>A contract was opened: its first cycle, unless its term ended long before the link.</summary>
    internal static async Task OpenedAsync(BillingContext context, StoredContract contract)
    {
        var state = contract.State;
        var historic = state.Kind == RenewalKind.Explicit && state.TermEnd.AddDays(context.Settings.Maintenance.EndAfterDays) < context.BaselineOn;
        state = historic
            ? state with { EndedOn = state.TermEnd.AddDays(context.Settings.Maintenance.EndAfterDays) }
            : state with { NoticeDueOn = await CycleStore.OpenAsync(context, contract.Id, state) };
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "contract", contract.Id, JournalEntry.Of(("source", contract.Source), ("key", contract.ExternalKey), ("kind", state.Kind), ("end", state.TermEnd.Text())));
        await Renewals.SaveAsync(context, contract with { State = state });
    }

    private static DateOnly? LastDay(BillingContext context, Pulled pull, long subscriptionId) =>
        pull.Subscriptions.TryGetValue(subscriptionId, out var subscription) ? SubscriptionBilling.LastDay(context, subscription) : null;

    // A subscription's renewal orders carry no term: one made in the second half of a term pays the next.
    private static int TermOf(BillingContext context, ShopOrder order, ContractState state, InvoiceRow? known)
    {
        if (known?.TermNo is { } term)
            return (int)term;
        return context.Calendar.LocalDate(order.CreatedAt) > state.TermEnd.AddDays(-SubscriptionBilling.HalfTerm(state)) ? state.TermNo + 1 : state.TermNo;
    }
}

/// <summary>What one pull brought, for rules that look at several resources.</summary>
/// <param name="Subscriptions">By id, as they are now.</param>
/// <param name="ParentOrders">Orders that opened a subscription: those sales belong to it.</param>
/// <param name="Products">Products looked up for category rules.</param>
public sealed record Pulled(
    IReadOnlyDictionary<long, ShopSubscription> Subscriptions, IReadOnlySet<long> ParentOrders, IReadOnlyDictionary<long, ShopProduct> Products);
