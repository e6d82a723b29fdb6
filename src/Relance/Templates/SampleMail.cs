using Relance.Domain.Billing;
using Relance.Domain.Reminders;

namespace Relance.Templates;

/// <summary>A realistic client of a fictitious agency, on the day each step is due.</summary>
internal static class SampleMail
{
    private static readonly DateOnly TermEnd = new(2026, 12, 31);

    private static readonly SenderIdentity Sender = new(
        "Atelier Lumen", "SARL au capital de 10\u202F000\u00A0€", "732829320", "12 rue des Tanneurs, 44000 Nantes", "02 40 00 00 00",
        "bonjour@atelier-lumen.example", "FR7630006000011234567890189", "AGRIFRPP", "https://atelier-lumen.example");

    public static MailModel Of(string stepId, string locale, Tone tone, IReadOnlyList<string> services) => new(
        Sender, "Camille Moreau", [Item(stepId, services)], TermEnd.AddDays(Offset(stepId)), Test: false, RedirectedFrom: null,
        locale, tone, Specimen: true);

    private static MailItem Item(string stepId, IReadOnlyList<string> services) => new(
        stepId, "MAINT-2026-014", "Sérénité", "www.boulangerie-moreau.example", new Money(118800, "EUR"), TermEnd,
        TermEnd.AddDays(1), TermEnd.AddYears(1), TermEnd.AddDays(7), TermEnd.AddDays(30), SuspendedOn: Offset(stepId) >= 7 ? TermEnd.AddDays(7) : null, TermEnd.AddDays(29),
        new Uri("https://atelier-lumen.example/commander/paiement/2187/?pay_for_order=true&key=wc_order_3Kd9"),
        TransferAnnounced: false, NeedsLogin: false, "2187", InvoiceNumber: null, ReceiptReference: stepId == TacitSequence.Confirmation ? null : "R-2187",
        services)
    {
        ManageUrl = new Uri("https://atelier-lumen.example/mon-compte/view-subscription/2187/"),
        Tacit = new TacitMail(TermEnd.AddMonths(-2), 12, ClientKind.Consumer, new Uri("https://relance.atelier-lumen.example/c/3Kd9"), new Uri("https://relance.atelier-lumen.example/c/7Qa2")) { Refund = new Money(109036, "EUR"), RefundBy = TermEnd.AddDays(60) },
    };

    private static int Offset(string stepId) => stepId switch
    {
        TacitSequence.LegalNotice => -122,
        TacitSequence.Reminder => -76,
        TacitSequence.Declined => -70,
        TacitSequence.Received => -40,
        TacitSequence.Confirmation => 0,
        TacitSequence.Ended => 30,
        "maintenance.notice" => -30,
        "maintenance.before-debit" => -15,
        "maintenance.attention" => -7,
        "maintenance.last-day" => -1,
        "maintenance.lapsed" => 2,
        "maintenance.suspension" => 7,
        "maintenance.reactivation" => 14,
        "maintenance.reactivation-2" => 21,
        "maintenance.reactivated" => 16,
        "maintenance.ended" => 30,
        _ => -12,
    };
}
