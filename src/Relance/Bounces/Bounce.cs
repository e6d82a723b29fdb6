using Relance.Billing;
using Relance.Bounces.Reading;
using Relance.Domain.Reminders;

namespace Relance.Bounces;

/// <summary>What a bounce changes. A second report about the same message changes nothing, unless it is graver.</summary>
internal sealed class Bounce(BillingContext context, BouncedMessage message, Verdict verdict, RecipientReport about)
{
    /// <summary>Reasons of reminders that did not arrive, besides a refused address.</summary>
    public const string NotThisTime = "bounced", SenderBlocked = "sender-blocked";

    public async Task ApplyAsync()
    {
        if (!await MarkMessageAsync())
            return;
        if (!message.WentToClient)
        {
            await BounceTasks.RedirectAsync(context, about);
            return;
        }

        var items = await message.ItemsAsync(context.Session);
        foreach (var item in items)
            await MarkReminderAsync(item);
        if (verdict == Verdict.Hard)
            await AddressState.RefuseAsync(context, message.RecipientId, $"{about.Status} {about.Diagnostic}".Trim());
        await BounceTasks.OpenAsync(context, message, verdict, about, items);
    }

    private async Task<bool> MarkMessageAsync() => await context.Session.ExecuteAsync(
        """
        UPDATE message SET bounced_at = @Now, bounce_kind = @Kind, bounce_status = @Status, bounce_answer = @Diagnostic
        WHERE id = @Id AND (bounced_at IS NULL OR (bounce_kind <> 'hard' AND @Kind = 'hard'))
        """, new { Now = context.Now.ToUnixTimeMilliseconds(), Kind = verdict.Code(), about.Status, about.Diagnostic, message.Id }) == 1;

    // What was accepted and came back has not been said. The contract's standing stays: it was told to the shop, and no standing leads back (docs/bounces.md).
    private async Task MarkReminderAsync(BouncedItem item)
    {
        Operations.Observing.Telemetry.Count(item.Step, "bounced");
        await context.Session.ExecuteAsync(
            "UPDATE reminder SET state = 'failed', reason = @Reason, decided_on = @Today WHERE id = @ReminderId",
            new { item.ReminderId, Today = Storage.Values.Text(context.Today), Reason = ReasonCode });
        await CycleStore.WakeAsync(context, item.Contract.Id);
        if (item.Contract.State.Plugin is not null)
            await PostBack.PostBackQueue.TellPluginAsync(context.Session, [item.Contract.Id]);
        await PostBack.PostBackQueue.NoteAsync(context, item.Contract, $"bounce-{message.Id}", $"Relance : le message « {Templates.TemplateCatalogue.Get(item.Step).Purpose} » n’est pas arrivé{Why}.");
    }

    private string ReasonCode => verdict switch { Verdict.Hard => SkipReason.AddressRefused.Code(), Verdict.Soft => NotThisTime, _ => SenderBlocked };

    private string Why => verdict switch { Verdict.Hard => " : l’adresse est refusée", Verdict.Soft => " : le serveur du destinataire ne l’a pas pris", _ => " : le serveur du destinataire refuse nos envois" };
}
