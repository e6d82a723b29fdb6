using System.Globalization;

namespace Relance.Domain.Law;

/// <summary>Days of one semester on one balance.</summary>
/// <param name="From">First day counted.</param>
/// <param name="To">Last day counted.</param>
/// <param name="Rate">Percent a year.</param>
/// <param name="Balance">Principal still unpaid on these days, euros, not rounded.</param>
/// <param name="Floor">Between businesses: three times the legal rate of this semester, the least a contract may set; else null.</param>
public sealed record LateSegment(Semester Semester, DateOnly From, DateOnly To, decimal Rate, decimal Balance, decimal? Floor)
{
    /// <summary>The contract's rate is below the floor: flagged, used as it stands.</summary>
    public bool BelowFloor => Rate < Floor;

    /// <summary>Days counted.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Interest in euros, not rounded.</summary>
    public decimal Interest => Balance * Rate * Days / 36500m;
}

/// <summary>What lateness costs (legal-fr B2 to B8), in euros. Interest and lump sum have their own lines: the invoice is never altered.</summary>
/// <param name="Interest">All interest accrued until the last day counted, rounded once.</param>
/// <param name="InterestDue">What is left of it after partial payments.</param>
/// <param name="LumpSum">40 per late invoice of a professional, else 0; never part of the interest.</param>
/// <param name="PrincipalDue">What is left of the principal.</param>
/// <param name="Surplus">Received beyond principal and interest.</param>
/// <param name="Articles">The texts it rests on.</param>
/// <param name="Working">The computation, line by line.</param>
public sealed record LatePayment(
    decimal Interest, decimal InterestDue, decimal LumpSum, decimal PrincipalDue, decimal Surplus, IReadOnlyList<LateSegment> Segments,
    IReadOnlyList<Article> Articles, IReadOnlyList<string> Working)
{
    /// <summary>Everything still owed: principal, interest, lump sum.</summary>
    public decimal Total => PrincipalDue + InterestDue + LumpSum;

    /// <summary>Days count from the day after the due date to the payment, included; the year has 365.</summary>
    /// <exception cref="RateMissingException">A semester is not in the table.</exception>
    /// <exception cref="ArgumentException">An amount or rate that is not possible; the message names it.</exception>
    public static LatePayment For(LateClaim claim, RateTable rates)
    {
        claim.Check();
        var ledger = new LateLedger(claim, rates);
        ledger.Run();
        var late = claim.Rules != LateRules.Civil && ledger.WasLate;
        return new LatePayment(
            Cents.Round(ledger.Accrued), Cents.Round(ledger.InterestDue), late ? LumpSumEuros : 0m, Cents.Round(ledger.Principal), Cents.Round(ledger.Surplus),
            ledger.Segments, [.. Basis(claim, late)], [.. ledger.Segments.Select(Line), .. ledger.Working, .. ledger.WasLate ? (string[])[] : [Nothing(claim)]]);
    }

    private const decimal LumpSumEuros = 40m;

    private static string Line(LateSegment s) => string.Create(CultureInfo.InvariantCulture,
        $"{s.Semester}: {s.Balance:0.00##} x {s.Rate:0.00##} % x {s.Days} / 365 = {s.Interest:0.0000}{(s.BelowFloor ? " (below the floor of C. com. L441-10)" : "")}");

    private static string Nothing(LateClaim claim) => claim.RunsAfter is { } day
        ? $"0: nothing was unpaid after {day:yyyy-MM-dd}, until {claim.Until:yyyy-MM-dd}"
        : "0: no formal notice (C. civ. 1344-1)";

    private static IEnumerable<Article> Basis(LateClaim claim, bool late)
    {
        Article[] basis = claim.Rules switch
        {
            LateRules.Business => [Article.BusinessPayment],
            LateRules.PublicBody => [Article.PublicInterest],
            _ => [Article.LegalInterest, Article.FormalNotice, Article.LegalRate],
        };
        return basis.Concat(late ? [claim.Rules == LateRules.PublicBody ? Article.PublicLumpSum : Article.LumpSum] : []).Concat(claim.Payments.Count > 0 ? [Article.PartialPayment] : []);
    }
}
