using Relance.Domain.Billing;

namespace Relance.Domain.Law;

/// <summary>How two businesses agreed to count a term of payment.</summary>
public enum TermsMethod
{
    /// <summary>Nothing agreed: 30 days from performance.</summary>
    Default,
    /// <summary>Days from the invoice.</summary>
    Days,
    /// <summary>Days from the invoice, then to the end of that month.</summary>
    DaysThenMonthEnd,
    /// <summary>To the end of the invoice's month, then the days.</summary>
    MonthEndThenDays,
}

/// <summary>When an invoice is due (C. com. L441-10 I).</summary>
/// <param name="Due">Local date.</param>
/// <param name="LatestAllowed">The latest due date that may be agreed.</param>
/// <param name="Articles">The texts it rests on.</param>
/// <param name="Working">The computation, line by line.</param>
public sealed record DueDate(DateOnly Due, DateOnly LatestAllowed, IReadOnlyList<Article> Articles, IReadOnlyList<string> Working)
{
    private const int DefaultDays = 30, LongestDays = 60, LongestMonthEndDays = 45;

    /// <summary>The agreed term is longer than the law allows: flagged, never corrected silently.</summary>
    public bool BeyondMaximum => Due > LatestAllowed;

    /// <summary>Computes the due date.</summary>
    /// <param name="invoice">Date of the invoice; of the performance for <see cref="TermsMethod.Default"/>.</param>
    /// <param name="days">Agreed days; not used by <see cref="TermsMethod.Default"/>.</param>
    /// <param name="periodic">A periodic (summary) invoice: 45 days at most.</param>
    /// <param name="client">A business or a public body: the law sets no term for others.</param>
    /// <exception cref="ArgumentOutOfRangeException">Days below 0 or above 3660, or another kind of client.</exception>
    public static DueDate For(DateOnly invoice, TermsMethod method, int days = DefaultDays, ClientKind client = ClientKind.Business, bool periodic = false)
    {
        if (client is not (ClientKind.Business or ClientKind.PublicBody))
            throw new ArgumentOutOfRangeException(nameof(client), $"client: expected a business or a public body, got {client}: the law sets no term of payment for others.");
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 3660);
        var (due, working) = Count(invoice, method, method == TermsMethod.Default ? DefaultDays : days);
        var latest = (client, periodic, method) switch
        {
            (ClientKind.PublicBody, _, _) => invoice.AddDays(DefaultDays),
            (_, true, _) => invoice.AddDays(LongestMonthEndDays),
            (_, _, TermsMethod.DaysThenMonthEnd) => MonthEnd(invoice.AddDays(LongestMonthEndDays)),
            (_, _, TermsMethod.MonthEndThenDays) => MonthEnd(invoice).AddDays(LongestMonthEndDays),
            _ => invoice.AddDays(LongestDays),
        };
        return new DueDate(due, latest, [client == ClientKind.PublicBody ? Article.PublicPayment : Article.BusinessPayment], [working]);
    }

    private static (DateOnly, string) Count(DateOnly invoice, TermsMethod method, int days)
    {
        var due = method switch
        {
            TermsMethod.DaysThenMonthEnd => MonthEnd(invoice.AddDays(days)),
            TermsMethod.MonthEndThenDays => MonthEnd(invoice).AddDays(days),
            _ => invoice.AddDays(days),
        };
        return (due, method switch
        {
            TermsMethod.DaysThenMonthEnd => $"{invoice:yyyy-MM-dd} + P{days}D = {invoice.AddDays(days):yyyy-MM-dd} -> {due:yyyy-MM-dd}",
            TermsMethod.MonthEndThenDays => $"{invoice:yyyy-MM-dd} -> {MonthEnd(invoice):yyyy-MM-dd} + P{days}D = {due:yyyy-MM-dd}",
            _ => $"{invoice:yyyy-MM-dd} + P{days}D = {due:yyyy-MM-dd}",
        });
    }

    private static DateOnly MonthEnd(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
}
