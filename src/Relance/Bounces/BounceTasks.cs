using Relance.Agency;
using Relance.Billing;
using Relance.Bounces.Reading;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Storage;

namespace Relance.Bounces;

/// <summary>What a person must do about a mail that came back. The answer of a server never goes into a task without need: it holds the address.</summary>
internal static class BounceTasks
{
    /// <summary>One task per client for a refused address, one per day for a refused sender, one per message that had to arrive.</summary>
    public static async Task OpenAsync(BillingContext context, BouncedMessage message, Verdict verdict, RecipientReport about, IReadOnlyList<BouncedItem> items)
    {
        if (verdict == Verdict.Hard)
        {
            foreach (var client in items.Select(item => item.Contract.ClientId).Distinct())
                await TaskStore.OpenAsync(context, SkipReason.AddressRefused.Code(), client, $"Our mail came back, {Said(about)}: call this client, then correct the address in the shop, or say 'relance client address-ok'. Reminders wait until then.");
        }
        else if (verdict == Verdict.Blocked)
        {
            await TaskStore.OpenAsync(context, Bounce.SenderBlocked, context.Shop.Id, $"A server refuses our mails for what they are or where they come from, {Said(about)}: see 'relance doctor' (SPF, DKIM, DMARC, block lists) and ask the mail provider.", $"{Bounce.SenderBlocked}:{context.Shop.Id}:{context.Today.Text()}");
        }

        if (message.Class is "legal" or "formal")
            await LetterAsync(context, message.Id, message.Class, about.Status);
        else if (items.FirstOrDefault(item => item.Step is MaintenanceSequence.Suspension or MaintenanceSequence.Ended) is { } item)
            await TaskStore.OpenAsync(context, "undelivered", message.Id, Untold(item.Step, about));
    }

    /// <summary>A notice that has to reach its client did not by e-mail: refused at once, or come back.</summary>
    /// <param name="status">The server's enhanced status (RFC 3463), where it gave one.</param>
    public static Task LetterAsync(BillingContext context, string messageId, string noticeClass, string? status) => TaskStore.OpenAsync(
        context, "letter", messageId, $"This {noticeClass} notice did not arrive by e-mail, {Said(status)}: send it as a registered letter today.");

    private static TaskSentence Untold(string step, RecipientReport about) => step == MaintenanceSequence.Suspension
        ? (TaskSentence)$"The notice of suspension did not arrive, {Said(about)}, and the contract is suspended: call the client, or lift the suspension. With a corrected address it goes again, and that day counts."
        : (TaskSentence)$"The message that closes the contract did not arrive, {Said(about)}: tell the client in another way.";

    /// <summary>A legal notice left, and nobody would tell us that it came back (design, "Safety").</summary>
    public static Task BlindAsync(BillingContext context, string messageId) => TaskStore.OpenAsync(
        context, "letter", messageId, "This legal notice left by e-mail, and no way is set up by which it could come back: send it as a letter as well (docs/bounces.md).");

    public static Task ChallengeAsync(BillingContext context, BouncedMessage message) => TaskStore.OpenAsync(
        context, "challenge", message.Id, "The recipient's mail filter asks whether a human wrote: open its mail ('relance inbound show'), and answer it, or call the client.");

    public static Task AnswerAsync(BillingContext context, BouncedMessage message) => TaskStore.OpenAsync(
        context, "answer", message.Id, "Somebody answered to the return path of this message: read it ('relance inbound show').");

    public static Task RedirectAsync(BillingContext context, RecipientReport about) => TaskStore.OpenAsync(
        context, "redirect-bounced", context.Shop.Id, $"A redirected mail came back, {Said(about)}: check RedirectTo.", $"redirect-bounced:{context.Shop.Id}:{context.Today.Text()}");

    /// <summary>Belongs to no shop. One a day: whoever writes to the address at random must not fill the list.</summary>
    public static Task UnmatchedAsync(Session session, RelanceSettings settings, DateTimeOffset now, InboundKind kind)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, settings.Calendar.TimeZone).DateTime).Text();
        return session.ExecuteAsync(
            """
            INSERT INTO task (id, dedup_key, shop_id, kind, subject_id, due_on, state, data, created_at)
            VALUES (@Id, @Key, NULL, 'inbound-unmatched', @Key, @today, 'open', @Data, @Now) ON CONFLICT (dedup_key) DO NOTHING
            """, new
            {
                Id = Values.NewId(),
                Key = $"inbound-unmatched:{today}",
                today,
                Data = ((TaskSentence)$"A mail ({kind.Code()}) came back and names no message of ours: see 'relance inbound list'.").ToJson(),
                Now = now.Millis(),
            });
    }

    private static string Said(RecipientReport about) => Said(about.Status);

    private static string Said(string? status) => status is null ? "without a status" : $"status {status}";
}
