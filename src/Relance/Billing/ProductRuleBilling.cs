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

        var lines = order.Lines.Select(line => (Line: line, Rule: ProductRules.Match(context.Settings, line, pull.Products))).Where(x => x.Rule is not null).ToList();
        if (lines.Count == 0 || !(context.IsPaid(order) || BillingContext.IsAnnounced(order)))
            return;
        var clientId = await ClientStore.UpsertAsync(context, order.CustomerId, order.Billing, order.ModifiedAt);
        foreach (var (line, rule) in lines)
            await LineAsync(context, order, line, rule!, clientId);
    }

    private static async Task KnownAsync(BillingContext context, ShopOrder order, InvoiceRow known, string contractId)
    {
        if (await ContractStore.LockAsync(context.Session, contractId) is not { } contract)
            return;
        if (known.Role == "renewal")
        {
            await RenewalBilling.ApplyAsync(context, order, contract, known, (int)(known.TermNo ?? contract.State.TermNo), null);
            return;
        }

        await InvoiceStore.UpsertAsync(context, order, contract.ClientId, contractId, known.TermNo, known.Role);
        // The first order undone undoes the contract, unless it has been renewed since.
        if (order.Status is "refunded" or "cancelled" or "trash" && contract.State is { TermNo: 1, EndedOn: null })
            await Renewals.CloseAsync(context, contract, CycleState.Cancelled, SkipReason.Cancelled);
    }

    private static async Task LineAsync(BillingContext context, ShopOrder order, ShopLine line, ProductRule rule, string clientId)
    {
        var paidOn = context.Calendar.LocalDate(order.PaidAt ?? order.CreatedAt);
        var matches = (await ContractStore.OfClientAsync(context.Session, clientId)).Where(c => Renews(c, context, line, paidOn)).ToList();
        if (matches.Count == 1 && await ContractStore.LockAsync(context.Session, matches[0].Id) is { } contract)
            await RenewalBilling.ApplyAsync(context, order, contract, null, contract.State.TermNo + 1, null);
        else if (matches.Count > 1)
            await AskAsync(context, order, matches);
        else if (context.IsPaid(order))
            await OpenAsync(context, order, line, rule, clientId, paidOn);
    }

    private static bool Renews(StoredContract contract, BillingContext context, ShopLine line, DateOnly paidOn) =>
        contract.ShopId == context.Shop.Id && contract.Source == ContractStore.ProductRule && contract.State is { EndedOn: null, DeclinedOn: null } state
        && state.Lines.Any(l => l.ProductId == line.ProductId && l.VariationId == line.VariationId)
        && paidOn >= state.TermEnd.AddDays(-RenewsFrom) && paidOn <= state.TermEnd.AddDays(RenewsUntil);

    private static async Task AskAsync(BillingContext context, ShopOrder order, List<StoredContract> matches)
    {
        await InvoiceStore.UpsertAsync(context, order, matches[0].ClientId, null, null, "renewal");
        await TaskStore.OpenAsync(context, "which-contract", order.Id.ToString(CultureInfo.InvariantCulture), $"Order {order.Number} could renew {matches.Count} contracts of this client: say which. Their reminders wait.");
        foreach (var match in matches)
        {
            if (await ContractStore.LockAsync(context.Session, match.Id) is { } contract)
                await Renewals.SaveAsync(context, contract with { State = contract.State with { Hold = nameof(SkipReason.NeedsDecision) } });
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
        };
    }
}
