using Relance.Billing;
using Relance.Channels;
using Relance.Domain.Reminders;
using Relance.Journal;
using Relance.Operations;
using Relance.Operations.Observing;
using Relance.PostBack;
using Relance.Reminders;
using Relance.Storage;
using Relance.Templates;

namespace Relance.Outbox;

/// <summary>Writes how an attempt ended: message, reminders, contract, journal and post-back in one transaction.</summary>
public sealed class AttemptResults(Attempts attempts, Clocks clocks, MailRenderer renderer)
{
    private static readonly TimeSpan[] BackOff = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    /// <summary>Writes it. Nothing is written when the lease was lost.</summary>
    internal Task WriteAsync(BillingContext context, Letter letter, string contentHash, SendResult result) => result.Outcome switch
    {
        SendOutcome.Accepted => AcceptedAsync(context, letter, contentHash, result),
        SendOutcome.Refused => RefusedAsync(context, letter, result),
        SendOutcome.Unknown => UnknownAsync(context, letter, result),
        _ => DeferredAsync(context, letter, result),
    };

    private async Task AcceptedAsync(BillingContext context, Letter letter, string contentHash, SendResult result)
    {
        if (!await attempts.FinishAsync(context.Session, letter.Message, result, "sent", null))
            return;
        await JournalAsync(context, letter, "sent", result, contentHash);
        if (letter.Message is { Class: "legal", Mode: "live" } && context.Settings.Bounces.ReturnPath is null)
            await Bounces.BounceTasks.BlindAsync(context, letter.Message.Id);
        foreach (var item in letter.Items.OrderBy(i => i.Contract.Id, StringComparer.Ordinal))
        {
            // Also when a payment crossed it: what left has been said.
            await MarkAsync(context, item, "sent", null);
            await EffectAsync(context, letter.Message, item.Step, item.Cycle.Id, item.Contract.Id);
        }
    }

    /// <summary>What follows from a step that was said: standing, note, next look.</summary>
    internal async Task EffectAsync(BillingContext context, MessageRow message, string step, string cycleId, string contractId)
    {
        if (await ContractStore.LockAsync(context.Session, contractId) is not { } contract)
            return;
        var open = await context.Session.ValueAsync<string>("SELECT state FROM cycle WHERE id = @Id", new { Id = cycleId }) == "open";
        if (message.Mode == "live")
        {
            if (open && step == MaintenanceSequence.Suspension)
                contract = await SuspendAsync(context, contract);
            else if (open && step == MaintenanceSequence.Ended)
                contract = await Renewals.CloseAsync(context, contract, CycleState.Ended, SkipReason.Ended);
        }

        await PostBackQueue.NoteAsync(context, contract, message.Id, renderer.Note(step, context.Today, context.Settings.Words.Locale));
        await CycleStore.WakeAsync(context, contract.Id);
    }

    private static async Task<StoredContract> SuspendAsync(BillingContext context, StoredContract contract)
    {
        var suspended = await Renewals.SaveAsync(context, contract with { State = contract.State with { SuspendedOn = context.Today } });
        if (suspended.State.SubscriptionId is not null)
            await PostBackQueue.SubscriptionStatusAsync(context, suspended, "on-hold");
        return suspended;
    }

    private async Task RefusedAsync(BillingContext context, Letter letter, SendResult result)
    {
        if (!await attempts.FinishAsync(context.Session, letter.Message, result, "failed", null))
            return;
        await JournalAsync(context, letter, "refused", result, null);
        if (IsAboutAddress(result))
        {
            await context.Session.ExecuteAsync("UPDATE recipient SET refused_at = @Now, refused_answer = @Answer WHERE id = @RecipientId", new { Now = context.Now.Millis(), result.Answer, letter.Message.RecipientId });
        }

        await TaskStore.OpenAsync(context, "refused-mail", letter.Message.Id, $"The mail server refused this message: {result.Answer}");
        foreach (var item in letter.Items)
        {
            await MarkAsync(context, item, "failed", IsAboutAddress(result) ? SkipReason.AddressRefused.Code() : "refused");
            await CycleStore.WakeAsync(context, item.Contract.Id);
        }
    }

    private async Task DeferredAsync(BillingContext context, Letter letter, SendResult result)
    {
        if (!await attempts.FinishAsync(context.Session, letter.Message, result, "due", await RetryAtAsync(context.Session, letter.Message)))
            return;
        await JournalAsync(context, letter, result.Outcome.ToString().ToLowerInvariant(), result, null);
        if (result.Outcome == SendOutcome.Misconfigured)
            await TaskStore.OpenAsync(context, "mail-server", context.Shop.Id, $"The mail server refuses our set-up: {result.Answer}", $"mail-server:{context.Today.Text()}");
    }

    private async Task UnknownAsync(BillingContext context, Letter letter, SendResult result)
    {
        if (await attempts.FinishAsync(context.Session, letter.Message, result, "due", await RetryAtAsync(context.Session, letter.Message)))
            await Outcomes.UnknownAsync(context, letter.Message, result.Answer);
    }

    private async Task<DateTimeOffset> RetryAtAsync(Session session, MessageRow message)
    {
        var tries = await session.ValueAsync<long>("SELECT COUNT(*) FROM attempt WHERE message_id = @Id", new { message.Id });
        return clocks.Real + BackOff[Math.Min((int)tries, BackOff.Length) - 1];
    }

    private static Task MarkAsync(BillingContext context, LetterItem item, string state, string? reason)
    {
        Telemetry.Count(item.Step, state);
        return context.Session.ExecuteAsync(
            "UPDATE reminder SET state = @state, reason = @Reason, decided_on = @Today WHERE id = @ReminderId",
            new { state, Reason = reason, Today = context.Today.Text(), item.ReminderId });
    }

    private static Task JournalAsync(BillingContext context, Letter letter, string kind, SendResult result, string? contentHash) => JournalWriter.AppendAsync(
        context.Session, context.Shop.Id, context.Now, kind, letter.Message.Id,
        JournalEntry.Of(("attempt", letter.Message.Attempt), ("mode", letter.Message.Mode), ("steps", string.Join(' ', letter.Items.Select(i => i.Step))), ("contracts", string.Join(' ', letter.Items.Select(i => i.Contract.Id))), ("tone", letter.Tone.Tone.ToString().ToLowerInvariant()), ("tone-because", letter.Tone.Because.Code()), ("answer", result.Answer)), contentHash);

    // RFC 3463: 5.1.x is about the address; servers without enhanced codes say 550, 551 or 553.
    private static bool IsAboutAddress(SendResult result) => result.Status is { } status
        ? status.StartsWith("5.1.", StringComparison.Ordinal)
        : result.Answer.StartsWith("550", StringComparison.Ordinal) || result.Answer.StartsWith("551", StringComparison.Ordinal) || result.Answer.StartsWith("553", StringComparison.Ordinal);
}
