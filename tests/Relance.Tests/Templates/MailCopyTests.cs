using System.Text.RegularExpressions;
using Relance.Templates;
using static Relance.Tests.Templates.MailFixtures;

namespace Relance.Tests.Templates;

/// <summary>What each message must say, and what no message may say.</summary>
public class MailCopyTests
{
    public static TheoryData<string> All => [.. TemplateCatalogue.All.Select(e => e.Id)];

    [Theory]
    [InlineData("maintenance.notice", "- les mises à jour", "régler la nouvelle période d’ici le 31 décembre 2026")]
    [InlineData("maintenance.attention", "1. Réglez 1\u202F234,50\u00A0€ TTC", "3. La maintenance se poursuit du 1er janvier 2027 au 31 décembre 2027")]
    [InlineData("maintenance.last-day", "La maintenance reste assurée jusqu’au 7 janvier 2027.", "- les sauvegardes")]
    [InlineData("maintenance.lapsed", "est arrivé à terme le 31 décembre 2026", "jusqu’au 7 janvier 2027, date à laquelle elle s’arrêtera")]
    [InlineData("maintenance.suspension", "Contrat arrivé à terme le 31 décembre 2026.", "la maintenance est suspendue à compter du 7 janvier 2027",
        "- les sauvegardes", "Vos données et les sauvegardes déjà réalisées sont conservées.", "plus exposé aux failles de sécurité",
        "l’agence Atelier Lumen est dégagée de toute responsabilité", "article\u00A01212 du Code civil", "Reprendre la maintenance")]
    [InlineData("maintenance.reactivation", "nous vous offrons un audit complet", "valable jusqu’au 29 janvier 2027")]
    [InlineData("maintenance.reactivation-2", "reste valable jusqu’au 29 janvier 2027", "nous clôturerons le contrat le 30 janvier 2027")]
    [InlineData("maintenance.reactivated", "du site www.boulangerie.example a repris", "audit, sans frais", "R-2187", "du 1er janvier 2027 au 31 décembre 2027")]
    [InlineData("maintenance.renewed", "vous remercions", "Reçu\u00A0: R-2187", "du 1er janvier 2027 au 31 décembre 2027")]
    [InlineData("maintenance.ended", "Il est clos le 30 janvier 2027.", "- les sauvegardes", "nous vous remettons la dernière sauvegarde", "n’appelle aucun règlement")]
    public void Each_message_carries_what_the_catalogue_asks_of_it(string step, params string[] parts)
    {
        var text = Flat(Renderer.Render(Mail(Item(step))).Text);

        foreach (var part in parts)
            text.ShouldContain(part);
    }

    [Theory]
    [InlineData("maintenance.renewed")]
    [InlineData("maintenance.reactivated")]
    [InlineData("maintenance.ended")]
    public void A_message_that_closes_something_asks_for_no_money(string step)
    {
        var mail = Renderer.Render(Mail(Item(step)));

        mail.Html.ShouldNotContain("shop.example");
        mail.Text.ShouldNotContain("IBAN");
    }

    [Theory]
    [InlineData(-1, "prend fin demain, le 31 décembre 2026")]
    [InlineData(0, "prend fin aujourd’hui, le 31 décembre 2026")]
    [InlineData(-3, "prend fin le 31 décembre 2026")]
    public void Tomorrow_is_said_only_on_the_eve(int day, string expected)
    {
        var mail = Renderer.Render(Mail(Item("maintenance.last-day")) with { SentOn = J.AddDays(day) });

        mail.Subject.ShouldEndWith(expected);
        mail.Text.Contains("demain", StringComparison.Ordinal).ShouldBe(day == -1);
    }

    [Theory, MemberData(nameof(All))]
    public void The_typography_is_French_whatever_is_known_of_the_client(string step)
    {
        var full = Item(step);
        MailItem[] variants =
        [
            full, full with { TransferAnnounced = true }, full with { NeedsLogin = true, InvoiceNumber = "F-9" },
            full with { PayUrl = null, SiteUrl = null, OrderNumber = null, ReceiptReference = null, StoppedServices = [] },
        ];
        foreach (var mail in variants.Select(v => Renderer.Render(Mail(v))).Append(Renderer.Render(Mail(variants) with { Test = true, RedirectedFrom = "a@b.example", Specimen = true })))
        {
            var copy = $"{mail.Subject}\n{Regex.Replace(mail.Text, @"(mailto:|https?://)\S+", "")}";
            Faults(copy).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("Merci !")]
    [InlineData("Merci!")]
    [InlineData("Échéance :")]
    [InlineData("« X »")]
    [InlineData("l'agence")]
    [InlineData("un  espace")]
    [InlineData("{{x}}")]
    public void The_lint_itself_sees_faults(string copy) => Faults(copy).ShouldNotBeEmpty();

    [Theory, MemberData(nameof(All))]
    public void No_message_threatens_blames_or_is_vague(string step)
    {
        var text = Flat(Renderer.Render(Mail(Item(step))).Text);

        foreach (var banned in new[] { "cliquez ici", "malheureusement", "dernier avertissement", "poursuites", "négligence", "malgré nos relances", "bientôt", "dans les plus brefs délais", "désolé", " tu ", " ton " })
            text.ShouldNotContain(banned, Case.Insensitive);
    }

    private static string Flat(string text) => Regex.Replace(text, "[ \n]+", " ");

    // Narrow no-break space before ; ! ?, no-break space before : » % and after « and n°, curly apostrophes, single spaces.
    private static IEnumerable<string> Faults(string copy) =>
        Regex.Matches(copy, """.{0,20}(?<!\u202F)[;!?].{0,5}|.{0,20}(?<!\u00A0)[:»%].{0,5}|(«|n°)(?!\u00A0).{0,5}|.{0,20}['"].{0,5}|\S {2,}\S|\{\{|\}\}""")
            .Select(m => m.Value);
}
