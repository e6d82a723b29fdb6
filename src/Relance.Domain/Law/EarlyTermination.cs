using System.Globalization;
using Relance.Domain.Billing;

namespace Relance.Domain.Law;

/// <summary>What goes back to a client who ends a renewed contract of which no lawful notice was given (C. consom. L215-1).</summary>
/// <param name="Refund">Euros, rounded once to the cent, half up.</param>
/// <param name="PayBy">Last day to pay it back; legal interest runs from the day after.</param>
/// <param name="InterestRate">Which legal rate then runs, since the client is the creditor.</param>
/// <param name="Articles">The texts it rests on.</param>
/// <param name="Working">The computation, line by line.</param>
public sealed record EarlyTermination(decimal Refund, DateOnly PayBy, LegalRateColumn InterestRate, IReadOnlyList<Article> Articles, IReadOnlyList<string> Working)
{
    private const int DaysToPay = 30;

    /// <summary>Computes the refund: the advance minus the part executed up to the day on which the contract ended, included.</summary>
    /// <param name="paid">Euros paid for the whole period.</param>
    /// <param name="period">The renewed term that was paid.</param>
    /// <param name="endedOn">The contract's last day; before the period: everything goes back, after it: nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative amount.</exception>
    public static EarlyTermination For(decimal paid, Term period, DateOnly endedOn, ClientKind client = ClientKind.Consumer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(paid);
        var days = period.End.DayNumber - period.Start.DayNumber + 1;
        var left = Math.Clamp(period.End.DayNumber - endedOn.DayNumber, 0, days);
        var refund = Cents.Round(paid * left / days);
        return new EarlyTermination(refund, endedOn.AddDays(DaysToPay), client is ClientKind.Consumer or ClientKind.Unknown ? LegalRateColumn.Individuals : LegalRateColumn.Professionals,
            [Article.RenewalNotice, Article.RefundInterest], [string.Create(CultureInfo.InvariantCulture, $"{paid:0.00} x {left} / {days} = {refund:0.00}"), $"{endedOn:yyyy-MM-dd} + P{DaysToPay}D = {endedOn.AddDays(DaysToPay):yyyy-MM-dd}"]);
    }
}
