using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Law;
using Relance.Storage;

namespace Relance.Privacy;

/// <summary>Forgets a person (GDPR, art. 17), but for what the agency must be able to prove until claims are time-barred (art. 17(3)(e)).</summary>
public sealed class Erasure
{
    private readonly AgencyDesk _desk;

    internal Erasure(AgencyDesk desk) => _desk = desk;

    /// <summary>What erasing would do. Changes nothing.</summary>
    /// <param name="who">A client's id, or an e-mail address.</param>
    /// <exception cref="RefusedException">Nobody has that id or address, or a contract of theirs still runs.</exception>
    public Task<ErasureReport> PreviewAsync(string who, CancellationToken ct) => _desk.Database.ReadAsync(async session =>
    {
        var person = await Person.FindAsync(session, who);
        var contracts = await ContractsAsync(session, person);
        return new ErasureReport(Done: false, person.Clients, contracts, (await Over(session, person, contracts).HashesAsync()).Count, await KeptAsync(session, person, contracts), await WaitingAsync(session, person), 0);
    }, ct);

    /// <summary>Erases: name, addresses and words at once; mails and answers of a contract when its limitation period is over.</summary>
    /// <param name="reason">Why; it must not name the person.</param>
    /// <exception cref="RefusedException">As <see cref="PreviewAsync"/>; or a mail to the person is on its way at this moment, or they are erased already.</exception>
    public Task<ErasureReport> EraseAsync(string who, string reason, Actor actor, CancellationToken ct) => _desk.Database.WriteAsync(async session =>
    {
        var words = AgencyDesk.Words("reason", reason);
        var person = await Person.FindAsync(session, who);
        // As everything that changes a contract: what goes on with one waits until we are done, and finds it erased.
        await ContractStore.LockAsync(session, person.Contracts);
        if (person.Clients.All(client => client.ErasedAt is not null))
            throw RefusedException.Conflict("client", "somebody who is not erased yet");
        var contracts = await ContractsAsync(session, person);
        var traces = new PersonTraces(session, person, _desk.Now);
        var withdrawn = await traces.WithdrawAsync();
        var (files, kept) = (await Over(session, person, contracts).EraseAsync(_desk.Now), await KeptAsync(session, person, contracts));
        var deliveries = await traces.EraseAsync();
        await KeepAsync(session, person, contracts);
        foreach (var client in person.Clients)
            await AgencyDesk.JournalAsync(await _desk.ContextAsync(session, client.ShopId), "client-erased", client.Id, actor, words, ("contracts", contracts.Count), ("kept", contracts.Count(c => c.KeepUntil is not null)));
        return new ErasureReport(Done: true, person.Clients, contracts, files, kept, withdrawn, deliveries);
    }, ct);

    /// <summary>Lets somebody back who was erased, and is a client again: the shop's next order, or the next import, describes them anew.</summary>
    /// <param name="client">The client's id.</param>
    /// <param name="email">The address, where it was erased: it is known only as a hash.</param>
    /// <exception cref="RefusedException">No such client, not erased, or no reason.</exception>
    public Task ReadmitAsync(string client, string? email, string reason, Actor actor, CancellationToken ct) => _desk.Database.WriteAsync(async session =>
    {
        var words = AgencyDesk.Words("reason", reason);
        var shop = await session.ValueAsync<string>("SELECT shop_id FROM client WHERE id = @client", new { client }) ?? throw RefusedException.NotFound("client", client);
        if (await session.ExecuteAsync("UPDATE client SET erased_at = NULL, source_at = 0 WHERE id = @client AND erased_at IS NOT NULL", new { client }) == 0)
            throw RefusedException.Conflict("client", "one that was erased; this one was not");
        if (email is not null)
            await ErasedAddresses.RemoveAsync(session, email);
        var context = await _desk.ContextAsync(session, shop);
        await TaskStore.CloseAsync(context, $"erased-client-returned:{client}");
        await AgencyDesk.JournalAsync(context, "client-readmitted", client, actor, words);
    }, ct);

    private async Task<IReadOnlyList<ErasedContract>> ContractsAsync(Session session, Person person)
    {
        var contracts = new List<ErasedContract>();
        foreach (var contract in (await ContractStore.FindAsync(session, person.Contracts)).OrderBy(contract => contract.Id, StringComparer.Ordinal))
        {
            var (state, reference) = (contract.State, LegalNotices.Reference(contract.Source, contract.ExternalKey, contract.State));
            if (state is { CanRenew: true, Historic: false } || (state.EndedOn is null && state.TermEnd >= _desk.Today && !state.Historic))
                throw RefusedException.Conflict("client", $"somebody without a running contract; {reference} runs until {state.TermEnd:yyyy-MM-dd}: end it first (relance contract end {contract.Id})");
            var completed = state.EndedOn ?? state.TermEnd;
            // Whose kind nobody has said may be a business: what is erased too early cannot be proven any more.
            var limit = Limitation.For(contract.ClientKind == ClientKind.Unknown ? ClientKind.Business : contract.ClientKind, completed);
            contracts.Add(new(contract.Id, reference, contract.Standing, completed, limit.Expires >= _desk.Today ? limit.Expires : null, [.. limit.Articles.Select(article => article.ToString())]));
        }
        return contracts;
    }

    private static EvidenceBytes Over(Session session, Person person, IReadOnlyList<ErasedContract> contracts) => new(
        session, [.. contracts.Where(contract => contract.KeepUntil is null).Select(contract => contract.Id)], contracts.Any(contract => contract.KeepUntil is not null) ? [] : [.. person.ClientIds]);

    private static async Task<int> KeptAsync(Session session, Person person, IReadOnlyList<ErasedContract> contracts) => contracts.Any(contract => contract.KeepUntil is not null)
        ? (await new EvidenceBytes(session, person.Contracts, [.. person.ClientIds]).HashesAsync()).Except(await Over(session, person, contracts).HashesAsync()).Count()
        : 0;

    private static async Task<int> WaitingAsync(Session session, Person person) => (int)await session.ValueAsync<long>(
        $"SELECT COUNT(*) FROM message WHERE state IN ('held', 'due') AND id {session.In("@messages")}", new { messages = session.List(await person.MessagesAsync()) });

    private async Task KeepAsync(Session session, Person person, IReadOnlyList<ErasedContract> contracts)
    {
        foreach (var contract in contracts)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO kept_evidence (contract_id, client_id, until_on, done_at) SELECT id, client_id, @Until, @Done FROM contract WHERE id = @Id
                ON CONFLICT (contract_id) DO UPDATE SET until_on = excluded.until_on, done_at = excluded.done_at
                """, new { contract.Id, Until = (contract.KeepUntil ?? contract.CompletedOn).Text(), Done = contract.KeepUntil is null ? _desk.Now.Millis() : (long?)null });
        }
    }
}
