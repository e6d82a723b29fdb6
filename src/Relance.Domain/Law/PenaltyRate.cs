using Relance.Domain.Billing;

namespace Relance.Domain.Law;

/// <summary>The yearly rate that a late business pays.</summary>
public abstract record PenaltyRate
{
    private PenaltyRate() { }

    /// <summary>Nothing agreed: ECB + 10 points of the semester (C. com. L441-10 II).</summary>
    public sealed record Default : PenaltyRate;

    /// <summary>Three times the legal rate of the semester: the least that may be agreed.</summary>
    public sealed record LegalTimesThree : PenaltyRate;

    /// <summary>A rate in the contract, in percent a year. Below the floor it is flagged and used as it stands, never corrected silently.</summary>
    public sealed record Contract(decimal Percent) : PenaltyRate;
}

/// <summary>Compares a contract's rate with the floor of a semester (C. com. L441-10 II).</summary>
/// <param name="Floor">Three times the legal rate, percent a year.</param>
public sealed record RateFloor(decimal Rate, Semester Semester, decimal Floor)
{
    /// <summary>The clause is below what the law allows.</summary>
    public bool BelowFloor => Rate < Floor;

    /// <summary>The comparison for one semester.</summary>
    /// <exception cref="RateMissingException">The semester is not in the table.</exception>
    public static RateFloor For(decimal rate, Semester semester, RateTable rates) => new(rate, semester, rates[semester].Floor);
}

/// <summary>Which rules of lateness a client falls under.</summary>
internal enum LateRules
{
    /// <summary>Interest from the day after the due date, 40 €.</summary>
    Business,
    /// <summary>The same with a rate frozen at the semester in which interest starts.</summary>
    PublicBody,
    /// <summary>Legal interest from the formal notice only; never 40 €.</summary>
    Civil,
}

/// <summary>The rules of each kind of client (legal-fr B2, B5, B8).</summary>
internal static class LateRulesOf
{
    public static LateRules Kind(ClientKind client) => client switch
    {
        ClientKind.Business => LateRules.Business,
        ClientKind.PublicBody => LateRules.PublicBody,
        _ => LateRules.Civil,
    };
}
