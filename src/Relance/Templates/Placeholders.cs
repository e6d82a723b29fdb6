namespace Relance.Templates;

/// <summary>What a placeholder holds, hence how a template may print it.</summary>
internal enum PlaceholderKind
{
    Text,
    Url,
    Count,
    Date,
    Money,
    Flag,
    List,
}

/// <summary>A documented name a template may use. An optional one is empty at times: it is printed only inside its own <c>{{#if}}</c>.</summary>
internal sealed record Placeholder(string Name, PlaceholderKind Kind, bool Optional, string Meaning);

/// <summary>The names templates may use: those of the whole mail, those of one item, those of the layout alone.</summary>
internal static class Placeholders
{
    /// <summary>Known to every template.</summary>
    public static IReadOnlyList<Placeholder> Mail { get; } =
    [
        new("lang", PlaceholderKind.Text, false, "Language of the mail, e.g. fr"),
        new("clientName", PlaceholderKind.Text, true, "The client as greeted"),
        new("sentOn", PlaceholderKind.Date, false, "Local date of sending"),
        new("count", PlaceholderKind.Count, false, "Number of contracts in this mail"),
        new("grouped", PlaceholderKind.Flag, false, "More than one contract"),
        new("test", PlaceholderKind.Flag, false, "A test shop's mail"),
        new("specimen", PlaceholderKind.Flag, false, "Payment links pay nothing"),
        new("gentle", PlaceholderKind.Flag, false, "The gentle tone"),
        new("firm", PlaceholderKind.Flag, false, "The firm tone; neither: neutral"),
        new("redirectedFrom", PlaceholderKind.Text, true, "The client's address, when the mail goes to the agency instead"),
        new("sender", PlaceholderKind.Text, false, "The agency's trade name"),
        new("senderForm", PlaceholderKind.Text, true, "Its legal form"),
        new("senderSiren", PlaceholderKind.Text, true, "Its SIREN, in groups of three"),
        new("senderAddress", PlaceholderKind.Text, true, "Its postal address"),
        new("senderPhone", PlaceholderKind.Text, true, "Its telephone"),
        new("senderEmail", PlaceholderKind.Text, false, "The address that answers reach"),
        new("senderMailto", PlaceholderKind.Url, false, "The same as a mailto: link"),
        new("senderWebsite", PlaceholderKind.Text, true, "Its website"),
        new("senderMediator", PlaceholderKind.Text, true, "Its consumer mediator"),
        new("logo", PlaceholderKind.Url, true, "Its logo as an inline image (cid:)"),
        new("logoWidth", PlaceholderKind.Count, false, "Width of the logo, in pixels"),
        new("iban", PlaceholderKind.Text, true, "Its IBAN, in groups of four"),
        new("bic", PlaceholderKind.Text, true, "Its BIC"),
    ];

    /// <summary>Known to the message of one step, beside those of the mail.</summary>
    public static IReadOnlyList<Placeholder> Item { get; } =
    [
        new("reference", PlaceholderKind.Text, false, "Contract reference"),
        new("planName", PlaceholderKind.Text, false, "Name of the maintenance plan"),
        new("siteUrl", PlaceholderKind.Text, true, "The maintained site"),
        new("amount", PlaceholderKind.Money, false, "Price of the new term, including VAT"),
        new("termEnd", PlaceholderKind.Date, false, "J: last day of the paid term"),
        new("newTermStart", PlaceholderKind.Date, false, "First day of the new term"),
        new("newTermEnd", PlaceholderKind.Date, false, "Last day of the new term"),
        new("suspensionOn", PlaceholderKind.Date, true, "Day on which care stops unless renewed"),
        new("suspendedOn", PlaceholderKind.Date, true, "Day on which care stopped"),
        new("endsOn", PlaceholderKind.Date, true, "Day on which the contract is closed"),
        new("offerUntil", PlaceholderKind.Date, true, "Last day of the free audit"),
        new("payUrl", PlaceholderKind.Url, true, "Payment link; empty once a transfer is announced"),
        new("manageUrl", PlaceholderKind.Url, true, "Where the client changes or stops an automatic renewal"),
        new("qr", PlaceholderKind.Url, true, "The same link as an inline QR code (cid:)"),
        new("transferAnnounced", PlaceholderKind.Flag, false, "A transfer or cheque is on its way"),
        new("needsLogin", PlaceholderKind.Flag, false, "The shop asks for a login before payment"),
        new("orderNumber", PlaceholderKind.Text, true, "Number of the renewal order"),
        new("invoiceNumber", PlaceholderKind.Text, true, "Number of the invoice"),
        new("receiptReference", PlaceholderKind.Text, true, "Reference of the receipt"),
        new("services", PlaceholderKind.List, true, "What care covers"),
        new("endsToday", PlaceholderKind.Flag, false, "The term ends on the day of sending"),
        new("endsTomorrow", PlaceholderKind.Flag, false, "The term ends on the day after sending"),
        new("paidMailto", PlaceholderKind.Url, false, "Prefilled reply: already paid"),
        new("scheduleMailto", PlaceholderKind.Url, false, "Prefilled reply: I need a schedule"),
        new("disputeMailto", PlaceholderKind.Url, false, "Prefilled reply: I dispute"),
        new("deadline", PlaceholderKind.Date, true, "D: last day to refuse a tacit renewal"),
        new("renewalMonths", PlaceholderKind.Count, false, "Months by which the contract renews tacitly"),
        new("refuseUrl", PlaceholderKind.Url, true, "Where the client refuses the renewal online"),
        new("terminateUrl", PlaceholderKind.Url, true, "The function « résilier votre contrat »"),
        new("forConsumer", PlaceholderKind.Flag, false, "The client is a consumer"),
        new("forNonProfessional", PlaceholderKind.Flag, false, "The client is a non-professional"),
        new("forBusiness", PlaceholderKind.Flag, false, "The client is a business or a public body"),
        new("receivedOn", PlaceholderKind.Date, false, "Day on which the client's request arrived; the day of sending where there is none"),
        new("refund", PlaceholderKind.Money, true, "What goes back to a client who ended a renewed contract early"),
        new("refundBy", PlaceholderKind.Date, true, "Last day to pay it back"),
        new("mayEnd", PlaceholderKind.Flag, false, "The client may end the renewed contract at any time"),
    ];

    /// <summary>Known to the layout, beside those of the mail; <c>{{content}}</c> is a helper.</summary>
    public static IReadOnlyList<Placeholder> Layout { get; } =
    [
        new("subject", PlaceholderKind.Text, false, "The subject, with its prefixes"),
        new("title", PlaceholderKind.Text, false, "The heading of the mail"),
        new("preheader", PlaceholderKind.Text, false, "The line mailboxes show beside the subject"),
    ];
}
