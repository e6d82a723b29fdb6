using Relance.Domain.Reminders;

namespace Relance.Templates;

/// <summary>A message Relance can send.</summary>
/// <param name="Id">The step id, and the name of its template file.</param>
/// <param name="Purpose">What it must achieve and carry.</param>
/// <param name="Hardness">Order in a grouped mail: the hardest first.</param>
/// <param name="Requires">Placeholders the model must fill and the template must print.</param>
public sealed record TemplateEntry(string Id, string Purpose, int Hardness, IReadOnlyList<string> Requires)
{
    /// <summary>The tones it is written in: reminders have three, other messages the neutral one.</summary>
    public IReadOnlyList<Tone> Tones { get; } = Requires.Contains("gentle") ? [Tone.Gentle, Tone.Neutral, Tone.Firm] : [Tone.Neutral];
}

/// <summary>The messages, by step id. A new message is one entry here and one file under <c>Mails/</c>.</summary>
public static class TemplateCatalogue
{
    private static readonly string[] Payment =
    [
        "reference", "amount", "termEnd", "newTermStart", "newTermEnd", "payUrl", "qr", "iban", "invoiceNumber", "orderNumber",
        "paidMailto", "scheduleMailto", "disputeMailto",
    ];

    private static readonly string[] Tones = ["gentle", "firm"];

    /// <summary>Every message, softest first.</summary>
    public static IReadOnlyList<TemplateEntry> All { get; } =
    [
        new("maintenance.renewed", "Thanks for a payment before suspension; new term, receipt reference.", 0,
            ["newTermStart", "newTermEnd", "receiptReference", "amount"]),
        new("maintenance.reactivated", "Confirms the resumption after suspension, the free audit, the new term.", 0,
            ["newTermStart", "newTermEnd", "receiptReference", "amount"]),
        new("tacit.legal-notice", "The lawful day before the deadline to refuse: the right not to renew, the deadline in a box, how to say so, new term and price.", 0,
            ["reference", "amount", "termEnd", "newTermStart", "newTermEnd", "renewalMonths", "deadline", "refuseUrl", "senderAddress", "terminateUrl", "forConsumer", "forNonProfessional", "forBusiness"]),
        new("tacit.confirmation", "J, renewed tacitly: the new term, its price and order, the right to end it where the law gives one.", 0,
            ["reference", "amount", "newTermStart", "newTermEnd", "receiptReference", "payUrl", "orderNumber", "mayEnd", "terminateUrl"]),
        new("tacit.declined", "Acknowledges a refusal: when the contract ends, what happens to site, backups and access.", 0,
            ["reference", "termEnd", "services"]),
        new("tacit.received", "Acknowledges that the client asked for an end after the deadline to refuse: what was asked, when, that a person answers. Promises nothing.", 0,
            ["reference", "termEnd", "receivedOn", "deadline", "newTermStart", "newTermEnd", "amount"]),
        new("tacit.ended", "Acknowledges that the client ended a renewed contract of which no lawful notice was given: end date, effects, refund and its last day.", 0,
            ["reference", "endsOn", "services", "refund"]),
        new("maintenance.before-debit", "J-15, paid automatically: amount and day of the debit, how to change or stop it; asks for nothing.", 1,
            ["reference", "amount", "termEnd", "newTermStart", "newTermEnd", "manageUrl"]),
        new("maintenance.notice", "J-30: informs and serves, no urgency; recalls the value delivered; amount, new term, payment link.", 1,
            [.. Payment, .. Tones, "services"]),
        new("maintenance.attention", "J-7: the date is near; what renewing takes.", 2, [.. Payment, .. Tones]),
        new("tacit.reminder", "15 days before the deadline to refuse: recalls it, and what renews.", 2,
            ["reference", "amount", "termEnd", "newTermStart", "newTermEnd", "renewalMonths", "deadline", "refuseUrl", "senderAddress"]),
        new("maintenance.last-day", "J-1: short; payment link first; what stops and when unless renewed.", 3,
            [.. Payment, .. Tones, "services", "suspensionOn"]),
        new("maintenance.lapsed", "J+2: the term is over; the date on which care stops; the simple way to renew.", 4,
            [.. Payment, .. Tones, "suspensionOn"]),
        new("maintenance.reactivation", "J+14: offers a free audit on resumption; the simple way back; last date of the offer.", 5,
            [.. Payment, .. Tones, "offerUntil"]),
        new("maintenance.reactivation-2", "J+21: the same offer once more, before the contract is closed.", 6,
            [.. Payment, .. Tones, "offerUntil"]),
        new("maintenance.suspension", "J+7: states the suspension, its date, what is no longer done, the released liability, how to resume.", 7,
            [.. Payment, .. Tones, "services", "suspendedOn"]),
        new("maintenance.ended", "J+30: closes the contract politely; what the client now handles; data and backup hand-over.", 8,
            ["reference", "termEnd", "endsOn", "services", .. Tones]),
    ];

    /// <summary>Finds a message.</summary>
    /// <exception cref="ArgumentException">No such id; the message lists those that exist.</exception>
    public static TemplateEntry Get(string id) => All.FirstOrDefault(e => e.Id == id)
        ?? throw new ArgumentException($"StepId: no message '{id}'. Expected one of: {string.Join(", ", All.Select(e => e.Id))}.", nameof(id));
}
