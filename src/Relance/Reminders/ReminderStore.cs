using Relance.Billing;
using Relance.Operations.Observing;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>What one person gets: the unit that is claimed, leased and sent.</summary>
public sealed class MessageRow
{
    /// <summary>The class of confirmations.</summary>
    public const string Confirmation = "confirmation";
    /// <summary>The class of reminders.</summary>
    public const string Reminder = "reminder";

    /// <summary>Our id; also the left part of the Message-ID.</summary>
    public string Id { get; init; } = "";
    /// <summary>The shop it speaks for.</summary>
    public string ShopId { get; init; } = "";
    /// <summary>The person.</summary>
    public string RecipientId { get; init; } = "";
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";
    /// <summary>The step class, lower case.</summary>
    public string Class { get; init; } = "";
    /// <summary>Mode at planning.</summary>
    public string Mode { get; init; } = "";
    /// <summary>The local day whose slot it takes.</summary>
    public string SlotOn { get; init; } = "";
    /// <summary>held, due, sending, sent, unknown, failed or void.</summary>
    public string State { get; init; } = "";
    /// <summary>Why it is held.</summary>
    public string? Hold { get; init; }
    /// <summary>Lower goes first.</summary>
    public long Rank { get; init; }
    /// <summary>Business instant from which it may start.</summary>
    public long NotBefore { get; init; }
    /// <summary>Business instant from which it may not start any more that day.</summary>
    public long ExpiresAt { get; init; }
    /// <summary>Number of the current attempt, from 1.</summary>
    public long Attempt { get; init; }
    /// <summary>Business instant of planning.</summary>
    public long CreatedAt { get; init; }

    /// <summary>All columns, in a SELECT or RETURNING.</summary>
    public const string Columns = """
        id AS Id, shop_id AS ShopId, recipient_id AS RecipientId, channel AS Channel, class AS Class, mode AS Mode, slot_on AS SlotOn, state AS State,
        hold AS Hold, rank AS Rank, not_before AS NotBefore, expires_at AS ExpiresAt, attempt AS Attempt, created_at AS CreatedAt
        """;
}

/// <summary>Writes reminders and their messages.</summary>
public static class ReminderStore
{
    /// <summary>Whether a step has a row in this cycle and mode.</summary>
    public static async Task<bool> ExistsAsync(Session session, string cycleId, string step, string channel, string mode) =>
        await session.ValueAsync<long>("SELECT COUNT(*) FROM reminder WHERE cycle_id = @cycleId AND step = @step AND channel = @channel AND mode = @mode", new { cycleId, step, channel, mode }) > 0;

    /// <summary>Adds messages; how many, since one whose person's slot of that day is taken is not added.</summary>
    internal static async Task<int> InsertMessagesAsync(Session session, IReadOnlyCollection<MessageRow> rows) => (await session.ExecuteManyAsync(
        """
        INSERT INTO message (id, shop_id, recipient_id, channel, class, mode, slot_on, state, hold, rank, not_before, expires_at, created_at)
        VALUES (@Id, @ShopId, @RecipientId, @Channel, @Class, @Mode, @SlotOn, @State, @Hold, @Rank, @NotBefore, @ExpiresAt, @CreatedAt)
        ON CONFLICT DO NOTHING
        """, rows)).Sum();

    /// <summary>Adds reminders: steps decided on today.</summary>
    internal static Task InsertAsync(BillingContext context, IReadOnlyCollection<DecidedStep> steps)
    {
        foreach (var decided in steps)
            Telemetry.Count(decided.Step, decided.State);
        return context.Session.ExecuteManyAsync(
            """
            INSERT INTO reminder (id, cycle_id, step, channel, mode, state, reason, valid_until_on, decided_on, message_id)
            VALUES (@Id, @CycleId, @Step, @Channel, @Mode, @State, @Reason, @ValidUntil, @Today, @MessageId)
            """,
            [.. steps.Select(decided => new
            {
                Id = Values.NewId(),
                decided.CycleId,
                decided.Step,
                decided.Channel,
                context.Shop.Mode,
                decided.State,
                decided.Reason,
                ValidUntil = decided.ValidUntil.Text(),
                Today = context.Today.Text(),
                decided.MessageId,
            })]);
    }
}

/// <summary>A step decided on: <c>planned</c> in a message, or <c>skipped</c> for a reason.</summary>
/// <param name="ValidUntil">Last local date on which it is true.</param>
internal sealed record DecidedStep(string CycleId, string Step, string Channel, string State, string? Reason, DateOnly ValidUntil, string? MessageId);
