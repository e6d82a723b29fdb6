using System.Globalization;
using Relance.Domain.Billing;
using Relance.Domain.Calendar;
using Relance.Domain.Law;
using Relance.Operations;

namespace Relance.Legal;

/// <summary>Answers questions about the law that are given as text: command line and API are thin skins over it. It computes, and reads and writes no contract.</summary>
/// <remarks>A field that is wrong: <see cref="Agency.RefusedException"/>, which names it.</remarks>
internal sealed class LawDesk(RelanceSettings settings, RateFile rates)
{
    private readonly BusinessCalendar _calendar = new(
        settings.Calendar.TimeZone, SendingWindow.Default, settings.Calendar.BusinessDaysOnly, settings.Calendar.AlsaceMoselle ? HolidayRegion.AlsaceMoselle : HolidayRegion.Metropole);

    /// <summary>The window of a notice.</summary>
    public NoticeWindowAnswer Window(string? term, string? notice, string? client, string? termStart)
    {
        var (last, period, kind, first) = (LawText.Day("term", term), LawText.Notice("notice", notice), LawText.Client("client", client), LawText.OptionalDay("termStart", termStart));
        if (first > last)
            throw LawText.Expected("termStart", $"a day up to the term, {Iso(last)}");
        var window = NoticeWindow.For(last, period, kind, first);
        var thirty = last.AddDays(-30);
        return new NoticeWindowAnswer(
            kind.Code(), window.Covered, window.Deadline, window.Earliest, window.Latest, window.DefaultOn(_calendar), window.AlarmFrom, thirty, window.Allows(thirty),
            window.Blocked, window.Reason, Text(window.Articles), window.Working);
    }

    /// <summary>What lateness costs, until and with the day of payment.</summary>
    /// <exception cref="RateMissingException">A semester has no rates; the message names the file and the fields.</exception>
    public LatePaymentAnswer Late(LateQuestion asked)
    {
        var claim = asked.ToClaim();
        var late = LatePayment.For(claim, rates.Read());
        return new LatePaymentAnswer(
            claim.Client.Code(), Euros(claim.Principal), claim.Due, claim.Until, Euros(late.Interest), Euros(late.InterestDue), Euros(late.LumpSum), Euros(late.PrincipalDue),
            Euros(late.Surplus), Euros(late.Total), late.Segments.Any(s => s.BelowFloor), [.. late.Segments.Select(Segment)], Text(late.Articles), late.Working);
    }

    /// <summary>When an invoice is due; of the performance, where nothing is agreed.</summary>
    public DueDateAnswer Due(string? invoice, string? terms, string? client, bool periodic)
    {
        var (day, agreed, kind) = (LawText.Day("invoice", invoice), PaymentTerms.Parse("terms", terms), LawText.Client("client", client ?? ClientKind.Business.Code()));
        if (kind is not (ClientKind.Business or ClientKind.PublicBody))
            throw LawText.Expected("client", "business or public: the law sets no term of payment for others");
        var due = DueDate.For(day, agreed.Method, agreed.Days, kind, periodic);
        return new DueDateAnswer(day, agreed.ToString(), kind.Code(), due.Due, due.LatestAllowed, due.BeyondMaximum, Text(due.Articles), due.Working);
    }

    /// <summary>Until when a debt can be claimed.</summary>
    public LimitationAnswer Expiry(string? client, string? completed, string? acknowledged)
    {
        var (kind, done, written) = (LawText.Client("client", client), LawText.Day("completed", completed), LawText.OptionalDay("acknowledged", acknowledged));
        if (written < done)
            throw LawText.Expected("acknowledged", $"a day from the completion on, {Iso(done)}");
        var limitation = Limitation.For(kind, done, written);
        return new LimitationAnswer(kind.Code(), done, written, limitation.Expires, limitation.Alerts, Text(limitation.Articles), limitation.Working);
    }

    /// <summary>What goes back when no lawful notice was given.</summary>
    public RefundAnswer Refund(string? paid, string? from, string? to, string? ended, string? client)
    {
        var (sum, first, last, end) = (LawText.Amount("paid", paid), LawText.Day("from", from), LawText.Day("to", to), LawText.Day("ended", ended));
        var kind = LawText.Client("client", client ?? ClientKind.Unknown.Code());
        if (last < first)
            throw LawText.Expected("to", $"a day from {Iso(first)} on");
        if (!NoticeWindow.Covers(kind))
            throw LawText.Expected("client", "consumer, non-professional or unknown: L215-1 refunds no others");
        var refund = EarlyTermination.For(sum, new Term(first, last), end, kind);
        return new RefundAnswer(
            Euros(sum), first, last, end, kind.Code(), Euros(refund.Refund), refund.PayBy, refund.PayBy.AddDays(1), refund.InterestRate.ToString().ToLowerInvariant(), Text(refund.Articles), refund.Working);
    }

    private static SegmentAnswer Segment(LateSegment s) => new(
        s.Semester.ToString(), s.From, s.To, s.Days, Number(s.Rate, "0.00##"), s.Floor is { } floor ? Number(floor, "0.00##") : null, s.BelowFloor, Number(s.Balance, "0.00##"), Number(s.Interest, "0.0000"));

    private static string[] Text(IEnumerable<Article> articles) => [.. articles.Select(article => article.ToString())];

    private static string Euros(decimal amount) => Number(amount, "0.00");

    private static string Number(decimal number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
