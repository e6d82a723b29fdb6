using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;
using Relance.Evidence;
using Relance.Operations;

namespace Relance.Dashboard;

/// <summary>The pages that only show: today, contracts, messages, tasks, approvals.</summary>
internal static class ReadingPages
{
    public static void MapReading(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", async (AgencyReads reads, CancellationToken ct) => Show.Page<Pages.TodayPage>(new { View = await reads.TodayAsync(Words.Language, ct) }));
        pages.MapGet("/contracts", ContractsAsync);
        pages.MapGet("/contracts/{id}", async (string id, AgencyReads reads, RelanceSettings settings, CancellationToken ct) =>
            Show.Page<Pages.ContractPage>(new { View = await reads.ContractAsync(id, Words.Language, ct), Zone = settings.Calendar.TimeZone }));
        pages.MapGet("/contracts/{id}/evidence", EvidenceAsync);
        pages.MapGet("/messages/{id}", async (string id, AgencyReads reads, RelanceSettings settings, CancellationToken ct) =>
            Show.Page<Pages.MessagePage>(new { View = await reads.MessageAsync(id, ct), Zone = settings.Calendar.TimeZone }));
        pages.MapGet("/messages/{id}/frame", FrameAsync);
        pages.MapGet("/messages/{id}/eml", EmlAsync);
        pages.MapGet("/tasks", TasksAsync);
        pages.MapGet("/approvals", async (string? after, AgencyReads reads, CancellationToken ct) =>
            Show.Page<Pages.ApprovalsPage>(new { View = await reads.ApprovalsAsync(new ApprovalFilter(After: after), ct) }));
    }

    private static async Task<FileStreamHttpResult> EvidenceAsync(string id, Dossiers dossiers, CancellationToken ct) =>
        TypedResults.Stream(await DossierFile.WholeAsync(to => dossiers.WriteAsync(id, to, Words.Language, pdf: true, ct)), "application/zip", dossiers.FileName(id));

    private static async Task<IResult> ContractsAsync(string? standing, string? search, string? after, AgencyReads reads, CancellationToken ct)
    {
        var filter = new ContractFilter(Standing: Given(standing), Search: Given(search), After: after);
        return Show.Page<Pages.ContractsPage>(new { View = await reads.ContractsAsync(filter, ct), Filter = filter });
    }

    private static async Task<IResult> TasksAsync(string? state, string? after, AgencyReads reads, CancellationToken ct)
    {
        var filter = new TaskFilter(State: Given(state) ?? "open", Locale: Words.Language, After: after);
        return Show.Page<Pages.TasksPage>(new { View = await reads.TasksAsync(filter, ct), Filter = filter });
    }

    // The frame may do nothing at all: no script, no form, no request. What has not left is shown as it would leave now.
    private static async Task<IResult> FrameAsync(string id, HttpContext http, AgencyReads reads, MailPreviews previews, CancellationToken ct)
    {
        var html = await reads.MailBytesAsync(id, ct) is { } bytes ? MailFrame.Html(bytes)
            : MailFrame.Html(await previews.DraftAsync(id, ct));
        SecurityHeaders.OfMail(http);
        return TypedResults.Content(html, "text/html; charset=utf-8");
    }

    private static async Task<FileContentHttpResult> EmlAsync(string id, AgencyReads reads, CancellationToken ct) =>
        TypedResults.File((await BytesAsync(id, reads, ct)).ToArray(), "message/rfc822", $"{id}.eml");

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(string id, AgencyReads reads, CancellationToken ct) =>
        await reads.MailBytesAsync(id, ct) ?? throw RefusedException.NotFound("message", id);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
