using Relance.Domain.Billing;
using Relance.Domain.Reminders;

namespace Relance.Domain.Tests.Tones;

public sealed class The_tone_follows_the_relation
{
    private const long Large = 100_000;

    [Theory]
    [InlineData("", ToneReason.Usual, Tone.Neutral)]
    [InlineData("+", ToneReason.Usual, Tone.Neutral)]
    [InlineData("++", ToneReason.LoyalPayer, Tone.Gentle)]
    [InlineData("+++--", ToneReason.LoyalPayer, Tone.Gentle)]
    [InlineData("-++", ToneReason.Usual, Tone.Neutral)]
    [InlineData("-", ToneReason.Usual, Tone.Neutral)]
    [InlineData("--", ToneReason.OftenLate, Tone.Firm)]
    [InlineData("+--", ToneReason.OftenLate, Tone.Firm)]
    [InlineData("++---", ToneReason.Usual, Tone.Neutral)]
    public void By_the_latest_three_terms(string paid, ToneReason because, Tone tone) =>
        ToneChoice.For(Tone.Neutral, -30, Relation(paid), Euros(Large), Large).ShouldBe(new ToneChoice(tone, because));

    [Theory]
    [InlineData(0, Large, ToneReason.Usual, Tone.Neutral)]
    [InlineData(1, Large, ToneReason.LargeAmount, Tone.Firm)]
    [InlineData(1, Large - 1, ToneReason.Usual, Tone.Neutral)]
    public void By_the_amount_once_the_term_is_over(int day, long amount, ToneReason because, Tone tone) =>
        ToneChoice.For(Tone.Neutral, day, Relation("+"), Euros(amount), Large).ShouldBe(new ToneChoice(tone, because));

    [Theory]
    [InlineData(Tone.Gentle, "++", Tone.Gentle)]
    [InlineData(Tone.Gentle, "--", Tone.Neutral)]
    [InlineData(Tone.Firm, "++", Tone.Neutral)]
    [InlineData(Tone.Firm, "--", Tone.Firm)]
    public void From_the_usual_tone_of_the_agency(Tone usual, string paid, Tone tone) =>
        ToneChoice.For(usual, 7, Relation(paid), Euros(100), Large).Tone.ShouldBe(tone);

    private static Relation Relation(string paid) => new([.. paid.Select(c => c == '+')]);

    private static Money Euros(long minor) => new(minor, "EUR");
}
