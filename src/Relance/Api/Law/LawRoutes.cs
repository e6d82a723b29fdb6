using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Legal;

namespace Relance.Api;

/// <summary>Questions about the law: the answers that mails, pages and the command line show, each with its articles and its working.</summary>
internal static class LawRoutes
{
    /// <summary>The tag, whose parameters have meanings of their own.</summary>
    public const string Tag = "Law";

    public static void MapLaw(this IEndpointRouteBuilder api)
    {
        var law = api.MapGroup("/law").WithTags(Tag);
        law.MapGet("/notice-window", Window).Is("noticeWindow", KeyScope.Read, "When a notice of renewal is lawful",
            "Between three months and one month before the last day to refuse (C. consom., L215-1), for consumers, non-professionals and clients of unknown kind.");
        law.MapGet("/late-payment", Late).Is("latePayment", KeyScope.Read, "What late payment costs",
            "Interest by semester and the lump sum of 40 €, by the rules of the client's kind. A semester without rates is refused, never extrapolated.");
        law.MapGet("/due-date", Due).Is("dueDate", KeyScope.Read, "When an invoice is due", "Between businesses (C. com., L441-10) and for public buyers, with the latest day that may be agreed.");
        law.MapGet("/limitation", Expiry).Is("limitation", KeyScope.Read, "Until when a debt can be claimed", "Two years towards consumers, four calendar years towards public bodies, five otherwise; with alerts six and two months before.");
        law.MapGet("/refund", Refund).Is("refund", KeyScope.Read, "What goes back without a lawful notice", "The advance less the executed part, when a client ends a tacitly renewed contract (C. consom., L215-1).");
        law.MapGet("/calendar", CalendarAsync).Is("legalCalendar", KeyScope.Read, "Show the legal dates that come",
            "Of every open contract that renews tacitly: when the notice may go, goes, and must have gone; the last day to refuse; the end of the term.");
        law.MapGet("/audit", AuditAsync).Is("legalAudit", KeyScope.Read, "Show what is not in order for the law",
            "Notices missed, impossible or near their last lawful day, clients of unknown kind, clauses that are not recorded; faults first.");
    }

    private static async Task<Ok<LegalCalendar>> CalendarAsync(int? days, string? shop, LegalReads reads, CancellationToken ct) => TypedResults.Ok(await reads.CalendarAsync(days, shop, ct));

    private static async Task<Ok<LegalAudit>> AuditAsync(string? shop, string? locale, LegalReads reads, CancellationToken ct) => TypedResults.Ok(await reads.AuditAsync(shop, Locale.Of(locale), ct));

    private static Ok<NoticeWindowAnswer> Window(string? term, string? notice, string? client, string? termStart, LawDesk law) => TypedResults.Ok(law.Window(term, notice, client, termStart));

    private static Ok<LatePaymentAnswer> Late(
        string? client, string? principal, string? due, string? paid, string? rate, string? formalNotice, string[]? payment, string[]? credit, LawDesk law) =>
        TypedResults.Ok(law.Late(new(client, principal, due, paid, rate, formalNotice, payment, credit)));

    private static Ok<DueDateAnswer> Due(string? invoice, string? terms, string? client, bool? periodic, LawDesk law) => TypedResults.Ok(law.Due(invoice, terms, client, periodic ?? false));

    private static Ok<LimitationAnswer> Expiry(string? client, string? completed, string? acknowledged, LawDesk law) => TypedResults.Ok(law.Expiry(client, completed, acknowledged));

    private static Ok<RefundAnswer> Refund(string? paid, string? from, string? to, string? ended, string? client, LawDesk law) => TypedResults.Ok(law.Refund(paid, from, to, ended, client));
}
