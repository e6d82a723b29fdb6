using Relance.Domain.Billing;
using Relance.Domain.Reminders;
using Relance.Templates;

namespace Relance.Tests.Templates;

internal static class MailFixtures
{
    public static MailRenderer Renderer { get; } = new();

    public static DateOnly J { get; } = new(2026, 12, 31);

    public static SenderIdentity AnAgency { get; } = new(
        "Atelier Lumen", "SARL", "732829320", "12 rue des Tanneurs, 44000 Nantes", "02 40 00 00 00", "bonjour@atelier-lumen.example",
        "FR7630006000011234567890189", "AGRIFRPP", "https://atelier-lumen.example");

    public static MailItem Item(string step, string reference = "MAINT-014") => new(
        step, reference, "Sérénité", "www.boulangerie.example", new Money(123450, "EUR"), J, J.AddDays(1), J.AddYears(1),
        J.AddDays(7), J.AddDays(30), null, J.AddDays(29), new Uri("https://shop.example/paiement/2187/?pay_for_order=true&key=wc_order_3Kd9"),
        false, false, "2187", null, step == "tacit.confirmation" ? null : "R-2187", ["les mises à jour", "les sauvegardes"])
    {
        Tacit = step.StartsWith("tacit.", StringComparison.Ordinal) ? new TacitMail(J.AddMonths(-2), 12, ClientKind.Consumer, new Uri("https://relance.example/c/a"), new Uri("https://relance.example/c/b")) : null,
    };

    public static MailModel Mail(params MailItem[] items) =>
        new(AnAgency, "Camille Moreau", items, J.AddDays(-30), false, null, "fr", Tone.Neutral, false);
}
