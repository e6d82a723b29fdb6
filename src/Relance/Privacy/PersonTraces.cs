using System.Text;
using Relance.Agency;
using Relance.Billing;
using Relance.Storage;

namespace Relance.Privacy;

/// <summary>What names a person outside the evidence: emptied at once. Ids, dates and amounts stay, so that what is kept can still be read.</summary>
internal sealed class PersonTraces(Session session, Person person, DateTimeOffset now)
{
    /// <summary>Takes back what has not left; how much that was.</summary>
    /// <exception cref="RefusedException">A mail is on its way at this moment.</exception>
    public async Task<int> WithdrawAsync()
    {
        var args = new { messages = session.List(await person.MessagesAsync()) };
        if (await session.ValueAsync<long>($"SELECT COUNT(*) FROM message WHERE state = 'sending' AND id {session.In("@messages")}", args) > 0)
            throw RefusedException.Conflict("client", "nobody to whom a mail is on its way at this moment: try again in a minute");
        await session.ExecuteAsync($"UPDATE reminder SET state = 'skipped', reason = 'ended' WHERE state = 'planned' AND message_id {session.In("@messages")}", args);
        return await session.ExecuteAsync($"UPDATE message SET state = 'void', reason = 'erased' WHERE state IN ('held', 'due') AND id {session.In("@messages")}", args);
    }

    /// <summary>Erases names, addresses and words; the number of webhook deliveries that were deleted.</summary>
    public async Task<int> EraseAsync()
    {
        var deliveries = await DeliveriesAsync();
        await WordsAsync();
        await MailsToTheAgencyAsync();
        foreach (var contract in await ContractStore.FindAsync(session, person.Contracts))
            await ContractStore.UpdateAsync(session, contract with { State = Without(contract.State) });
        await session.ExecuteAsync($"UPDATE invoice SET pay_url = NULL WHERE client_id {session.In("@clients")} OR contract_id {session.In("@contracts")}", Ids);
        await session.ExecuteAsync($"DELETE FROM site WHERE contract_id {session.In("@contracts")}", Ids);
        foreach (var client in person.Clients.Where(client => client.ErasedAt is null))
            await ClientAsync(client);
        foreach (var recipient in person.Recipients)
            await session.ExecuteAsync("UPDATE recipient SET address_key = @Key, opted_out = 1, refused_answer = NULL WHERE id = @recipient", new { Key = $"erased:{recipient}", recipient });
        return deliveries;
    }

    private object Ids => new { clients = session.List(person.ClientIds), contracts = session.List(person.Contracts) };

    private async Task ClientAsync(PersonClient client)
    {
        var hash = client.Email is null ? null : await ErasedAddresses.AddAsync(session, client.Email, now);
        // A guest's key is the address itself.
        await session.ExecuteAsync(
            "UPDATE client SET name = @Erased, email = NULL, recipient_id = NULL, erased_at = @Now, external_key = CASE WHEN external_key LIKE 'customer:%' THEN external_key ELSE @Key END WHERE id = @Id",
            new { client.Id, KnownClient.Erased, Now = now.Millis(), Key = $"erased:{hash ?? client.Id}" });
    }

    private async Task WordsAsync()
    {
        var orders = await session.QueryAsync<string>($"SELECT external_id FROM invoice WHERE client_id {session.In("@clients")} OR contract_id {session.In("@contracts")}", Ids);
        var subjects = new { own = session.List([.. await person.MessagesAsync(), .. person.ClientIds, .. person.Contracts, .. person.Recipients]), orders = session.List(orders), shops = session.List(person.ShopIds), Now = now.Millis() };
        await session.ExecuteAsync(
            $$"""
            UPDATE task SET data = '{"about":""}', note = NULL, closed_by = COALESCE(closed_by, 'relance'), closed_at = COALESCE(closed_at, @Now),
                dedup_key = CASE WHEN state = 'open' THEN dedup_key || ':' || id ELSE dedup_key END, state = 'done'
            WHERE subject_id {{session.In("@own")}} OR (shop_id {{session.In("@shops")}} AND subject_id {{session.In("@orders")}})
            """, subjects);
        foreach (var table in new[] { "pause", "flag" })
            await session.ExecuteAsync($"DELETE FROM {table} WHERE scope_id {session.In("@own")}", subjects);
    }

    // Digests and the lists of who would be written to name many clients, and have served.
    private async Task MailsToTheAgencyAsync()
    {
        var lists = await session.QueryAsync<PersonTables.Kept>(
            """
            SELECT hash AS Hash, bytes AS Bytes FROM content WHERE erased_at IS NULL AND (hash IN (SELECT content_hash FROM digest WHERE content_hash IS NOT NULL AND state <> 'sending')
            OR hash IN (SELECT j.content_hash FROM journal j WHERE j.kind = 'went-live' AND j.content_hash IS NOT NULL))
            """);
        var digests = (await session.QueryAsync<string>("SELECT content_hash FROM digest WHERE content_hash IS NOT NULL AND state <> 'sending'")).ToHashSet(StringComparer.Ordinal);
        await EvidenceBytes.EraseAsync(session, [.. lists.Where(list => digests.Contains(list.Hash) || Names(list.Bytes)).Select(list => list.Hash)], now);
    }

    // What is not read yet as well: the next pull tells whatever matters of it.
    private async Task<int> DeliveriesAsync()
    {
        var kept = await session.QueryAsync<Delivery>($"SELECT id AS Id, body AS Body FROM inbox WHERE state IN ('new', 'failed') AND shop_id {session.In("@shops")}", new { shops = session.List(person.ShopIds) });
        var theirs = kept.Where(delivery => Names(delivery.Body)).Select(delivery => delivery.Id).ToList();
        return theirs.Count == 0 ? 0 : await session.ExecuteAsync($"DELETE FROM inbox WHERE id {session.In("@theirs")}", new { theirs = session.List(theirs) });
    }

    private bool Names(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return person.Clients.Any(client => client.Email is { } email && text.Contains(email, StringComparison.OrdinalIgnoreCase));
    }

    private static ContractState Without(ContractState state) => state with
    {
        Erased = true,
        Billing = new("", "", "", "", "", ""),
        SiteUrl = null,
        PayUrl = null,
        ViewUrl = null,
        PaidReference = null,
        ImportedRow = null,
        NoticeOff = state.NoticeOff is { } off ? off with { Reason = "" } : null,
        NoticeGiven = state.NoticeGiven is { } given ? given with { How = "" } : null,
    };

    private sealed class Delivery
    {
        public string Id { get; init; } = "";
        public byte[] Body { get; init; } = [];
    }
}
