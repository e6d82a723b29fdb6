using System.Globalization;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Billing;

/// <summary>Orders of products that a rule names: they open a contract, or renew the one they match.</summary>
public static class ProductRuleBilling
{
    // A purchase of the same product by the same client renews between J-60 and J+30.
    private const int RenewsFrom = 60, RenewsUntil = 30;

    /// <summary>Applies an order that neither a subscription nor Relance made.</summary>
    public static async Task ApplyAsync(BillingContext context, ShopOrder order, InvoiceRow? known, Pulled pull)
    {
        if (known?.ContractId is { } contractId)
        {
            await KnownAsync(context, order, known, contractId);
            return;
        }

        if (context.IsPaid(order) || context.IsAnnounced(order))
            await LinesAsync(context, order, order.Lines, pull, null);
    }

    /// <summary>Applies those of these lines of an order that fall under a rule.</summary>
    /// <param name="client">The client, where that is known already.</param>
    internal static async Task LinesAsync(BillingContext context, ShopOrder order, IReadOnlyList<ShopLine> all, Pulled pull, KnownClient? client)
    {
        var lines = all.Select(line => (Line: line, Rule: ProductRules.Match(context.Settings, line, pull.Products))).Where(x => x.Rule is not null).ToList();
        if (lines.Count == 0)
            return;
        client ??= await ClientStore.UpsertAsync(context, order);
        foreach (var (line, rule) in lines)
            await LineAsync(context, order with { Billing = client.Allowed(order.Billing) }, line, rule!, client.Id);
    }

    /// <summary>A first order undone undoes the contracts it opened, those apart that have been renewed since.</summary>
    internal static async Task UndoneAsync(BillingContext context, long orderId)
    {
        foreach (var id in await ContractStore.OpenedByAsync(context.Session, context.Shop.Id, orderId))
        {
            if (await ContractStore.LockAsync(context.Session, id) is { State: { TermNo: 1, CanRenew: true } } contract)
                await Renewals.CloseAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
        }
    }

    private static async Task KnownAsync(BillingContext context, ShopOrder order, InvoiceRow known, string contractId)
    {
        if (await ContractStore.LockAsync(context.Session, contractId) is not { } contract)
            return;
        if (known.Role == "renewal")
        {
            foreach (var id in await WaitingForAsync(context, order, contract))
            {
                if (await ContractStore.LockAsync(context.Session, id) is { } waiting)
                    await RenewalBilling.ApplyAsync(context, order, waiting, known, id == contractId ? (int)(known.TermNo ?? waiting.State.TermNo) : waiting.State.TermNo + 1, null);
            }

            return;
        }

        await InvoiceStore.UpsertAsync(context, order, contract.ClientId, contractId, known.TermNo, known.Role);
        if (order.Status is "refunded" or "cancelled" or "trash")
            await UndoneAsync(context, order.Id);
        else if (contract.State.TermNo == 1)
            await RenewalBilling.PaymentUndoneAsync(context, order, contract, known);
    }

    // One order may hold several maintenance lines, each for its own contract.
    private static async Task<IEnumerable<string>> WaitingForAsync(BillingContext context, ShopOrder order, StoredContract first) =>
        (await ContractStore.OfClientAsync(context.Session, first.ClientId)).Where(c => c.State.RenewalOrderId == order.Id).Select(c => c.Id).Prepend(first.Id).Distinct();

    private static async Task LineAsync(BillingContext context, ShopOrder order, ShopLine line, ProductRule rule, string clientId)
    {
        var paidOn = context.Calendar.LocalDate(order.PaidAt ?? order.CreatedAt);
        var same = (await ContractStore.OfClientAsync(context.Session, clientId)).Where(c => IsSameSale(c, context, order, line)).ToList();
        var matches = same.Where(c => Renews(c.State, c.State.TermEnd, paidOn)).ToList();
        if (matches.Count == 1 && line.Quantity <= 1 && await ContractStore.LockAsync(context.Session, matches[0].Id) is { } contract)
            await RenewalBilling.ApplyAsync(context, order, contract, null, contract.State.TermNo + 1, null);
        else if (matches.Count > 0)
            await AskAsync(context, order, matches);
        else if (same.Find(c => c.State.UnpaidTerm is not null && Renews(c.State, c.State.TermStart.AddDays(-1), paidOn)) is { } owing && await ContractStore.LockAsync(context.Session, owing.Id) is { State.UnpaidTerm: { } owed } owes)
            await RenewalBilling.ApplyAsync(context, order, owes, null, owed, null);
        else if (context.IsPaid(order) && same.Find(c => c.State.TermNo > 1 && Renews(c.State, c.State.TermStart.AddDays(-1), paidOn)) is { } renewed)
            await PaidTwiceAsync(context, order, renewed);
        else if (context.IsPaid(order))
            await OpenAsync(context, order, line, rule, clientId, paidOn);
    }

