using Relance.Billing;
using Relance.Channels;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Operations;
using Relance.Shops;
using Relance.Templates;

namespace Relance.Outbox;

/// <summary>Puts a letter into words and into its wire form's draft.</summary>
/// <param name="links">Links to the client's own pages; null where there are none: mails then give the addresses only.</param>
public sealed class LetterWriter(MailRenderer renderer, RelanceSettings settings, SenderIdentities identities, IClientLinks? links = null)
{
    /// <summary>The draft of a letter. Outside live it carries a specimen link; redirected, it goes to the agency.</summary>
    internal MessageDraft Write(BillingContext context, Letter letter)
    {
        var redirected = letter.Message.Mode == "redirect";
        var mail = renderer.Render(Model(context, letter.ClientName, letter.Locale, letter.Tone.Tone, [.. letter.Items.Select(item => Item(context, item, renderer.Services(letter.Locale)))]) with { RedirectedFrom = redirected ? letter.Email : null });
        var sender = ShopSender.Of(context.Shop, settings);
        var name = Name(context.Shop, sender);
        var to = redirected ? new Mailbox(name, settings.RedirectTo!) : new Mailbox(letter.ClientName, letter.Email);
        // The envelope is the account's: a provider accepts no other, and limits count by it.
        var account = settings.Smtp.From.Length > 0 ? settings.Smtp.From : sender.From;
        return new MessageDraft(
            $"{letter.Message.Id}@{Domain(account)}", TimeZoneInfo.ConvertTime(context.Now, context.Calendar.Zone),
            new Mailbox(name, sender.From), new Mailbox(name, sender.ReplyTo), [to], [],
            mail.Subject, mail.Text, mail.Html, mail.Images, letter.Locale, account);
    }

    /// <summary>Reads what the letters of a shop need, once.</summary>
    internal Task PrepareAsync(LinkedShop shop, CancellationToken ct) => identities.LoadLogoAsync(shop, ct);

    /// <summary>The subject that a letter with these items will have.</summary>
    internal string Subject(BillingContext context, string clientName, string locale, IReadOnlyList<LetterItem> items) =>
        // Without its link: a subject needs no QR code.
        renderer.Subject(Model(context, clientName, locale, settings.Words.Tone, [.. items.Select(item => Item(context, item, renderer.Services(locale)) with { PayUrl = null })]));

    /// <summary>The human reference of a contract: the subscription's number, or the first order's.</summary>
    public static string Reference(StoredContract contract) => Reference(contract.Source, contract.ExternalKey);

    /// <summary>The same, from a source and its key; an imported contract keeps the file's reference.</summary>
    public static string Reference(string source, string key) => source switch
    {
        ContractStore.Subscriptions => $"ABO-{key}",
        ContractStore.Import => key,
        ContractStore.Plugin => $"CM-{key}",
        _ => $"CMD-{string.Join('-', key.Split(':') is [var order, _, var n] ? n == "1" ? [order] : [order, n] : [key])}",
    };

    // The plugin lets the holder of its key pay an order of ours without a login.
    private static bool NeedsLogin(LinkedShop shop, ContractState state) => state.CustomerId > 0
        && (state.SubscriptionId is not null || (state.RenewalOrderId is not null && !shop.HasPlugin));

    private MailItem Item(BillingContext context, LetterItem item, IReadOnlyList<string> services)
    {
        var state = item.Contract.State;
        var anchor = Storage.Values.Date(item.Cycle.AnchorOn);
        var sequence = context.SequenceOf(item.Contract);
        var next = item.Cycle.TermNo < state.TermNo ? new Term(state.TermStart, state.TermEnd) : state.NextTerm;
        var asksForNothing = item.Step == AutomaticSequence.BeforeDebit;
        return new MailItem(
            item.Step, state.Kind == RenewalKind.Tacit ? LegalNotices.Reference(item.Contract.Source, item.Contract.ExternalKey, state) : Reference(item.Contract), state.PlanName, state.SiteUrl, state.Price, anchor, next.Start, next.End,
            Later(MaintenanceSequence.Suspension), item.Step == TacitSequence.Ended ? state.EndedOn : Later(MaintenanceSequence.Ended),
            item.Step == MaintenanceSequence.Suspension ? context.Today : state.SuspendedOn, anchor.AddDays(29),
            asksForNothing ? null : state.RenewalOrderId is null ? state.ViewUrl : state.PayUrl, state.AnnouncedOn is not null, NeedsLogin(context.Shop, state),
            state.RenewalOrderNumber, null, item.Receipt, services)
        {
            ManageUrl = asksForNothing && state.SubscriptionId is not null ? state.ViewUrl : null,
            ReceivedOn = item.PlannedOn,
            Tacit = state.Kind == RenewalKind.Tacit ? Tacit(context, item) : null,
        };

        // An automatic payment that failed late leaves the same days to answer: see Holds.
        DateOnly? Later(string id) => sequence.Steps.FirstOrDefault(s => s.Id == id) is not { } step ? null
            : state.DebitFailedOn is { } failed && failed > anchor.AddDays(1) ? step.DueOn(failed.AddDays(-1), context.Calendar) : step.DueOn(anchor, context.Calendar);
    }

    private TacitMail Tacit(BillingContext context, LetterItem item)
    {
        var (contract, state) = (item.Contract, item.Contract.State);
        var deadline = LegalNotices.TermOf(context, state, contract.ClientKind)?.Window.Deadline;
        var mayEnd = state.NoticeMissed is { } missed && missed.TermNo == item.Cycle.TermNo;
        // Whoever may have concluded online gets the function (L215-1-1), and whoever may end at any time; only a recorded "no" leaves it out for the others.
        var terminate = state.ConcludedOnline == false && !mayEnd ? null : links?.Terminate(contract, context.Now);
        return new TacitMail(deadline, state.RenewalMonths ?? state.Months, contract.ClientKind, links?.Refuse(contract, context.Now), terminate, mayEnd)
        {
            Refund = state.EarlyEnd is { Refund: > 0 } early ? new Money(early.Refund, state.Currency) : null,
            RefundBy = state.EarlyEnd?.PayBy,
        };
    }

    private MailModel Model(BillingContext context, string clientName, string locale, Tone tone, IReadOnlyList<MailItem> items)
    {
        var sender = ShopSender.Of(context.Shop, settings);
        var identity = new SenderIdentity(
            Name(context.Shop, sender), sender.LegalForm, sender.Siren, sender.Address, sender.Phone, sender.ReplyTo, sender.Iban, sender.Bic, sender.Website)
        {
            Mediator = sender.Mediator,
            Logo = identities.LogoOf(context.Shop),
        };
        return new MailModel(identity, clientName, items, context.Today, context.Shop.Test == 1, null, locale, tone, !context.Shop.MayWrite);
    }

    private static string Name(LinkedShop shop, SenderSettings sender) => sender.TradeName.Length > 0 ? sender.TradeName : shop.Name;

    private static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..];
}
