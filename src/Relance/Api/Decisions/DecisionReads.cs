using Microsoft.AspNetCore.Http.HttpResults;
using Relance.Agency;

namespace Relance.Api;

/// <summary>A message that waits for approval, and the mail.</summary>
/// <param name="Message">What it says, of which contracts, until which day it is true.</param>
/// <param name="Mail">As it would leave now; its images are named by <c>cid:</c>.</param>
public sealed record ApprovalBody(MessageDetail Message, MailPreview Mail)
{
    /// <summary>An example for the documentation.</summary>
    public static ApprovalBody Example { get; } = new(
        ApiExamples.Message, new MailPreview("loic@client.example", "Votre maintenance arrive à échéance", "Bonjour Loïc Benali, …", "<!DOCTYPE html><html lang=\"fr\">…</html>"));
}

/// <summary>What waits for a person, and what a person decided.</summary>
internal static class DecisionReads
{
    public static void MapDecisionReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", ApprovalsAsync).WithTags("Approvals").Is("listApprovals", KeyScope.Read, "List what waits for approval",
            "Messages that leave only once somebody has said yes; without an answer each is skipped after its last day.");
        api.MapGet("/approvals/{id}", ApprovalAsync).WithTags("Approvals").Is("getApproval", KeyScope.Read, "Show what waits for approval",
            "The message and its mail as it would leave now: what was paid meanwhile is not in it. 409 when nothing is left to say. The id is the message's.");
        api.MapGet("/tasks", TasksAsync).WithTags("Tasks").Is("listTasks", KeyScope.Read, "List tasks", "What only a person can do, the most urgent first, each with its script and the ways it may end.");
        api.MapGet("/tasks/{id}", TaskAsync).WithTags("Tasks").Is("getTask", KeyScope.Read, "Show a task", "One task, open or done.");
        api.MapGet("/pauses", PausesAsync).WithTags("Pauses").Is("listPauses", KeyScope.Read, "List pauses", "Until when reminders wait: of everything, a shop, a client or a contract.");
    }

    private static async Task<Ok<Listing<ApprovalItem>>> ApprovalsAsync(
        string? shop, string? step, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.ApprovalsAsync(new(shop, step, page.After, page.Size), ct), item => item);

    private static async Task<Ok<ApprovalBody>> ApprovalAsync(string id, AgencyReads reads, MailPreviews previews, CancellationToken ct) =>
        TypedResults.Ok(new ApprovalBody(await reads.MessageAsync(id, ct), await previews.OfAsync(id, ct)));

    private static async Task<Ok<Listing<TaskItem>>> TasksAsync(
        string? shop, string? state, string? kind, string? subject, bool? overdue, string? locale, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.TasksAsync(new(shop, state ?? "open", kind, subject, overdue ?? false, Locale.Of(locale), page.After, page.Size), ct), item => item);

    private static async Task<Ok<TaskItem>> TaskAsync(string id, string? locale, AgencyReads reads, CancellationToken ct) =>
        TypedResults.Ok(await reads.TaskAsync(id, Locale.Of(locale), ct));

    private static async Task<Ok<Listing<PauseItem>>> PausesAsync(
        string? shop, bool? past, [AsParameters] PageQuery page, HttpContext http, AgencyReads reads, CancellationToken ct) =>
        http.Answer(await reads.PausesAsync(new(shop, past ?? false, page.After, page.Size), ct), item => item);
}