    private static bool IsSameSale(StoredContract contract, BillingContext context, ShopOrder order, ShopLine line) =>
        contract.ShopId == context.Shop.Id && contract.Source == ContractStore.ProductRule && contract.State.CanRenew
        && !contract.ExternalKey.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{order.Id}:"), StringComparison.Ordinal)
        && contract.State.Lines.Any(l => l.ProductId == line.ProductId && l.VariationId == line.VariationId);

    // Short terms: in its first half a purchase is another contract, not an early renewal.
    internal static bool Renews(ContractState state, DateOnly termEnd, DateOnly paidOn) =>
        paidOn >= termEnd.AddDays(-Math.Min(RenewsFrom, state.Months * 15)) && paidOn <= termEnd.AddDays(RenewsUntil);

    private static async Task PaidTwiceAsync(BillingContext context, ShopOrder order, StoredContract contract)
    {
        await InvoiceStore.UpsertAsync(context, order, contract.ClientId, contract.Id, contract.State.TermNo, "renewal");
        await TaskStore.OpenAsync(context, "second-payment", contract.Id, $"Order {order.Number} buys a term that is already paid: refund it, count it for the next term, or open a contract for another site.", $"second-payment:{contract.Id}:{order.Id}");
    }

    /// <summary>A person says which of these contracts a purchase renews.</summary>
    internal static async Task AskAsync(BillingContext context, ShopOrder order, List<StoredContract> matches)
    {
        await InvoiceStore.UpsertAsync(context, order, matches[0].ClientId, null, null, "renewal");
        var key = string.Create(CultureInfo.InvariantCulture, $"which-contract:{context.Shop.Id}:{order.Id}");
        await TaskStore.OpenAsync(context, "which-contract", order.Id.ToString(CultureInfo.InvariantCulture), $"Order {order.Number} could renew {matches.Count} contracts of this client: say which. Their reminders wait.", key);
        foreach (var match in matches)
        {
            if (await ContractStore.LockAsync(context.Session, match.Id) is { } contract)
                await Renewals.SaveAsync(context, contract with { State = contract.State.Held(key) });
            await CycleStore.WakeAsync(context, match.Id);
        }
    }

    private static async Task OpenAsync(BillingContext context, ShopOrder order, ShopLine line, ProductRule rule, string clientId, DateOnly start)
    {
        // A quantity above one is that many sites, each with its own contract.
        for (var n = 1; n <= Math.Max(1, line.Quantity); n++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{order.Id}:{line.Id}:{n}");
            var contract = new StoredContract(Values.NewId(), context.Shop.Id, ContractStore.ProductRule, key, clientId, Describe(order, line, rule, start), "", order.ModifiedAt);
            await ContractStore.InsertAsync(context.Session, contract);
            await InvoiceStore.UpsertAsync(context, order, clientId, contract.Id, 1, "opening");
            await OrderBilling.OpenedAsync(context, contract);
        }
    }

    private static ContractState Describe(ShopOrder order, ShopLine line, ProductRule rule, DateOnly start)
    {
        var quantity = Math.Max(1, line.Quantity);
        var term = Term.Nth(start, rule.Months, 1);
        return new ContractState
        {
            Months = rule.Months,
            FirstStart = start,
            TermNo = 1,
            TermStart = term.Start,
            TermEnd = term.End,
            Kind = rule.Tacit ? RenewalKind.Tacit : RenewalKind.Explicit,
            PlanName = line.Name,
            Amount = (line.Total + line.TotalTax).Minor / quantity,
            Currency = line.Total.Currency,
            CustomerId = order.CustomerId,
            Billing = order.Billing,
            Lines = [new NewOrderLine(line.ProductId, line.VariationId, 1, line.Total with { Minor = line.Total.Minor / quantity })],
            LatestOrderId = order.Id,
            ConcludedOnline = rule.Online ?? (order.CreatedVia is "checkout" or "store-api" ? true : null),
            RenewalMonths = rule.RenewalMonths,
        }.WithNotice(rule.Notice);
    }
}
