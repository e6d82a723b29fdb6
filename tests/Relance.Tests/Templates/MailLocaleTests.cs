using System.Globalization;
using Relance.Domain.Billing;
using Relance.Templates;

namespace Relance.Tests.Templates;

public class MailLocaleTests
{
    private static readonly MailLocale French = MailLocale.Parse("fr", TemplateFiles.Read("fr.locale.txt"));

    private static readonly MailLocale English = MailLocale.Parse("en", TemplateFiles.Read("en.locale.txt"));

    [Theory]
    [InlineData(0, "EUR", "0,00\u00A0€")]
    [InlineData(5, "EUR", "0,05\u00A0€")]
    [InlineData(14400, "EUR", "144,00\u00A0€")]
    [InlineData(123450, "EUR", "1\u202F234,50\u00A0€")]
    [InlineData(123456789012, "EUR", "1\u202F234\u202F567\u202F890,12\u00A0€")]
    [InlineData(-123450, "EUR", "-1\u202F234,50\u00A0€")]
    [InlineData(1500, "XPF", "1\u202F500\u00A0XPF")]
    [InlineData(1234567, "TND", "1\u202F234,567\u00A0TND")]
    [InlineData(9900, "CHF", "99,00\u00A0CHF")]
    public void Amounts_are_written_as_in_French(long minor, string currency, string expected) =>
        French.Amount(new Money(minor, currency)).ShouldBe(expected);

    [Theory]
    [InlineData("2027-01-01", "1er janvier 2027", "01/01/2027")]
    [InlineData("2026-12-31", "31 décembre 2026", "31/12/2026")]
    [InlineData("2028-02-29", "29 février 2028", "29/02/2028")]
    [InlineData("2027-08-11", "11 août 2027", "11/08/2027")]
    public void Dates_are_written_as_in_French(string date, string expected, string brief)
    {
        var day = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        French.DateLong(day).ShouldBe(expected);
        French.DateShort(day).ShouldBe(brief);
    }

    [Theory]
    [InlineData(0, "EUR", "€0.00")]
    [InlineData(123450, "EUR", "€1,234.50")]
    [InlineData(-123450, "EUR", "-€1,234.50")]
    [InlineData(9900, "GBP", "£99.00")]
    [InlineData(9900, "CHF", "CHF\u00A099.00")]
    public void Amounts_are_written_as_in_English(long minor, string currency, string expected) =>
        English.Amount(new Money(minor, currency)).ShouldBe(expected);

    [Fact]
    public void Dates_and_plurals_are_written_as_in_British_English()
    {
        English.DateLong(new(2027, 1, 1)).ShouldBe("1 January 2027");
        English.DateShort(new(2026, 12, 31)).ShouldBe("31/12/2026");
        new[] { 0, 1, 2 }.Select(n => English.Plural(n, "contract", "contracts")).ShouldBe(["contracts", "contract", "contracts"]);
    }

    [Theory]
    [InlineData(0, "contrat")]
    [InlineData(1, "contrat")]
    [InlineData(2, "contrats")]
    public void Zero_is_singular_in_French(int count, string expected) => French.Plural(count, "contrat", "contrats").ShouldBe(expected);

    [Theory]
    [InlineData("Merci !", "Merci\u202F!")]
    [InlineData("l'an", "l’an")]
    [InlineData("« {{x}} » : {{date y}} ;", "«\u00A0{{x}}\u00A0»\u00A0: {{date y}}\u202F;")]
    [InlineData("<p style='a : b'>x : y</p>", "<p style='a : b'>x\u00A0: y</p>")]
    [InlineData("n° {{x}}, 20 %", "n°\u00A0{{x}}, 20\u00A0%")]
    [InlineData("a { b ? c", "a { b\u202F? c")]
    public void Copy_is_typeset_and_the_rest_left_alone(string template, string expected) => Typography.French(template).ShouldBe(expected);

    [Theory]
    [InlineData("months = janvier", "'months' must list twelve names")]
    [InlineData("reply.contract = {3}", "'reply.contract' may hold {0}, {1} and {2} only")]
    [InlineData("nope = x", "unknown key 'nope'; allowed: months")]
    [InlineData("singular = deux", "'singular' must list numbers")]
    public void A_faulty_line_is_refused(string line, string expected) =>
        Should.Throw<TemplateException>(() => MailLocale.Parse("fr", TemplateFiles.Read("fr.locale.txt") + "\n" + line)).Message.ShouldContain(expected);

    [Fact]
    public void A_missing_line_is_refused() =>
        Should.Throw<TemplateException>(() => MailLocale.Parse("fr", "typography = french")).Faults.ShouldContain("fr/locale.txt: the key 'months' is missing.");
}
