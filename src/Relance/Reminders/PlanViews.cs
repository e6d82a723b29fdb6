using Relance.Billing;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Every open cycle of a shop as the planner sees it, read in a fixed number of statements: for previews, which ask about all of them.</summary>
internal static class PlanViews
{
    /// <summary>Reads them, by anchor.</summary>
    public static async Task<IReadOnlyList<PlanView>> ReadAsync(BillingContext context)
    {
        var args = new { context.Shop.Id, context.Shop.Mode, Today = context.Today.Text() };
        var rows = await context.Session.QueryAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE state = 'open' AND shop_id = @Id ORDER BY anchor_on, id", args);
        var contracts = (await ContractStore.AllAsync(context.Session, context.Shop.Id)).ToDictionary(c => c.Id, StringComparer.Ordinal);
        var people = (await context.Session.QueryAsync<ClientPerson>(
            "SELECT c.id AS ClientId, r.id AS Id, r.refused_at AS RefusedAt FROM client c JOIN recipient r ON r.id = c.recipient_id WHERE c.shop_id = @Id", args))
            .ToDictionary(row => row.ClientId, row => new PlanPerson { Id = row.Id, RefusedAt = row.RefusedAt }, StringComparer.Ordinal);
        var slots = (await SlotsAsync(context.Session, context.Today)).Where(slot => slot.Mode == context.Shop.Mode).ToLookup(slot => slot.RecipientId, StringComparer.Ordinal);
        var history = (await context.Session.QueryAsync<PlanHistoryRow>(
            """
            SELECT r.cycle_id AS CycleId, r.step AS Step, r.state AS State, r.decided_on AS DecidedOn
            FROM reminder r JOIN cycle y ON y.id = r.cycle_id WHERE y.shop_id = @Id AND y.state = 'open' AND r.mode = @Mode ORDER BY r.id
            """, args)).ToLookup(row => row.CycleId, row => row.ToRecord(), StringComparer.Ordinal);
        var said = await PeopleSay.AllAsync(context);
        return [.. rows.Where(row => contracts.ContainsKey(row.SubjectId)).Select(row => View(row, contracts[row.SubjectId]))];

        // What the shop mails itself is foreseen day by day, today included.
        PlanView View(CycleRow row, StoredContract contract)
        {
            var person = people.GetValueOrDefault(contract.ClientId);
            var slot = person is null ? null : slots[person.Id].FirstOrDefault();
            return PlanView.Of(context, row, contract, new PlanFacts(person, slot, ShopMails: false, [.. history[row.Id]], said(contract)));
        }
    }

    /// <summary>The reminders that have a slot on a day, of all shops.</summary>
    public static Task<IReadOnlyList<PlanSlot>> SlotsAsync(Session session, DateOnly day) => session.QueryAsync<PlanSlot>(
        $"SELECT id AS Id, shop_id AS ShopId, state AS State, recipient_id AS RecipientId, mode AS Mode, class AS Class FROM message WHERE slot_on = @Day AND channel = 'email' AND {PlanSlot.TakesTheDay} ORDER BY CASE WHEN class = 'reminder' THEN 1 ELSE 0 END",
        new { Day = day.Text() });

    private sealed class ClientPerson
    {
        public string ClientId { get; init; } = "";
        public string Id { get; init; } = "";
        public long? RefusedAt { get; init; }
    }
}
