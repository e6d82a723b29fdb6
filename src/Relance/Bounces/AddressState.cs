using Relance.Agency;
using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Bounces;

/// <summary>Whether mail may go to an address. One address is one person, agency-wide: what one shop's mail learns holds for all.</summary>
public sealed class AddressState(Database database, RelanceSettings settings, Clocks clocks)
{
    private const string Complaint = "complaint: marked as spam by the recipient";

    /// <summary>A person has checked the address: it is written to again, and what it refused and is still true is planned anew.</summary>
    /// <param name="client">A client's id, or an e-mail address.</param>
    /// <exception cref="RefusedException">Nobody has that id or address, or nothing was wrong with it.</exception>
    public Task LiftAsync(string client, Actor actor, CancellationToken ct) => database.WriteAsync(async session =>
    {
        var recipient = await FindAsync(session, client.Trim());
        var changed = await session.ExecuteAsync(
            "UPDATE recipient SET refused_at = NULL, refused_answer = NULL, opted_out = 0 WHERE id = @recipient AND (refused_at IS NOT NULL OR opted_out = 1)", new { recipient });
        if (changed == 0)
            throw new RefusedException(Refusal.Conflict, "client", "an address that was refused; this one is not");
        foreach (var of in await ClientsAsync(session, recipient))
            await LiftAsync(new BillingContext(session, (await LinkedShop.FindAsync(session, of.ShopId))!, settings, clocks.Now), of.Id, actor);
    }, ct);

    private static async Task LiftAsync(BillingContext context, string clientId, Actor actor)
    {
        foreach (var contract in await ContractStore.OfClientAsync(context.Session, clientId))
            await Undelivered.ForgetAsync(context, contract.Id);
        await TaskStore.CloseAsync(context, $"{SkipReason.AddressRefused.Code()}:{clientId}");
        await JournalWriter.AppendAsync(context.Session, context.Shop.Id, context.Now, "address-ok", clientId, JournalEntry.Of(("client", clientId), ("actor", actor)));
    }

    /// <summary>A server refused it for good: open cycles of everybody behind it wait.</summary>
    internal static async Task RefuseAsync(BillingContext context, string recipientId, string answer)
    {
        await context.Session.ExecuteAsync("UPDATE recipient SET refused_at = @Now, refused_answer = @answer WHERE id = @recipientId", new { Now = context.Now.Millis(), answer, recipientId });
        foreach (var client in await ClientsAsync(context.Session, recipientId))
        {
            foreach (var contract in await ContractStore.OfClientAsync(context.Session, client.Id))
                await CycleStore.WakeAsync(context, contract.Id);
        }
    }

    /// <summary>Whoever calls our mails spam gets no more until a person has talked to them.</summary>
    internal static async Task ComplainedAsync(BillingContext context, BouncedMessage message)
    {
        if (!message.WentToClient)
            return;
        await context.Session.ExecuteAsync("UPDATE recipient SET opted_out = 1 WHERE id = @RecipientId", new { message.RecipientId });
        await RefuseAsync(context, message.RecipientId, Complaint);
        await TaskStore.OpenAsync(context, "complaint", message.RecipientId, "The recipient marked our mail as spam: nothing more is sent. Call, agree on how to go on, then 'relance client address-ok'.");
    }

    private static async Task<string> FindAsync(Session session, string client) =>
        await session.ValueAsync<string>("SELECT recipient_id FROM client WHERE id = @client AND recipient_id IS NOT NULL", new { client })
        ?? await session.ValueAsync<string>("SELECT id FROM recipient WHERE address_key = @Key", new { Key = client.ToLowerInvariant() })
        ?? throw new RefusedException(Refusal.NotFound, "client", "the id of a client, or an e-mail address that a client has");

    private static Task<IReadOnlyList<ClientOf>> ClientsAsync(Session session, string recipientId) =>
        session.QueryAsync<ClientOf>("SELECT id AS Id, shop_id AS ShopId FROM client WHERE recipient_id = @recipientId ORDER BY id", new { recipientId });

    private sealed class ClientOf
    {
        public string Id { get; init; } = "";
        public string ShopId { get; init; } = "";
    }
}
