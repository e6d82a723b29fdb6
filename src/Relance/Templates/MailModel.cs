using Relance.Channels;
using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Shops;

namespace Relance.Templates;

/// <summary>Everything one message to one person says; several items make one grouped message.</summary>
/// <param name="ClientName">As greeted; may be empty.</param>
/// <param name="SentOn">Local date of sending: only it makes « demain » true.</param>
/// <param name="Test">Marks the subject with [TEST].</param>
/// <param name="RedirectedFrom">The client's address when the mail goes to the agency instead.</param>
/// <param name="Locale">BCP 47 tag; a language without templates falls back to French.</param>
/// <param name="Tone">How reminders say it; other messages have one tone.</param>
/// <param name="Specimen">Replaces every payment link by one that visibly pays nothing.</param>
public sealed record MailModel(
    SenderIdentity Sender, string ClientName, IReadOnlyList<MailItem> Items, DateOnly SentOn, bool Test, string? RedirectedFrom,
    string Locale, Tone Tone, bool Specimen);

/// <summary>Who writes: the agency's legal identity, printed in the footer.</summary>
/// <param name="Email">The address that answers reach.</param>
public sealed record SenderIdentity(
    string TradeName, string? LegalForm, string? Siren, string? Address, string? Phone, string Email,
    string? Iban, string? Bic, string? Website)
{
    /// <summary>Consumer mediator (Code de la consommation, L616-1); null where the agency sells to businesses only.</summary>
    public string? Mediator { get; init; }

    /// <summary>Shown at the head of the mail; null without one.</summary>
    public SenderLogo? Logo { get; init; }
}

/// <summary>One step of one contract. All dates are local to the shop.</summary>
/// <param name="StepId">An id of <see cref="TemplateCatalogue"/>.</param>
/// <param name="Amount">Including VAT.</param>
/// <param name="TermEnd">J: the last day of the paid term.</param>
/// <param name="SuspensionOn">The day on which care stops unless renewed.</param>
/// <param name="SuspendedOn">The day on which care did stop; in the suspension message, when absent, the later of <c>SuspensionOn</c> and the sending day.</param>
/// <param name="EndsOn">The day on which the contract is closed.</param>
/// <param name="OfferUntil">Last day of the free audit; the day of the end when absent.</param>
/// <param name="PayUrl">Absolute http(s) address.</param>
/// <param name="TransferAnnounced">The order is on hold by transfer or cheque: bank details replace the link.</param>
/// <param name="NeedsLogin">The shop asks for a login before payment.</param>
/// <param name="StoppedServices">What care covers, hence what stops; in the locale of the mail, without final punctuation.</param>
public sealed record MailItem(
    string StepId, string ContractReference, string PlanName, string? SiteUrl, Money Amount, DateOnly TermEnd,
    DateOnly NewTermStart, DateOnly NewTermEnd, DateOnly? SuspensionOn, DateOnly? EndsOn, DateOnly? SuspendedOn, DateOnly? OfferUntil,
    Uri? PayUrl, bool TransferAnnounced, bool NeedsLogin, string? OrderNumber, string? InvoiceNumber, string? ReceiptReference,
    IReadOnlyList<string> StoppedServices)
{
    /// <summary>Where an automatic renewal is changed or stopped: absolute http(s) address.</summary>
    public Uri? ManageUrl { get; init; }

    /// <summary>The day on which the client's request arrived, where it answers one.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>Its tacit renewal; null in other messages.</summary>
    public TacitMail? Tacit { get; init; }
}

/// <summary>What messages about a tacit renewal say besides.</summary>
/// <param name="Deadline">D: the last day on which the client may refuse.</param>
/// <param name="RenewalMonths">Months by which the contract renews.</param>
/// <param name="Client">What the law sees in the client: each kind reads what is true for it.</param>
/// <param name="RefuseUrl">Where the client refuses online: absolute http(s) address.</param>
/// <param name="TerminateUrl">The function « résilier votre contrat » (C. consom. L215-1-1): absolute http(s) address.</param>
/// <param name="MayEnd">No lawful notice was given: the client may end the renewed contract at any time (C. consom. L215-1).</param>
public sealed record TacitMail(DateOnly? Deadline, int RenewalMonths, ClientKind Client, Uri? RefuseUrl = null, Uri? TerminateUrl = null, bool MayEnd = false)
{
    /// <summary>What goes back to a client who ended a renewed contract early; null: nothing.</summary>
    public Money? Refund { get; init; }

    /// <summary>The last day to pay it back.</summary>
    public DateOnly? RefundBy { get; init; }
}

/// <summary>A message ready for a channel.</summary>
public sealed record RenderedMail(string Subject, string Html, string Text, IReadOnlyList<InlineImage> Images);
