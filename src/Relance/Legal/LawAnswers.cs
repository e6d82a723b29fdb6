namespace Relance.Legal;

/// <summary>What every answer about the law carries.</summary>
public interface ILawAnswer
{
    /// <summary>The texts it rests on.</summary>
    IReadOnlyList<string> Articles { get; }

    /// <summary>The computation, line by line, in ISO dates and durations.</summary>
    IReadOnlyList<string> Working { get; }
}

/// <summary>When the notice of a tacit renewal may lawfully be sent (C. consom. L215-1). Local dates, both ends included.</summary>
/// <param name="Client">consumer, business, non-professional, public or unknown.</param>
/// <param name="Covered">Whether L215-1 protects this client; unknown counts as covered.</param>
/// <param name="Deadline">The last day on which the client may refuse.</param>
/// <param name="Earliest">First lawful day; null where not covered or blocked.</param>
/// <param name="Latest">Last lawful day; null where not covered or blocked.</param>
/// <param name="SendOn">The day Relance takes: two months before the deadline, earlier around weekends and holidays.</param>
/// <param name="AlarmFrom">From this day on the notice leaves at once.</param>
/// <param name="JMinus30">Thirty days before the term.</param>
/// <param name="JMinus30Lawful">Whether a notice on that day would be lawful.</param>
/// <param name="Blocked">No day is lawful: the term is too short for its notice.</param>
/// <param name="Reason">Why.</param>
public sealed record NoticeWindowAnswer(
    string Client, bool Covered, DateOnly Deadline, DateOnly? Earliest, DateOnly? Latest, DateOnly? SendOn, DateOnly? AlarmFrom, DateOnly JMinus30, bool JMinus30Lawful,
    bool Blocked, string? Reason, IReadOnlyList<string> Articles, IReadOnlyList<string> Working) : ILawAnswer;

/// <summary>Days of one semester on one balance.</summary>
/// <param name="Semester">Such as 2026-S2.</param>
/// <param name="Days">Days counted.</param>
/// <param name="Rate">Percent a year.</param>
/// <param name="Floor">Between businesses: three times the legal rate, the least a contract may set.</param>
/// <param name="BelowFloor">The contract's rate is below it: flagged, used as it stands.</param>
/// <param name="Balance">Unpaid principal on these days, euros.</param>
/// <param name="Interest">Euros, not rounded to cents: that happens once, on the sum.</param>
public sealed record SegmentAnswer(string Semester, DateOnly From, DateOnly To, int Days, string Rate, string? Floor, bool BelowFloor, string Balance, string Interest);

/// <summary>What lateness costs, in euros. Interest and lump sum have their own lines: the invoice is never altered.</summary>
/// <param name="Interest">All interest accrued, rounded once.</param>
/// <param name="InterestDue">What partial payments left of it.</param>
/// <param name="LumpSum">40.00 per late invoice of a professional, else 0.00; never part of the interest.</param>
/// <param name="PrincipalDue">What is left of the principal.</param>
/// <param name="Surplus">Received beyond principal and interest.</param>
/// <param name="Total">Principal, interest and lump sum that are still owed.</param>
/// <param name="BelowFloor">In at least one semester the contract's rate is below the floor.</param>
/// <param name="Segments">The oldest first.</param>
public sealed record LatePaymentAnswer(
    string Client, string Principal, DateOnly Due, DateOnly Paid, string Interest, string InterestDue, string LumpSum, string PrincipalDue, string Surplus, string Total,
    bool BelowFloor, IReadOnlyList<SegmentAnswer> Segments, IReadOnlyList<string> Articles, IReadOnlyList<string> Working) : ILawAnswer;

/// <summary>When an invoice is due.</summary>
/// <param name="Terms">As they were understood.</param>
/// <param name="LatestAllowed">The latest due date that may be agreed.</param>
/// <param name="BeyondMaximum">The agreed term is longer: flagged, never corrected silently.</param>
public sealed record DueDateAnswer(
    DateOnly Invoice, string Terms, string Client, DateOnly Due, DateOnly LatestAllowed, bool BeyondMaximum, IReadOnlyList<string> Articles, IReadOnlyList<string> Working) : ILawAnswer;

/// <summary>Until when a debt can be claimed in court.</summary>
/// <param name="Expires">The last day: from the next on the claim is time-barred.</param>
/// <param name="Alerts">Six and two months before.</param>
public sealed record LimitationAnswer(
    string Client, DateOnly Completed, DateOnly? Acknowledged, DateOnly Expires, IReadOnlyList<DateOnly> Alerts, IReadOnlyList<string> Articles, IReadOnlyList<string> Working) : ILawAnswer;

/// <summary>What goes back to a client who ends a renewed contract of which no lawful notice was given.</summary>
/// <param name="Refund">Euros.</param>
/// <param name="PayBy">Last day to pay it back.</param>
/// <param name="InterestFrom">From this day on the refund bears legal interest.</param>
/// <param name="InterestRate">Which legal rate: individuals or professionals.</param>
public sealed record RefundAnswer(
    string Paid, DateOnly From, DateOnly To, DateOnly EndedOn, string Client, string Refund, DateOnly PayBy, DateOnly InterestFrom, string InterestRate,
    IReadOnlyList<string> Articles, IReadOnlyList<string> Working) : ILawAnswer;
