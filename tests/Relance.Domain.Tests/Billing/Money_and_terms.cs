using Relance.Domain.Billing;

namespace Relance.Domain.Tests.Billing;

public sealed class Money_and_terms
{
    [Theory]
    [InlineData("144.00", "EUR", 14400)]
    [InlineData("144", "EUR", 14400)]
    [InlineData("144.0000", "EUR", 14400)]
    [InlineData("-0.01", "EUR", -1)]
    [InlineData("1500", "JPY", 1500)]
    [InlineData("1.234", "TND", 1234)]
    [InlineData("92233720368547758.07", "EUR", long.MaxValue)]
    public void An_amount_is_read_in_minor_units(string text, string currency, long minor) => Money.Parse(text, currency).ShouldBe(new Money(minor, currency));

    [Theory]
    [InlineData("JPY KRW XAF XOF XPF VND CLP", 1)]
    [InlineData("EUR CHF USD GBP CAD MAD", 100)]
    [InlineData("TND KWD BHD JOD OMR", 1000)]
    public void Each_currency_has_its_own_minor_unit(string currencies, long minorOfOne)
    {
        foreach (var currency in currencies.Split(' '))
            Money.Parse("1", currency).Minor.ShouldBe(minorOfOne, currency);
    }

    [Theory]
    [InlineData("1.00", "EuR", "currency")]
    [InlineData("144,00", "EUR", "amount")]
    [InlineData("1 440.00", "EUR", "amount")]
    [InlineData("", "EUR", "amount")]
    [InlineData("0.001", "EUR", "amount")]
    [InlineData("0.5", "JPY", "amount")]
    [InlineData("92233720368547758.08", "EUR", "amount")]
    [InlineData("-92233720368547758.09", "EUR", "amount")]
    [InlineData("79228162514264337593543950335", "EUR", "amount")]
    [InlineData("1.00", "eur", "currency")]
    [InlineData("1.00", "EURO", "currency")]
    [InlineData("1.00", null, "currency")]
    public void What_is_no_amount_is_refused_by_field(string text, string? currency, string field) =>
        Should.Throw<FormatException>(() => Money.Parse(text, currency!)).Message.ShouldStartWith(field + ":");

    [Fact]
    public void Amounts_of_one_currency_add_subtract_and_compare()
    {
        var (ten, three) = (new Money(1000, "EUR"), new Money(300, "EUR"));
        (ten + three).ShouldBe(new Money(1300, "EUR"));
        (three - ten).ShouldBe(new Money(-700, "EUR"));
        ten.CompareTo(three).ShouldBePositive();
        (ten - ten).ShouldBe(Money.Zero("EUR"));
        ten.Major.ShouldBe(10m);
        new Money(1050, "EUR").ToString().ShouldBe("10.5 EUR");
    }

    [Fact]
    public void Amounts_of_two_currencies_never_mix()
    {
        var (euro, franc) = (new Money(1, "EUR"), new Money(1, "XPF"));
        Should.Throw<InvalidOperationException>(() => euro + franc).Message.ShouldContain("XPF");
        Should.Throw<InvalidOperationException>(() => euro - franc).Message.ShouldContain("EUR");
        Should.Throw<InvalidOperationException>(() => euro.CompareTo(franc));
    }

    [Fact]
    public void A_sum_that_does_not_fit_is_an_error()
    {
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, "EUR") + new Money(1, "EUR"));
        Should.Throw<OverflowException>(() => new Money(long.MinValue, "EUR") - new Money(1, "EUR"));
    }

    [Theory]
    [InlineData("2026-01-31", 1, 1, "2026-01-31", "2026-02-27")]
    [InlineData("2026-01-31", 1, 2, "2026-02-28", "2026-03-30")]
    [InlineData("2026-01-31", 1, 3, "2026-03-31", "2026-04-29")]
    [InlineData("2024-02-29", 12, 1, "2024-02-29", "2025-02-27")]
    [InlineData("2024-02-29", 12, 5, "2028-02-29", "2029-02-27")]
    [InlineData("2026-03-15", 12, 2, "2027-03-15", "2028-03-14")]
    public void Month_ends_do_not_drift(string first, int months, int number, string start, string end) =>
        Term.Nth(DateOnly.Parse(first), months, number).ShouldBe(new Term(DateOnly.Parse(start), DateOnly.Parse(end)));

    [Fact]
    public void Terms_follow_each_other_without_a_gap()
    {
        foreach (var months in new[] { 1, 2, 3, 6, 12, 24 })
        {
            for (var day = new DateOnly(2024, 1, 1); day.Year == 2024; day = day.AddDays(1))
            {
                for (var number = 1; number <= 6; number++)
                    Term.Nth(day, months, number + 1).Start.ShouldBe(Term.Nth(day, months, number).End.AddDays(1), $"{day:O}, {months} months");
            }
        }
    }

    [Fact]
    public void An_impossible_term_is_refused()
    {
        var day = new DateOnly(2026, 1, 1);
        Should.Throw<ArgumentException>(() => new Term(day, day.AddDays(-1))).Message.ShouldContain("2026-01-01");
        new Term(day, day).End.ShouldBe(day);
        Should.Throw<ArgumentOutOfRangeException>(() => Term.Nth(day, 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Term.Nth(day, 1, 0));
    }
}
