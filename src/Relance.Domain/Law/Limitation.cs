using Relance.Domain.Billing;

namespace Relance.Domain.Law;

/// <summary>Until when a debt can still be claimed in court (legal-fr C3).</summary>
/// <param name="Expires">The last anniversary: from the day after it the claim is time-barred. Local date.</param>
/// <param name="Alerts">Days on which the agency is warned: six and two months before.</param>
/// <param name="Articles">The texts it rests on.</param>
/// <param name="Working">The computation, line by line.</param>
public sealed record Limitation(DateOnly Expires, IReadOnlyList<DateOnly> Alerts, IReadOnlyList<Article> Articles, IReadOnlyList<string> Working)
{
    /// <summary>Computes it: two years towards consumers and whoever is not known yet, five otherwise.</summary>
    /// <param name="completed">Day on which the service was completed.</param>
    /// <param name="acknowledged">Day of the debtor's latest written acknowledgement, which starts a new period; a formal notice does not.</param>
    /// <exception cref="ArgumentOutOfRangeException">The acknowledgement lies before the completion.</exception>
    public static Limitation For(ClientKind client, DateOnly completed, DateOnly? acknowledged = null)
    {
        if (acknowledged < completed)
            throw new ArgumentOutOfRangeException(nameof(acknowledged), $"acknowledged: expected a day from {completed:yyyy-MM-dd} on, got {acknowledged:yyyy-MM-dd}.");
        var (from, years) = (acknowledged ?? completed, client is ClientKind.Consumer or ClientKind.Unknown ? 2 : 5);
        var expires = from.AddYears(years);
        Article[] basis = [client switch
        {
            ClientKind.Consumer or ClientKind.Unknown => Article.ConsumerLimitation,
            ClientKind.Business => Article.BusinessLimitation,
            _ => Article.CivilLimitation,
        }];
        return new Limitation(expires, [expires.AddMonths(-6), expires.AddMonths(-2)],
            acknowledged is null ? basis : [.. basis, Article.Acknowledgement], [$"{from:yyyy-MM-dd} + P{years}Y = {expires:yyyy-MM-dd}"]);
    }
}
