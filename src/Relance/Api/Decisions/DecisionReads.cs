using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>What waits for a person, and what a person decided.</summary>
internal static class DecisionReads
{
    public static void MapDecisionReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", ApprovalsAsync).WithTags("Approvals").Is("listApprovals", KeyScope.Read, "List what waits for approval",
            "Messages that leave only once somebody has said yes; without an answer each is skipped after its last day.");
        api.MapGet("/tasks", TasksAsync).WithTags("Tasks").Is("listTasks", KeyScope.Read, "List tasks", "What only a person can do, the most urgent first, each with its script and the ways it may end.");
        api.MapGet("/tasks/{id}", TaskAsync).WithTags("Tasks").Is("getTask", KeyScope.Read, "Show a task", "One task, open or done.");
        api.MapGet("/pauses", PausesAsync).WithTags("Pauses").Is("listPauses", KeyScope.Read, "List pauses", "Until when reminders wait: of everything, a shop, a client or a contract.");
    }

    private static async Task<Ok<Listing<ApprovalItem>>> ApprovalsAsync(
        string? shop, string? step, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.ApprovalsAsync(new(shop, step, page.After, page.Size), ct), item => item);

    private static async Task<Ok<Listing<TaskItem>>> TasksAsync(
        string? shop, string? state, string? kind, string? subject, bool? overdue, string? locale, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.TasksAsync(new(shop, state ?? "open", kind, subject, overdue ?? false, Locale.Of(locale), page.After, page.Size), ct), item => item);

    private static async Task<Ok<TaskItem>> TaskAsync(string id, string? locale, AgencyReads reads, CancellationToken ct) =>
        TypedResults.Ok(await reads.TaskAsync(id, Locale.Of(locale), ct));

    private static async Task<Ok<Listing<PauseItem>>> PausesAsync(
        string? shop, bool? past, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.PausesAsync(new(shop, past ?? false, page.After, page.Size), ct), item => item);
}
