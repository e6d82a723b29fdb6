using Relance.Billing;
using Relance.Channels;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Templates;

namespace Relance.Outbox;

/// <summary>Puts a letter into words and into its wire form's draft.</summary>
public sealed class LetterWriter(MailRenderer renderer, RelanceSettings settings)
{
    /// <summary>The draft of a letter. Outside live it carries a specimen link; redirected, it goes to the agency.</summary>
    internal MessageDraft Write(BillingContext context, Letter letter)
    {
        var redirected = letter.Message.Mode == "redirect";
        var mail = renderer.Render(new MailModel(
            Sender(context), letter.ClientName, [.. letter.Items.Select(item => Item(context, item, renderer.Services(letter.Locale)))], context.Today,
            context.Shop.Test == 1, redirected ? letter.Email : null, letter.Locale, letter.Tone.Tone, !context.Shop.MayWrite));
        var to = redirected ? new Mailbox(settings.Sender.TradeName, settings.RedirectTo!) : new Mailbox(letter.ClientName, letter.Email);
        return new MessageDraft(
            $"{letter.Message.Id}@{Domain(settings.Smtp.From)}", TimeZoneInfo.ConvertTime(context.Now, context.Calendar.Zone),
            new Mailbox(Sender(context).TradeName, settings.Smtp.From), new Mailbox(Sender(context).TradeName, Sender(context).Email), [to], [],
            mail.Subject, mail.Text, mail.Html, mail.Images, letter.Locale);
    }

    /// <summary>The human reference of a contract: the subscription's number, or the first order's.</summary>
    public static string Reference(StoredContract contract) => contract.Source == ContractStore.Subscriptions
        ? $"ABO-{contract.ExternalKey}"
        : $"CMD-{string.Join('-', contract.ExternalKey.Split(':') is [var order, _, var n] ? n == "1" ? [order] : [order, n] : [contract.ExternalKey])}";

    private static MailItem Item(BillingContext context, LetterItem item, IReadOnlyList<string> services)
    {
        var state = item.Contract.State;
        var anchor = Storage.Values.Date(item.Cycle.AnchorOn);
        var sequence = context.SequenceOf(state);
        var next = item.Cycle.TermNo < state.TermNo ? new Term(state.TermStart, state.TermEnd) : state.NextTerm;
        return new MailItem(
            item.Step, Reference(item.Contract), state.PlanName, null, state.Price, anchor, next.Start, next.End,
            DueOn(MaintenanceSequence.Suspension), DueOn(MaintenanceSequence.Ended),
            item.Step == MaintenanceSequence.Suspension ? context.Today : state.SuspendedOn, anchor.AddDays(29),
            state.RenewalOrderId is null ? state.ViewUrl : state.PayUrl, state.AnnouncedOn is not null, state.CustomerId > 0,
            state.RenewalOrderNumber, null, item.Receipt, services);

        DateOnly? DueOn(string step) => sequence.Steps.FirstOrDefault(s => s.Id == step)?.DueOn(anchor, context.Calendar);
    }

    private SenderIdentity Sender(BillingContext context)
    {
        var sender = settings.Sender;
        var reply = sender.ReplyTo.Length > 0 ? sender.ReplyTo : sender.Email.Length > 0 ? sender.Email : settings.Smtp.From;
        return new SenderIdentity(sender.TradeName.Length > 0 ? sender.TradeName : context.Shop.Name, sender.LegalForm, sender.Siren, sender.Address, sender.Phone, reply, sender.Iban, sender.Bic, sender.Website);
    }

    private static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..];
}
