using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Reminders;
using Relance.Storage;

namespace Relance.Agency;

/// <summary>One step of one contract that waits in a message; the contract is locked.</summary>
internal sealed record HeldItem(string Step, DateOnly ValidUntil, CycleRow Cycle, StoredContract Contract);

/// <summary>A message that a person decides about.</summary>
internal sealed class HeldMessage
{
    /// <summary>The code of <see cref="SkipReason.RejectedByPerson"/>.</summary>
    public const string RejectedByPerson = "rejected-by-person";

    public string Id { get; init; } = "";
    public string ShopId { get; init; } = "";
    public string RecipientId { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Class { get; init; } = "";
    public string Mode { get; init; } = "";
    public string State { get; init; } = "";
    public string? Hold { get; init; }
    public string? Reason { get; init; }
    public string? ApprovedBy { get; init; }

    public static async Task<HeldMessage> FindAsync(Session session, string id) => await session.FirstAsync<HeldMessage>(
        """
        SELECT id AS Id, shop_id AS ShopId, recipient_id AS RecipientId, channel AS Channel, class AS Class, mode AS Mode, state AS State, hold AS Hold,
            reason AS Reason, approved_by AS ApprovedBy FROM message WHERE id = @id
        """, new { id }) ?? throw RefusedException.NotFound("message", id);

    /// <summary>Locks the contracts it speaks of, in the order in which everybody locks them, then reads what it says.</summary>
    public async Task<IReadOnlyList<HeldItem>> LockItemsAsync(BillingContext context)
    {
        var rows = await context.Session.QueryAsync<ItemRow>(
            """
            SELECT r.cycle_id AS CycleId, r.step AS Step, r.valid_until_on AS Until, cy.subject_id AS ContractId FROM reminder r JOIN cycle cy ON cy.id = r.cycle_id
            WHERE r.message_id = @Id AND (r.state = 'planned' OR r.reason = 'rejected-by-person') ORDER BY cy.subject_id, r.id
            """, this);
        var items = new List<HeldItem>();
        foreach (var row in rows)
        {
            if (await ContractStore.LockAsync(context.Session, row.ContractId) is { } contract
                && await context.Session.FirstAsync<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle WHERE id = @CycleId", row) is { State: "open" } cycle)
                items.Add(new HeldItem(row.Step, Values.Date(row.Until), cycle, contract));
        }

        return items;
    }

    /// <summary>Refuses unless it waits for an answer.</summary>
    /// <param name="now">The message as it is now that its contracts are locked.</param>
    /// <exception cref="RefusedException">It waits for nobody.</exception>
    public void MustWait(HeldMessage now)
    {
        if (now is not { State: "held", Hold: MessagePlanner.Approval })
            throw RefusedException.Conflict("message", $"one that waits for an answer; {Id} is {now.State}{(now.Reason is null ? "" : $" ({now.Reason})")}");
    }

    /// <summary>The planner's answer as a reason code.</summary>
    public static string Why(Decision? decision) => decision switch
    {
        Decision.Skip skip => skip.Because.Code(),
        Decision.Wait wait => wait.Because.Code(),
        Decision.Stop stop => stop.Because.Code(),
        _ => "another step is right",
    };

    private sealed class ItemRow
    {
        public string CycleId { get; init; } = "";
        public string Step { get; init; } = "";
        public string Until { get; init; } = "";
        public string ContractId { get; init; } = "";
    }
}
