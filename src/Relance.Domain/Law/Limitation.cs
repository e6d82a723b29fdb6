using Relance.Domain.Billing;

namespace Relance.Domain.Law;

/// <summary>Until when a debt can still be claimed in court (legal-fr C3).</summary>
/// <param name="Expires">The last anniversary: from the day after it the claim is time-barred. Local date.</param>
/// <param name="Alerts">Days on which the agency is warned: six and two months before.</param>
/// <param name="Articles">The texts it rests on.</param>
/// <param name="Working">The computation, line by line.</param>
public sealed record Limitation(DateOnly Expires, IReadOnlyList<DateOnly> Alerts, IReadOnlyList<Article> Articles, IReadOnlyList<string> Working)
{
    /// <summary>Computes it: two years towards consumers and whoever is not known yet, four calendar years towards public bodies, five otherwise.</summary>
    /// <param name="completed">Day on which the service was completed.</param>
    /// <param name="acknowledged">Day of the debtor's latest written acknowledgement, which starts a new period; a formal notice does not.</param>
    /// <exception cref="ArgumentOutOfRangeException">The acknowledgement lies before the completion.</exception>
    public static Limitation For(ClientKind client, DateOnly completed, DateOnly? acknowledged = null)
    {
        if (acknowledged < completed)
            throw new ArgumentOutOfRangeException(nameof(acknowledged), $"acknowledged: expected a day from {completed:yyyy-MM-dd} on, got {acknowledged:yyyy-MM-dd}.");
        var from = acknowledged ?? completed;
        var (years, basis) = Rule(client);
        // Towards public bodies years count from the next 1 January: the last day is a 31 December.
        var (start, expires) = client == ClientKind.PublicBody
            ? (new DateOnly(from.Year + 1, 1, 1), new DateOnly(from.Year + years, 12, 31))
            : (from, from.AddYears(years));
        return new Limitation(expires, [expires.AddMonths(-6), expires.AddMonths(-2)],
            acknowledged is null || client == ClientKind.PublicBody ? [basis] : [basis, Article.Acknowledgement],
            [$"{(start == from ? "" : $"{from:yyyy-MM-dd} -> ")}{start:yyyy-MM-dd} + P{years}Y = {expires:yyyy-MM-dd}"]);
    }

    private static (int Years, Article Basis) Rule(ClientKind client) => client switch
    {
        ClientKind.Consumer or ClientKind.Unknown => (2, Article.ConsumerLimitation),
        ClientKind.PublicBody => (4, Article.PublicLimitation),
        ClientKind.Business => (5, Article.BusinessLimitation),
        _ => (5, Article.CivilLimitation),
    };
}
