using Relance.Billing;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Outbox;
using Relance.PostBack;
using Relance.Storage;

namespace Relance.Reminders;

/// <summary>Finds the message a reminder goes into: today's to the same person, or a new one that takes the daily slot.</summary>
/// <param name="writes">Where new messages go; null where none is planned.</param>
internal sealed class MessagePlanner(BillingContext context, PlanWrites? writes = null)
{
    /// <summary>What a message waits for that a person must allow.</summary>
    public const string Approval = "approval";

    // Before every reminder.
    private const int LegalRank = -100;

    private long? _today;

    /// <summary>The message's id.</summary>
    /// <exception cref="SlotTakenException">The message to join was claimed or withdrawn meanwhile.</exception>
    public async Task<string> PlaceAsync(PlanView view, Decision.Send send, PlanViews views)
    {
        var hold = await HoldAsync(view, send.Step);
        // What waits for a person must not keep the rest of a grouped mail waiting.
        if (hold != Approval && send.Step.Class == StepClass.Reminder && view.Joinable is { } joined)
        {
            await writes!.FlushAsync();
            return await JoinAsync(joined, NewMessage(view, send, hold)) == 1 ? joined : throw new SlotTakenException();
        }

        var message = NewMessage(view, send, hold);
        writes!.Add(message);
        if (message.Class == MessageRow.Reminder)
            _today++;
        if (hold != Approval)
            views.Take(message);
        if (hold == Approval)
            await TaskStore.OpenAsync(context, "approval", message.Id, $"{LetterWriter.Reference(view.Contract)}: {send.Step.Id}, to be approved until {send.ValidUntil:yyyy-MM-dd}.");
        return message.Id;
    }

    // The message is as urgent as its most urgent reminder, and waits for whatever one of them waits for.
    private Task<int> JoinAsync(string id, MessageRow joining) => context.Session.ExecuteAsync(
        """
        UPDATE message SET rank = CASE WHEN rank > @Rank THEN @Rank ELSE rank END, expires_at = CASE WHEN expires_at < @ExpiresAt THEN @ExpiresAt ELSE expires_at END,
        hold = COALESCE(@Hold, hold), state = CASE WHEN CAST(@Hold AS TEXT) IS NULL THEN state ELSE 'held' END
        WHERE id = @id AND state IN ('due', 'held')
        """, new { id, joining.Rank, joining.ExpiresAt, joining.Hold });

    private MessageRow NewMessage(PlanView view, Decision.Send send, string? hold) => new()
    {
        Id = Values.NewId(),
        ShopId = context.Shop.Id,
        RecipientId = view.RecipientId!,
        Channel = send.Step.Channel,
        Class = send.Step.Class.ToString().ToLowerInvariant(),
        Mode = context.Shop.Mode,
        SlotOn = context.Today.Text(),
        State = hold is null ? "due" : "held",
        Hold = hold,
        Rank = send.Step.Class == StepClass.Legal ? LegalRank : -send.Step.Hardness,
        NotBefore = (IsUrgent(view, send) ? context.Now : context.Calendar.OpensOn(context.Today)).Millis(),
        ExpiresAt = (IsUrgent(view, send) ? context.Calendar.StartOf(send.ValidUntil.AddDays(1)) : context.Calendar.ClosesOn(context.Today, send.LastChance)).Millis(),
        CreatedAt = context.Now.Millis(),
    };

    private bool IsUrgent(PlanView view, Decision.Send send) => send.Step.IsUrgent(view.Cycle.Anchor, context.Today);

    // The client pays where the agency sells: without the renewal order there is nothing to pay, so its message waits for it.
    private async Task<string?> HoldAsync(PlanView view, Step step)
    {
        // In dry run nothing leaves: there is nothing to approve.
        if (step.NeedsApproval && context.Shop.Mode != "dry")
            return Approval;
        // The order of a tacit contract is made once the renewal is certain, never before.
        return view.Contract.State.Kind == RenewalKind.Tacit ? null : await OrderHoldAsync(view.Contract);
    }

    /// <summary>Asks for the renewal order that a contract still needs; what to wait for, null when nothing.</summary>
    internal async Task<string?> OrderHoldAsync(StoredContract contract)
    {
        var state = contract.State;
        if (!context.Shop.MayWrite || state.SubscriptionId is not null || state.RenewalOrderId is not null || state.Lines.Count == 0)
            return null;
        await PostBackQueue.RenewalOrderAsync(context, contract);
        return "renewal-order";
    }

    /// <summary>Whether the shop has planned as many reminders today as its ceiling allows. Counted once in a transaction, which adds its own.</summary>
    public async Task<bool> CeilingReachedAsync()
    {
        _today ??= await context.Session.ValueAsync<long>(
            "SELECT COUNT(*) FROM message WHERE shop_id = @Id AND slot_on = @Today AND mode = @Mode AND class = 'reminder' AND state <> 'void'",
            new { context.Shop.Id, Today = context.Today.Text(), context.Shop.Mode });
        return _today >= context.Settings.DailyCeiling;
    }
}
