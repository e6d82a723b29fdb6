using Relance.Billing;
using Relance.Bounces.Reading;
using Relance.Journal;
using Relance.Operations;
using Relance.Shops;
using Relance.Storage;

namespace Relance.Bounces;

/// <summary>Applies a mail that came back, in one transaction: the mail, the message, the address, the reminders, the journal, the tasks.</summary>
internal sealed class BounceEffects(Session session, RelanceSettings settings, Clocks clocks)
{
    /// <summary>Applies it once; nothing when somebody else has.</summary>
    public async Task ApplyAsync(StoredMail mail, InboundReport report, string? messageId)
    {
        var message = messageId is null ? null : await BouncedMessage.LockAsync(session, messageId);
        // A server near by answers before our own result is written: the job reads it a moment later.
        if (message?.State == "sending")
            return;
        if (message is null || await LinkedShop.FindAsync(session, message.ShopId) is not { } shop)
        {
            if (await InboundStore.FinishAsync(session, mail.Id, "unmatched", report.Kind.Code(), null, null, null))
                await BounceTasks.UnmatchedAsync(session, settings, clocks.Now, report.Kind);
            return;
        }

        await ApplyAsync(new BillingContext(session, shop, settings, clocks.Now), mail, report, message);
    }

    private async Task ApplyAsync(BillingContext context, StoredMail mail, InboundReport report, BouncedMessage message)
    {
        var about = report.About(message.Address);
        var kind = about?.Kind ?? report.Kind;
        var verdict = kind == InboundKind.Bounce ? await VerdictAsync(context, message, about!) : (Verdict?)null;
        if (!await InboundStore.FinishAsync(session, mail.Id, "done", kind.Code(), message.Id, verdict?.Code(), about?.Status))
            return;
        await JournalAsync(context, mail, message, kind, verdict, about);
        switch (kind)
        {
            case InboundKind.Bounce:
                await new Bounce(context, message, verdict!.Value, about!).ApplyAsync();
                break;
            case InboundKind.Complaint:
                await AddressState.ComplainedAsync(context, message);
                break;
            case InboundKind.Challenge:
                await BounceTasks.ChallengeAsync(context, message);
                break;
            case InboundKind.Other:
                await BounceTasks.AnswerAsync(context, message);
                break;
            default:
                // Delays, deliveries and out-of-office notes change nothing: the journal has them.
                break;
        }
    }

    private static async Task<Verdict> VerdictAsync(BillingContext context, BouncedMessage message, RecipientReport about) =>
        Verdicts.Of(about.Status, about.Diagnostic) is var said && said == Verdict.Soft && await SoftRun.IsThirdAsync(context, message) ? Verdict.Hard : said;

    // The server's words may hold the address: they stay in content, which can be erased.
    private static Task JournalAsync(BillingContext context, StoredMail mail, BouncedMessage message, InboundKind kind, Verdict? verdict, RecipientReport? about) => JournalWriter.AppendAsync(
        context.Session, context.Shop.Id, context.Now, kind == InboundKind.Bounce ? "bounced" : $"came-back-{kind.Code()}", message.Id,
        JournalEntry.Of(("mode", message.Mode), ("verdict", verdict?.Code()), ("status", about?.Status)), mail.ContentHash);
}
