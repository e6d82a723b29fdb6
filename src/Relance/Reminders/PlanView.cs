using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Everything the planner is asked with, about one cycle: the real run and every preview build it here.</summary>
/// <param name="Joinable">A message of today to the same person, from the same shop, that has not been claimed.</param>
public sealed record PlanView(CycleRow Row, StoredContract Contract, string? RecipientId, Cycle Cycle, ClientFacts Client, List<StepRecord> History, Sequence Sequence, string? Joinable)
{
    /// <summary>Reads it; null when the contract has gone.</summary>
    public static async Task<PlanView?> ReadAsync(BillingContext context, CycleRow row, StoredContract? contract)
    {
        if (contract is null)
            return null;
        var person = await context.Session.FirstAsync<Person>(
            "SELECT r.id AS Id, r.refused_at AS RefusedAt FROM client c JOIN recipient r ON r.id = c.recipient_id WHERE c.id = @ClientId", new { contract.ClientId });
        var slot = person is null ? null : await context.Session.FirstAsync<Slot>(
            "SELECT id AS Id, shop_id AS ShopId, state AS State FROM message WHERE recipient_id = @Id AND channel = 'email' AND slot_on = @Today AND mode = @Mode AND class = 'reminder' AND state <> 'void'",
            new { person.Id, Today = context.Today.Text(), context.Shop.Mode });
        var joinable = slot is { State: "due" or "held" } && slot.ShopId == context.Shop.Id ? slot.Id : null;
        var cycle = row.ToCycle(contract.State, context.BaselineOn, await PausedUntilAsync(context, contract));
        return new PlanView(row, contract, person?.Id, cycle, new ClientFacts(person is not null, person?.RefusedAt is not null, slot is not null && joinable is null),
            await HistoryAsync(context, row.Id), context.SequenceOf(contract.State), joinable);
    }

    private static async Task<List<StepRecord>> HistoryAsync(BillingContext context, string cycleId) =>
        [.. (await context.Session.QueryAsync<HistoryRow>(
            "SELECT step AS Step, state AS State, decided_on AS DecidedOn FROM reminder WHERE cycle_id = @cycleId AND mode = @Mode ORDER BY id", new { cycleId, context.Shop.Mode }))
            .Select(row => new StepRecord(row.Step, StateOf(row.State), Values.Date(row.DecidedOn)))];

    private static async Task<DateOnly?> PausedUntilAsync(BillingContext context, StoredContract contract) =>
        await context.Session.ValueAsync<string>(
            """
            SELECT MAX(until_on) FROM pause WHERE until_on > @Today AND (scope = 'all' OR (scope = 'shop' AND scope_id = @ShopId)
            OR (scope = 'client' AND scope_id = @ClientId) OR (scope = 'contract' AND scope_id = @Id))
            """, new { Today = context.Today.Text(), ShopId = context.Shop.Id, contract.ClientId, contract.Id }) is { } until ? Values.Date(until) : null;

    private static StepState StateOf(string state) => state switch
    {
        "planned" => StepState.Pending,
        "sent" => StepState.Sent,
        "failed" => StepState.Failed,
        _ => StepState.Skipped,
    };

    private sealed class Person
    {
        public string Id { get; init; } = "";
        public long? RefusedAt { get; init; }
    }

    private sealed class Slot
    {
        public string Id { get; init; } = "";
        public string ShopId { get; init; } = "";
        public string State { get; init; } = "";
    }

    private sealed class HistoryRow
    {
        public string Step { get; init; } = "";
        public string State { get; init; } = "";
        public string DecidedOn { get; init; } = "";
    }
}
