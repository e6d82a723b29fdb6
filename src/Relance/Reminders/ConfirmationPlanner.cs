using Relance.Billing;
using Relance.Domain.Reminders;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Plans confirmations: they answer an act of the client, leave at once and count for nothing.</summary>
public static class ConfirmationPlanner
{
    // A thank-you that comes later than a week explains itself no more; the written answer to a refusal, a termination or a late request is owed (C. consom. L215-1-1).
    private static int DaysOf(string step) => step is TacitSequence.Declined or TacitSequence.Ended or TacitSequence.Received ? 60 : 7;

    /// <summary>Plans a confirmation in the cycle it closes; a repeat changes nothing.</summary>
    /// <param name="hold">What it waits for; null: nothing.</param>
    /// <param name="from">The instant from which it may leave; null: now.</param>
    public static async Task PlanAsync(BillingContext context, StoredContract contract, string cycleId, string step, string? hold = null, DateTimeOffset? from = null)
    {
        var start = from > context.Now ? from.Value : context.Now;
        var recipient = await context.Session.ValueAsync<string>("SELECT recipient_id FROM client WHERE id = @ClientId", new { contract.ClientId });
        if (recipient is null)
        {
            await TaskStore.OpenAsync(context, "no-address", contract.ClientId, "This client has no e-mail address: nothing can be confirmed or reminded.");
            return;
        }

        var row = new MessageRow
        {
            Id = Values.NewId(),
            ShopId = context.Shop.Id,
            RecipientId = recipient,
            Channel = "email",
            Class = MessageRow.Confirmation,
            Mode = context.Shop.Mode,
            SlotOn = context.Today.Text(),
            State = hold is null ? "due" : "held",
            Hold = hold,
            NotBefore = start.Millis(),
            ExpiresAt = start.AddDays(DaysOf(step)).Millis(),
            CreatedAt = context.Now.Millis(),
        };
        if (await ReminderStore.ExistsAsync(context.Session, cycleId, step, row.Channel, row.Mode))
            return;
        await ReminderStore.InsertMessagesAsync(context.Session, [row]);
        await ReminderStore.InsertAsync(context, [new DecidedStep(cycleId, step, row.Channel, "planned", null, context.Today.AddDays(DaysOf(step)), row.Id)]);
    }
}
