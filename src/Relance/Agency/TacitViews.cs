namespace Relance.Agency;

/// <summary>What is recorded about a contract's tacit renewal.</summary>
/// <param name="Notice">The notice period, such as <c>P2M</c>; null while nobody has said: no notice can be computed.</param>
/// <param name="RenewalMonths">Months by which it renews.</param>
/// <param name="Reference">As the legal notice prints it.</param>
/// <param name="ConcludedOnline">Null while nobody has said.</param>
/// <param name="NoticeOff">Why the legal notice does not go, where a person said so.</param>
/// <param name="NoticeGiven">A notice that a person gave another way.</param>
/// <param name="NoticeMissed">A term that renews without a lawful notice.</param>
/// <param name="UnpaidTerm">The number of the running term while it is not paid.</param>
/// <param name="LegalNotice">The days of the running term's notice; null while the notice period is not known.</param>
public sealed record TacitView(
    string? Notice, int RenewalMonths, string Reference, bool? ConcludedOnline, Billing.NoticeOff? NoticeOff, Billing.NoticeGiven? NoticeGiven,
    Billing.NoticeMissed? NoticeMissed, int? UnpaidTerm, LegalNoticeView? LegalNotice);

/// <summary>When the legal notice of a term may and will go. Local dates of the shop.</summary>
/// <param name="Deadline">D: the last day on which the client may refuse.</param>
/// <param name="Covered">Whether the law sets the window (C. consom. L215-1).</param>
/// <param name="Earliest">First lawful day; null where the law sets none or none is possible.</param>
/// <param name="Latest">Last lawful day.</param>
/// <param name="AlarmFrom">From this day on it leaves at once, at any hour.</param>
/// <param name="DueOn">The day it goes; null where none is possible.</param>
/// <param name="Because">Why on that day, or why not at all, for people.</param>
/// <param name="Articles">The texts, by name.</param>
public sealed record LegalNoticeView(
    DateOnly Deadline, bool Covered, DateOnly? Earliest, DateOnly? Latest, DateOnly? AlarmFrom, DateOnly? DueOn, string Because, IReadOnlyList<string> Articles);
