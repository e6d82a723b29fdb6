using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Shops;

namespace Relance.Templates;

/// <summary>Turns a model into the documented placeholders, every one of them present.</summary>
internal static class MailView
{
    /// <summary>Visibly no payment link, and no address that could ever exist (RFC 2606).</summary>
    public static readonly Uri Specimen = new("https://specimen.invalid/lien-de-paiement-specimen");

    /// <summary>The Content-ID of the sender's logo.</summary>
    public const string LogoId = "logo@relance";

    // At most 180 × 64 CSS pixels: a logo signs the mail, it does not fill it.
    private static int LogoWidth(SenderLogo logo) => (int)Math.Max(1, Math.Min(Math.Min(180, logo.Width), 64.0 * logo.Width / logo.Height));

    public static Dictionary<string, object?> Of(MailModel model, string language) => new()
    {
        ["lang"] = language,
        ["clientName"] = Plain.Text(model.ClientName),
        ["sentOn"] = model.SentOn,
        ["count"] = model.Items.Count,
        ["grouped"] = model.Items.Count > 1,
        ["test"] = model.Test,
        ["specimen"] = model.Specimen,
        ["gentle"] = model.Tone == Tone.Gentle,
        ["firm"] = model.Tone == Tone.Firm,
        ["redirectedFrom"] = Plain.Text(model.RedirectedFrom),
        ["sender"] = Plain.Text(model.Sender.TradeName),
        ["senderForm"] = Plain.Text(model.Sender.LegalForm),
        ["senderSiren"] = Plain.Grouped(model.Sender.Siren, 3, '\u00A0'),
        ["senderAddress"] = Plain.Text(model.Sender.Address),
        ["senderPhone"] = Plain.Text(model.Sender.Phone),
        ["senderEmail"] = Plain.Text(model.Sender.Email),
        ["senderMailto"] = ReplyLinks.To(model.Sender.Email),
        ["senderWebsite"] = Plain.Text(model.Sender.Website),
        ["senderMediator"] = Plain.Text(model.Sender.Mediator),
        ["logo"] = model.Sender.Logo is null ? null : "cid:" + LogoId,
        ["logoWidth"] = model.Sender.Logo is { } logo ? LogoWidth(logo) : 0,
        ["iban"] = Plain.Grouped(model.Sender.Iban, 4, ' '),
        ["bic"] = Plain.Text(model.Sender.Bic),
    };

    /// <summary>The placeholders of one item, those of the mail included.</summary>
    /// <param name="mail">The placeholders of the mail.</param>
    /// <exception cref="ArgumentException">A date the message must print is absent, or the link is no web address.</exception>
    public static Dictionary<string, object?> Of(MailModel model, MailItem item, Dictionary<string, object?> mail, MailLocale locale, QrImages images)
    {
        var link = item.TransferAnnounced ? null : model.Specimen && item.PayUrl is not null ? Specimen : Web(item);
        var replies = new ReplyLinks(locale, model, item);
        var view = new Dictionary<string, object?>(mail)
        {
            ["reference"] = Plain.Text(item.ContractReference),
            ["planName"] = Plain.Text(item.PlanName),
            ["siteUrl"] = Plain.Text(item.SiteUrl),
            ["amount"] = item.Amount,
            ["termEnd"] = item.TermEnd,
            ["newTermStart"] = item.NewTermStart,
            ["newTermEnd"] = item.NewTermEnd,
            ["suspensionOn"] = item.SuspensionOn,
            ["suspendedOn"] = item.SuspendedOn ?? Announced(model, item),
            ["endsOn"] = item.EndsOn,
            ["offerUntil"] = item.OfferUntil ?? item.EndsOn,
            ["payUrl"] = link?.AbsoluteUri,
            ["manageUrl"] = item.ManageUrl is null ? null : model.Specimen ? Specimen.AbsoluteUri : item.ManageUrl.AbsoluteUri,
            ["qr"] = link is null ? null : images.Add(link.AbsoluteUri),
            ["transferAnnounced"] = item.TransferAnnounced,
            ["needsLogin"] = item.NeedsLogin,
            ["orderNumber"] = Plain.Text(item.OrderNumber),
            ["invoiceNumber"] = Plain.Text(item.InvoiceNumber),
            ["receiptReference"] = Plain.Text(item.ReceiptReference),
            ["services"] = item.StoppedServices.Select(Plain.Text).Where(s => s.Length > 0).ToArray(),
            ["endsToday"] = item.TermEnd == model.SentOn,
            ["endsTomorrow"] = item.TermEnd == model.SentOn.AddDays(1),
            ["paidMailto"] = replies.Paid,
            ["scheduleMailto"] = replies.Schedule,
            ["disputeMailto"] = replies.Dispute,
            ["deadline"] = item.Tacit?.Deadline,
            ["renewalMonths"] = item.Tacit?.RenewalMonths ?? 0,
            ["refuseUrl"] = Own(model, item.Tacit?.RefuseUrl),
            ["terminateUrl"] = Own(model, item.Tacit?.TerminateUrl),
            ["forConsumer"] = item.Tacit?.Client == ClientKind.Consumer,
            ["forNonProfessional"] = item.Tacit?.Client == ClientKind.NonProfessional,
            ["forBusiness"] = item.Tacit?.Client is ClientKind.Business or ClientKind.PublicBody,
            ["receivedOn"] = item.ReceivedOn ?? model.SentOn,
            ["refund"] = item.Tacit?.Refund,
            ["refundBy"] = item.Tacit?.RefundBy,
            ["mayEnd"] = item.Tacit?.MayEnd ?? false,
        };
        return TemplateChecker.RequiredDates(TemplateCatalogue.Get(item.StepId)).FirstOrDefault(name => view[name] is null) is { } missing
            ? throw new ArgumentException($"{char.ToUpperInvariant(missing[0])}{missing[1..]}: {item.StepId} prints this date; expected one, got none.", nameof(item))
            : view;
    }

    // Outside live a page of the client's own would act on the real contract.
    private static string? Own(MailModel model, Uri? link) => link is null ? null : model.Specimen ? Specimen.AbsoluteUri : link.AbsoluteUri;

    // The suspension takes effect with the message that states it, never before: it cannot be backdated by a late sending.
    private static DateOnly? Announced(MailModel model, MailItem item) =>
        !TemplateCatalogue.Get(item.StepId).Requires.Contains("suspendedOn") ? null
        : item.SuspensionOn > model.SentOn ? item.SuspensionOn : model.SentOn;

    private static Uri? Web(MailItem item) => item.PayUrl is not { } url || url is { IsAbsoluteUri: true, Scheme: "https" or "http" }
        ? item.PayUrl
        : throw new ArgumentException($"PayUrl: expected an absolute http(s) address for contract {item.ContractReference}.", nameof(item));
}
