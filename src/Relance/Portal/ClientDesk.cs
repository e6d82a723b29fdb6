using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Portal;

/// <summary>Reads what a client's page shows, and carries out what the client decides there.</summary>
/// <remarks>The journal keeps the decision, its instant and the purpose of the link: no network address and no browser, which would prove nothing about a person.</remarks>
internal sealed class ClientDesk(AgencyDesk desk, RelanceSettings settings)
{
    private const string Words = "Décision du client sur sa page";

    /// <summary>The page of a link; null when its contract is gone.</summary>
    public Task<ClientView?> LookAsync(ClientToken token, CancellationToken ct) => desk.Database.ReadAsync(
        async session => await ContractStore.FindAsync(session, token.ContractId) is { } contract
            ? await ViewAsync(await desk.ContextAsync(session, contract.ShopId), contract, token)
            : null,
        ct);

    /// <summary>Does what the page offers, if that is still what the client was shown. A repeat changes nothing.</summary>
    /// <param name="isAsShown">Whether the client confirmed this very choice.</param>
    /// <returns>False: it is not, and nothing was done.</returns>
    /// <exception cref="RefusedException">The contract is gone.</exception>
    public async Task<bool> DecideAsync(ClientToken token, Func<ClientChoice, bool> isAsShown, CancellationToken ct)
    {
        var done = true;
        await desk.OnContractAsync(
            token.ContractId,
            async (context, contract) =>
            {
                var view = await ViewAsync(context, contract, token);
                if (!view.Choice.IsOpen || view.AskedOn is not null)
                    return;
                if (done = isAsShown(view.Choice))
                    await ActAsync(context, contract, token, view.Choice);
            },
            ct);
        return done;
    }

    private static Task ActAsync(BillingContext context, StoredContract contract, ClientToken token, ClientChoice choice)
    {
        var purpose = token.Purpose.ToString().ToLowerInvariant();
        var client = new Actor(Actor.OfClient, purpose);
        return choice.Kind switch
        {
            ChoiceKind.Refuse => ContractActions.CloseAsync(context, contract, CycleState.Declined, Words, client, null, ("purpose", purpose), ("deadline", choice.Deadline?.Text()), ("ends", choice.EndsOn.Text())),
            ChoiceKind.EndNow => EndAsync(context, contract, client, purpose, choice.Refund!),
            _ => LateRefusals.TakeAsync(context, contract, context.Today, choice.Deadline!.Value, client, Words),
        };
    }

    private static async Task EndAsync(BillingContext context, StoredContract contract, Actor client, string purpose, EarlyEnd refund)
    {
        var money = new Money(refund.Refund, contract.State.Currency);
        await ContractActions.CloseAsync(
            context, contract with { State = contract.State with { EarlyEnd = refund } }, CycleState.Ended, Words, client, TacitSequence.Ended,
            ("purpose", purpose), ("refund", money.Decimals()), ("currency", money.Currency), ("pay-by", refund.PayBy.Text()));
        if (refund.Refund > 0)
            await TaskStore.OpenAsync(context, "refund-due", contract.Id, $"Refund {money.Decimals()} {money.Currency} by {refund.PayBy:yyyy-MM-dd}.", due: refund.PayBy.AddDays(-7));
    }

    private async Task<ClientView> ViewAsync(BillingContext context, StoredContract contract, ClientToken token)
    {
        var (state, session) = (contract.State, context.Session);
        var client = (await session.FirstAsync<ClientRow>("SELECT name AS Name, locale AS Locale FROM client WHERE id = @ClientId", new { contract.ClientId }))!;
        var choice = ClientChoice.Of(contract, token.Purpose, context.Today, await PaidAsync(session, contract));
        var late = choice.Kind == ChoiceKind.TooLate;
        var asked = late ? await session.ValueAsync<long?>("SELECT created_at FROM task WHERE dedup_key = @Key AND state = 'open'", new { Key = LateRefusals.Key(contract) }) : null;
        var mailed = context.Shop.Mode == "live" && !(late && await LateRefusals.IsAcknowledgedAsync(context, contract));
        var agency = ShopSender.Of(context.Shop, settings);
        return new ClientView(
            client.Name, client.Locale, LegalNotices.Reference(contract.Source, contract.ExternalKey, state), state.PlanName, state.SiteUrl, state.TermNo, new Term(state.TermStart, state.TermEnd), state.NextTerm, state.Price,
            agency, agency.TradeName.Length > 0 ? agency.TradeName : context.Shop.Name, mailed,
            choice, state.EndedOn ?? state.DeclinedOn,
            asked is { } at ? context.Calendar.LocalDate(Values.Instant(at)) : null);
    }

    // By its orders; a payment that only a person or a file told counts as the price.
    private static async Task<long> PaidAsync(Session session, StoredContract contract)
    {
        var state = contract.State;
        var paid = await session.ValueAsync<long>("SELECT COALESCE(CAST(SUM(paid) AS BIGINT), 0) FROM invoice WHERE contract_id = @Id AND term_no = @TermNo", new { contract.Id, state.TermNo });
        return paid > 0 ? paid : state.UnpaidTerm == state.TermNo ? 0 : state.Amount;
    }

    private sealed class ClientRow
    {
        public string Name { get; init; } = "";
        public string Locale { get; init; } = "";
    }
}
