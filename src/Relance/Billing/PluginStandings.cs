using Relance.Agency;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Shops;

namespace Relance.Billing;

/// <summary>What somebody decided in the shop: the client in the account, or the agency. Only a change there is news, so that what a person decides here stands.</summary>
internal static class PluginStandings
{
    /// <summary>A refusal or an end was taken back there.</summary>
    public static async Task<StoredContract> ReopenedAsync(BillingContext context, StoredContract contract, ShopContract row, PluginSeen seen)
    {
        if (row.Status != "active" || seen.Status == "active")
            return contract;
        contract = await SeenAsync(context, contract, row);
        if (contract.State is { DeclinedOn: null, EndedOn: null })
            return contract;
        try
        {
            return await ContractActions.ReopenAsync(context, contract, ActorOf(context, contract, row));
        }
        catch (RefusedException refused)
        {
            await TaskStore.OpenAsync(context, "plugin-reopened", contract.Id, $"The shop says that this contract goes on; here it cannot: {refused.Message}.", $"plugin-reopened:{contract.Id}:{contract.State.TermNo}");
            return contract;
        }
    }

    /// <summary>It was declined, ended or cancelled there.</summary>
    public static async Task ClosedAsync(BillingContext context, StoredContract contract, ShopContract row, PluginSeen seen)
    {
        if (row.Status == seen.Status || row.Status == "active")
            return;
        contract = await SeenAsync(context, contract, row);
        if (!contract.State.CanRenew || contract.State.Historic)
            return;
        var actor = ActorOf(context, contract, row);
        if (row.Status == "declined")
            await DeclinedAsync(context, contract, row, actor);
        else
            await ContractActions.CloseAsync(context, contract, CycleState.Ended, row.Status == "ended" ? "In the shop." : "Cancelled in the shop.", actor, null);
    }

    private static async Task DeclinedAsync(BillingContext context, StoredContract contract, ShopContract row, Actor actor)
    {
        var (state, said) = (contract.State, context.Calendar.LocalDate(row.DeclinedAt ?? row.ModifiedAt));
        var on = said < context.Today ? said : context.Today;
        // A tacit contract is refused until D of its term; after that it renews, unless its notice was never given (C. consom. L215-1): a person decides.
        if (LegalNotices.WindowOf(state, contract.ClientKind) is { } window && on > window.Deadline && !LegalNotices.MayRefuseToTheEnd(state, contract.ClientKind))
        {
            await LateRefusals.TakeAsync(context, contract, on, window.Deadline, actor, row.DeclinedReason);
            return;
        }

        if (state.Kind == RenewalKind.Tacit && on < state.TermStart)
            await TaskStore.OpenAsync(context, "refusal-read-late", contract.Id, $"Refused on {on:yyyy-MM-dd}, before the contract renewed on {state.TermStart:yyyy-MM-dd}.", $"refusal-read-late:{contract.Id}:{state.TermNo}");
        var words = actor.Kind == Actor.OfClient ? "By the client, in the account at the shop." : row.DeclinedReason ?? "In the shop.";
        await ContractActions.CloseAsync(context, contract with { State = state with { DeclinedOn = on } }, CycleState.Declined, words, actor, null);
    }

    private static Task<StoredContract> SeenAsync(BillingContext context, StoredContract contract, ShopContract row) =>
        Renewals.SaveAsync(context, contract with { State = contract.State with { Plugin = contract.State.Plugin! with { Status = row.Status } } });

    private static Actor ActorOf(BillingContext context, StoredContract contract, ShopContract row)
    {
        if (row is { Status: "declined", DeclinedBy: "client" })
            return new Actor(Actor.OfClient, contract.ClientId);
        var host = new Uri(context.Shop.Url).Host;
        return new Actor(Actor.OfShop, row.DeclinedUser is { } login ? $"{login}@{host}" : host);
    }
}
